import type { RestorePoint } from '@holdfast/contract'
import { type ReactNode, useState } from 'react'
import type { usePages } from '../../api/queries.ts'
import { DataTable } from '../../table/data-table.tsx'
import { usePointColumns } from './point-columns.tsx'
import { RestoreDialog } from './restore/restore-dialog.tsx'

interface PointTableProps {
  /** Keeps the reader's columns in this browser. */
  id: string
  label: string
  pages: ReturnType<typeof usePages<'GET /api/restore-points'>>
  /** All are of one job, which the page names already. */
  isOfOneJob?: boolean
  filters?: ReactNode
  onClearFilter?: (() => void) | undefined
  empty: ReactNode
}

/** Restore points wherever they are listed, each with a way to restore it. */
export function PointTable({ pages, isOfOneJob = false, ...table }: PointTableProps) {
  const [restored, setRestored] = useState<RestorePoint | null>(null)
  const columns = usePointColumns({ points: pages.items, isOfOneJob, onRestore: setRestored })
  return (
    <>
      <DataTable
        {...table}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/restore-points/$ref', params: { ref: id } })}
        error={pages.error}
        onRetry={pages.retry}
        paging={pages}
      />
      {restored && <RestoreDialog point={restored} onClose={() => setRestored(null)} />}
    </>
  )
}
