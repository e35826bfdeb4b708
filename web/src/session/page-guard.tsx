import type { Permission } from '@holdfast/contract'
import { Anchor, Container, Stack, Text, Title } from '@mantine/core'
import { Link, useMatches } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from './me.ts'

/** Shows the page, or what to ask for when the reader lacks what its route needs (`staticData.permission`). */
export function PageGuard({ children }: { children: ReactNode }) {
  const { permissions } = useMe()
  const missing = useMatches()
    .map(({ staticData }) => staticData.permission)
    .find((permission) => permission !== undefined && !permissions.includes(permission))
  return missing === undefined ? children : <Forbidden permission={missing} />
}

function Forbidden({ permission }: { permission: Permission }) {
  const { t } = useTranslation()
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Title order={1}>{t('forbidden.title')}</Title>
        <Text>{t('forbidden.body', { permission: t(`permission.${permission}`) })}</Text>
        <Anchor component={Link} to="/">
          {t('forbidden.home')}
        </Anchor>
      </Stack>
    </Container>
  )
}
