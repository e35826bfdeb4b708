import { ERROR_CODES, type Run, type RunStep } from '@holdfast/contract'
import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { IconBan, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../../actions/copy-button.tsx'
import { ProseText } from '../../../format/prose-text.tsx'
import { Fingerprint } from '../../../problems/fingerprint.tsx'
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
  // What is always said of such an error stands above, in the reader's language.
  const isOwnHint = !['', hint, knownHint(error.code)].includes(error.hint)
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
          <ProseText text={hint} />
        </Text>
        {isOwnHint && (
          <Text size="sm" lang="en" c="dimmed">
            <ProseText text={error.hint} />
          </Text>
        )}
        <Fingerprint details={error.details} />
        {!isRefused && Object.keys(error.details ?? {}).length > 0 && (
          <details>
            <Text component="summary" size="sm" c="dimmed" style={{ cursor: 'pointer' }}>
              {t('report.details')}
            </Text>
            <Code block>{JSON.stringify(error.details, null, 2)}</Code>
          </details>
        )}
        <Group gap="sm" hidden={isRefused}>
          <CopyButton value={text} label={t('one.ticket')} />
          <Code>{error.code}</Code>
        </Group>
      </Stack>
    </Alert>
  )
}

function knownHint(code: string): string {
  return Object.entries(ERROR_CODES).find(([known]) => known === code)?.[1].hint ?? ''
}
