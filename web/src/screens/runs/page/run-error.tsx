import type { Run, RunStep } from '@holdfast/contract'
import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { IconBan, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../actions/copy-button.tsx'
import { useErrorText } from '../error-text.ts'
import { ticketText } from './ticket.ts'

interface RunErrorProps {
  run: Run
  error: NonNullable<Run['error']>
  steps: readonly RunStep[]
}

/** Why it failed: the meaning in the reader's language, the facts of the server, and what to do. */
export function RunError({ run, error, steps }: RunErrorProps) {
  const { t } = useTranslation('runs')
  const { title, hint } = useErrorText(error)
  // A decision, not a fault: nobody needs a ticket.
  const isRefused = error.code === 'run-refused'
  const text = ticketText(run, steps, `${location.origin}/runs/${run.id}`)
  return (
    <Alert
      color={isRefused ? 'gray' : 'red'}
      variant="light"
      icon={isRefused ? <IconBan aria-hidden /> : <IconCircleX aria-hidden />}
      title={title}
      role="alert"
    >
      <Stack gap="xs">
        <Text size="sm" lang="en" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {error.message}
        </Text>
        <Text size="sm">
          <Text span inherit fw={600}>
            {t('one.hint')}:
          </Text>{' '}
          {hint}
        </Text>
        {error.hint !== '' && error.hint !== hint && (
          <Text size="sm" lang="en" c="dimmed">
            {error.hint}
          </Text>
        )}
        <Group gap="sm" hidden={isRefused}>
          <CopyButton value={text} label={t('one.ticket')} />
          <Code>{error.code}</Code>
        </Group>
      </Stack>
    </Alert>
  )
}
