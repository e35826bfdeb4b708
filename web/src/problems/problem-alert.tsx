import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '../api/problem.ts'
import { ProseText } from '../format/prose-text.tsx'
import { useFormat } from '../format/use-format.ts'
import { Fingerprint } from './fingerprint.tsx'
import { ListLink, UsedBy } from './list-link.tsx'
import { ProblemDetails } from './problem-details.tsx'
import { factsOf, useProblemText } from './problem-text.ts'
import { useInSight } from './use-in-sight.ts'

/** What went wrong: its meaning in the reader's language, what to do, the facts, and a way to try again. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const problem = asProblem(error)
  const { title, hint } = useProblemText(problem)
  const facts = factsOf(problem)
  const isGone = problem.code === 'name-unknown' && onRetry !== undefined
  const details = <ProblemDetails detail={facts.detail} hint={facts.hint} />
  // What can be tried again failed to be read; the others answer something that the reader has just done.
  const ref = useInSight(onRetry === undefined)
  return (
    <Alert
      ref={ref}
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title}
      role="alert"
      style={{ scrollMarginBlock: 72 }}
    >
      <Stack gap={6}>
        {i18n.language === 'en' && details}
        {facts.problems.length > 0 && (
          <List size="sm" lang="en">
            {facts.problems.map(({ path, message }) => (
              <List.Item key={`${path.join('.')} ${message}`} style={{ overflowWrap: 'anywhere' }}>
                {path.length === 0 ? message : t('problem.where', { path: path.join('.'), message })}
              </List.Item>
            ))}
          </List>
        )}
        {facts.users.length > 0 && <UsedBy users={facts.users} />}
        <Text size="sm">
          <ProseText text={hint} />
        </Text>
        <Fingerprint details={problem.details} />
        {problem.retryAt && (
          <Text size="sm">
            {t('problem.retryAt', { time: format.dateTime(problem.retryAt.toISOString()) })}
          </Text>
        )}
        {i18n.language !== 'en' && details}
        <Group gap="sm">
          {isGone && <ListLink />}
          {onRetry && !isGone && (
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
