import type { RestorePoint } from '@holdfast/contract'
import { IconHistory } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../../api/queries.ts'
import { Time } from '../../../format/time.tsx'
import { useFormat } from '../../../format/use-format.ts'
import type { Column } from '../../../table/columns.ts'
import { DataTable } from '../../../table/data-table.tsx'
import { EmptyState } from '../../../table/states.tsx'

/** The restore points of a job, newest first. */
export function JobPoints({ id }: { id: string }) {
  const { t } = useTranslation('jobs')
  const pages = usePages('GET /api/restore-points', { query: { job: id } })
  const columns = usePointColumns()
  return (
    <DataTable
      id="job-points"
      label={t('tab.points')}
      columns={columns}
      rows={pages.items}
      rowKey={(point) => point.id}
      rowLink={(point) => ({ to: '/restore-points/$ref', params: { ref: point.id } })}
      error={pages.error}
      onRetry={pages.retry}
      paging={pages}
      empty={<EmptyState icon={IconHistory} title={t('pointsEmptyTitle')} hint={t('pointsEmptyHint')} />}
    />
  )
}

function usePointColumns(): Column<RestorePoint>[] {
  const { t } = useTranslation(['jobs', 'shell'])
  const format = useFormat()
  return useMemo(
    () => [
      { id: 'taken', title: t('jobs:pointTaken'), cell: ({ takenAt }) => <Time at={takenAt} isAbsolute /> },
      { id: 'asset', title: t('jobs:pointAsset'), cell: ({ asset }) => asset.name },
      {
        id: 'size',
        title: t('jobs:pointSize'),
        isNumber: true,
        cell: ({ sizeBytes }) => format.bytes(sizeBytes),
      },
      {
        id: 'added',
        title: t('jobs:pointAdded'),
        isNumber: true,
        cell: ({ addedBytes }) => format.bytes(addedBytes),
      },
      {
        id: 'verified',
        title: t('jobs:pointVerified'),
        cell: ({ verifiedAt, verifiedOk }) =>
          verifiedOk === false ? t('shell:status.failed') : <Time at={verifiedAt} />,
      },
      {
        id: 'protected',
        title: t('jobs:pointProtected'),
        cell: (point) => (point.protected ? t('shell:common.yes') : t('shell:common.no')),
      },
    ],
    [t, format],
  )
}
