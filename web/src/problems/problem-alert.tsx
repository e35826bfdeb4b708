import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import { useFormat } from '../format/use-format.ts'
import { useProblemText } from './problem-text.ts'

/** What went wrong: its meaning in the reader's language, the facts, what to do, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const problem = asProblem(error)
  const { title, hint } = useProblemText(problem)
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      <Stack gap={6}>
        {problem.detail !== '' && (
          <Text size="sm" lang="en" style={{ overflowWrap: 'anywhere' }}>
            {problem.detail}
          </Text>
        )}
        {problem.problems.length > 0 && (
          <List size="sm" lang="en">
            {problem.problems.map(({ path, message }) => (
              <List.Item key={`${path.join('.')} ${message}`}>
                {path.length === 0 ? message : t('problem.where', { path: path.join('.'), message })}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="sm">{hint}</Text>
        {problem.retryAt && (
          <Text size="sm">
            {t('problem.retryAt', { time: format.dateTime(problem.retryAt.toISOString()) })}
          </Text>
        )}
        <Group gap="sm">
          {onRetry && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('action.retry')}
            </Button>
          )}
          <Text size="xs" c="dimmed" component="code">
            {problem.code}
          </Text>
        </Group>
      </Stack>
    </Alert>
  )
}
