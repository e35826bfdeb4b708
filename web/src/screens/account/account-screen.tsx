import { List, SimpleGrid, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../layout/page.tsx'
import { Section } from '../../layout/section.tsx'
import { useMe } from '../../session/me.ts'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SessionList } from './session-list.tsx'
import { TokenList } from './token-list.tsx'

/** One's own account. */
export function AccountScreen() {
  const { t } = useTranslation('account')
  const { user } = useMe()
  return (
    <Page title={t('page.title')} lead={user.name}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Stack gap="md">
          <ProfileForm />
          <Rights />
        </Stack>
        <PasswordForm />
      </SimpleGrid>
      <SessionList />
      <TokenList />
    </Page>
  )
}

function Rights() {
  const { t } = useTranslation(['account', 'shell'])
  const { user, permissions } = useMe()
  return (
    <Section title={t('account:page.rights')} lead={t(`shell:role.${user.role}`)}>
      <List size="sm">
        {permissions.map((permission) => (
          <List.Item key={permission}>{t(`shell:permission.${permission}`)}</List.Item>
        ))}
      </List>
      {user.nodes !== null && (
        <Text size="sm">
          {t('account:page.limited', { count: user.nodes.length, nodes: user.nodes.join(', ') })}
        </Text>
      )}
    </Section>
  )
}
