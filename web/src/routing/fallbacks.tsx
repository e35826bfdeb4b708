import { Anchor, Button, Code, Container, Group, Stack, Text, Title } from '@mantine/core'
import { type ErrorComponentProps, Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../actions/copy-button.tsx'

/** An address that belongs to no page. */
export function NotFound() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  return (
    <Container size="sm" py="xl">
      <Stack>
        <Title order={1}>{t('notFound.title')}</Title>
        <Text>{t('notFound.body', { path: pathname })}</Text>
        <Anchor component={Link} to="/">
          {t('forbidden.home')}
        </Anchor>
      </Stack>
    </Container>
  )
}

/** A page that threw while it was drawn or loaded: what happened, to copy into a report. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  const details = [message, location.href, navigator.userAgent, stack].filter(Boolean).join('\n')
  return (
    <Container size="md" py="xl" role="alert">
      <Stack>
        <Title order={1}>{t('crash.title')}</Title>
        <Text>{t('crash.body')}</Text>
        <Group>
          <Button onClick={reset}>{t('crash.retry')}</Button>
          <CopyButton value={details} label={t('action.copy')} />
        </Group>
        <Text size="sm" fw={600}>
          {t('crash.details')}
        </Text>
        <Code block>{details}</Code>
      </Stack>
    </Container>
  )
}
