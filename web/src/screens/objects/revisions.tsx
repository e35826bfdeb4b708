import type { JsonValue, ObjectKind, ObjectRevision } from '@holdfast/contract'
import { Code, Group, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { ProblemAlert } from '../../problems/problem-alert.tsx'
import { usePrincipalText } from '../../session/principal.ts'
import { differences } from './diff.ts'
import { useRevisions } from './object-api.ts'

/** Who changed what when, newest first. */
export function Revisions({ kind, objectRef }: { kind: ObjectKind; objectRef: string }) {
  const revisions = useRevisions(kind, objectRef)
  if (revisions.error)
    return <ProblemAlert error={revisions.error} onRetry={() => void revisions.refetch()} />
  if (!revisions.data) return <Skeleton height={80} aria-busy />
  return (
    <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
      {revisions.data.map((revision, index) => (
        <Paper key={revision.revision} component="li" withBorder p="sm">
          <RevisionView revision={revision} before={revisions.data[index + 1]?.spec ?? null} />
        </Paper>
      ))}
    </Stack>
  )
}

function RevisionView({ revision, before }: { revision: ObjectRevision; before: ObjectRevision['spec'] }) {
  const { t } = useTranslation('forms')
  const whoText = usePrincipalText()
  const isFirst = before === null
  const changed = isFirst || revision.spec === null ? [] : differences(before, revision.spec)
  const action = revision.spec === null ? 'deleted' : isFirst ? 'created' : 'changed'
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {t(`changes.${action}`)}
        </Text>
        <Text size="sm" c="dimmed">
          {whoText(revision.by)}
        </Text>
        <Text size="sm" c="dimmed" component="span">
          <Time at={revision.at} />
        </Text>
        <Text size="xs" c="dimmed" ml="auto">
          {t('changes.revision', { number: revision.revision })}
        </Text>
      </Group>
      {action === 'changed' && changed.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('changes.nothing')}
        </Text>
      )}
      {changed.map(({ path, before: old, after }) => (
        <Group key={path} gap={6} align="baseline">
          <Code>{path}</Code>
          <Value value={old} label={t('changes.before')} />
          <Text span size="sm" aria-hidden>
            →
          </Text>
          <Value value={after} label={t('changes.after')} />
        </Group>
      ))}
    </Stack>
  )
}

function Value({ value, label }: { value: JsonValue | undefined; label: string }) {
  const { t } = useTranslation('forms')
  if (value === undefined)
    return (
      <Text span size="sm" c="dimmed" fs="italic" aria-label={label}>
        {t('changes.absent')}
      </Text>
    )
  return (
    <Text span size="sm" ff="monospace" aria-label={label} style={{ overflowWrap: 'anywhere' }}>
      {typeof value === 'string' ? value : JSON.stringify(value)}
    </Text>
  )
}
