import type { RunSummary } from '@holdfast/contract'
import { Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Time } from '../../format/time.tsx'
import { useFormat } from '../../format/use-format.ts'
import { useNow } from '../../format/use-now.ts'
import { Said } from '../../phrases/said.tsx'
import { usePhrases } from '../../phrases/use-phrases.ts'
import { usePrincipalText } from '../../session/principal.ts'
import { lookOfRun } from '../../status/look.ts'
import { StatusBadge } from '../../status/status-badge.tsx'
import type { Column } from '../../table/columns.ts'
import { useKinds } from '../objects/use-kinds.ts'
import { useOperationText } from '../objects/use-operation-text.ts'
import { runDuration } from './run-words.ts'

/** `runs` is what is listed; without one that uses a disk, there is no column for disks. */
export function useRunColumns(runs: readonly RunSummary[] | undefined): Column<RunSummary>[] {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const { titleOf: kindTitle } = useKinds()
  const { text } = usePhrases()
  const whoText = usePrincipalText()
  const operationText = useOperationText()
  const hasDisk = runs?.some(({ disk }) => disk !== null) === true
  return useMemo(
    () => [
      { id: 'job', title: t('list.job'), cell: ({ jobName }) => jobName },
      {
        id: 'state',
        title: t('list.state'),
        cell: (run) => (
          <StatusBadge look={lookOfRun(run)} {...(run.waitingFor ? { tip: text(run.waitingFor) } : {})} />
        ),
        isBrief: true,
      },
      ...(hasDisk
        ? [{ id: 'disk', title: t('list.disk'), cell: ({ disk }: RunSummary) => disk?.label ?? '' }]
        : []),
      { id: 'operation', title: t('list.operation'), cell: operationText },
      { id: 'kind', title: t('list.kind'), cell: ({ jobKind }) => kindTitle(jobKind), isExtra: true },
      {
        id: 'started',
        title: t('list.started'),
        cell: ({ startedAt, createdAt, status }) => (
          <Time at={startedAt ?? (status === 'finished' ? createdAt : null)} absent={t('list.notYet')} />
        ),
        isBrief: true,
      },
      { id: 'duration', title: t('list.duration'), cell: (run) => <Duration run={run} />, isNumber: true },
      {
        id: 'bytes',
        title: t('list.bytes'),
        cell: ({ bytesMoved }) => (bytesMoved === null ? '' : format.bytes(bytesMoved)),
        isNumber: true,
      },
      { id: 'summary', title: t('list.summary'), cell: (run) => <Summary run={run} /> },
      {
        id: 'by',
        title: t('list.startedBy'),
        cell: ({ startedBy, trigger }) => (startedBy === null ? t(`trigger.${trigger}`) : whoText(startedBy)),
      },
      {
        id: 'trigger',
        title: t('list.trigger'),
        cell: ({ trigger }) => t(`trigger.${trigger}`),
        isExtra: true,
      },
      {
        id: 'attempt',
        title: t('list.attempt'),
        cell: ({ attempt }) => attempt,
        isNumber: true,
        isExtra: true,
      },
      { id: 'id', title: t('list.id'), cell: ({ id }) => id, isExtra: true },
    ],
    [t, format, kindTitle, text, whoText, operationText, hasDisk],
  )
}

function Duration({ run }: { run: RunSummary }) {
  const now = useNow(run.startedAt !== null && run.finishedAt === null)
  const format = useFormat()
  const duration = runDuration(run, now)
  return duration === null ? null : format.duration(duration)
}

/** What it did, what it did wrong, or what it waits for. */
function Summary({ run }: { run: RunSummary }) {
  const { t } = useTranslation('runs')
  return (
    <Text span inherit style={{ overflowWrap: 'anywhere' }}>
      <Said phrase={run.error?.message ?? run.summary ?? run.waitingFor ?? run.progress?.current ?? ''} />
      {run.warningCount > 0 && (
        <Text span inherit c="dimmed">
          {' '}
          · {t('list.warnings', { count: run.warningCount })}
        </Text>
      )}
    </Text>
  )
}
