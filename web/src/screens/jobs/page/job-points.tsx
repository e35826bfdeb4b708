import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../../api/queries.ts'
import { EmptyState } from '../../../table/states.tsx'
import { PointTable } from '../../restore-points/point-table.tsx'

/** The restore points of a job, newest first. */
export function JobPoints({ id }: { id: string }) {
  const { t } = useTranslation('jobs')
  const pages = usePages('GET /api/restore-points', { query: { job: id } })
  return (
    <PointTable
      id="job-points"
      label={t('tab.points')}
      pages={pages}
      isOfOneJob
      empty={<EmptyState icon={IconHistory} title={t('pointsEmptyTitle')} hint={t('pointsEmptyHint')} />}
    />
  )
}
