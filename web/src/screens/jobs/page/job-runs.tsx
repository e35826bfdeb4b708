import type { RunSummary } from '@holdfast/contract'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../../api/queries.ts'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import { Said } from '../../../phrases/said.tsx'
import { lookOfRun } from '../../../status/look.ts'
import { StatusBadge } from '../../../status/status-badge.tsx'
import type { Column } from '../../../table/columns.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyState } from '../../../table/states.tsx'
import { useOperationText } from '../../objects/use-operation-text.ts'
import { runLength } from '../run-length.ts'

/** The runs of a job, newest first; with a limit, only the last ones. */
export function JobRuns({ id, limit }: { id: string; limit?: number }) {
  const { t } = useTranslation('jobs')
  const pages = usePages('GET /api/runs', {
    query: limit === undefined ? { job: id } : { job: id, limit },
  })
  const columns = useRunColumns(pages.items)
  return (
    <DataTable
      id="job-runs"
      label={t('tab.runs')}
      columns={columns}
      rows={pages.items}
      rowKey={(run) => run.id}
      rowLink={(run) => ({ to: '/runs/$ref', params: { ref: run.id } })}
      error={pages.error}
      onRetry={pages.retry}
      {...(limit === undefined ? { paging: pages } : {})}
      empty={<EmptyState icon={IconPlayerPlay} title={t('runsEmptyTitle')} hint={t('runsEmptyHint')} />}
    />
  )
}

/** Without a run that uses a disk, there is no column for disks. */
function useRunColumns(runs: readonly RunSummary[] | undefined): Column<RunSummary>[] {
  const { t } = useTranslation('jobs')
  const hasDisk = runs?.some(({ disk }) => disk !== null) === true
  const operationText = useOperationText()
  const format = useFormat()
  return useMemo(
    () => [
      {
        id: 'at',
        title: t('runAt'),
        cell: ({ startedAt, createdAt }) => <Time at={startedAt ?? createdAt} />,
      },
      { id: 'outcome', title: t('runOutcome'), cell: (run) => <StatusBadge look={lookOfRun(run)} /> },
      {
        id: 'operation',
        title: t('runOperation'),
        cell: operationText,
      },
      ...(hasDisk
        ? [{ id: 'disk', title: t('runDisk'), cell: ({ disk }: RunSummary) => disk?.label ?? '' }]
        : []),
      {
        id: 'summary',
        title: t('runSummary'),
        cell: ({ summary, error }) => <Said phrase={error?.message ?? summary ?? ''} />,
      },
      {
        id: 'duration',
        title: t('duration'),
        isNumber: true,
        cell: (run) => {
          const length = runLength(run)
          return length === null ? '' : format.duration(length)
        },
      },
      {
        id: 'bytes',
        title: t('runBytes'),
        isNumber: true,
        cell: ({ bytesMoved }) => (bytesMoved === null ? '' : format.bytes(bytesMoved)),
      },
    ],
    [t, format, hasDisk, operationText],
  )
}
