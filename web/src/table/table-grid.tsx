import { Checkbox, Table } from '@mantine/core'
import type { LinkProps } from '@tanstack/react-router'
import { useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { briefColumns, type Column, features, toTableColumns } from './columns.ts'
import classes from './data-table.module.css'
import { HeaderCell } from './header-cell.tsx'
import type { Selection } from './selection.ts'
import type { TableSettings } from './settings.ts'
import { SkeletonRows } from './states.tsx'
import { moveBetweenRows, TableRow } from './table-row.tsx'

interface TableGridProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[] | undefined
  rowKey(row: T): string
  rowLink: ((row: T) => LinkProps) | undefined
  /** All rows are there: only then a sorted table tells the truth. */
  isWhole: boolean
  shown: Record<string, boolean>
  settings: TableSettings
  /** Absent where rows cannot be marked. */
  marking?: Selection<T> & { nameOf(row: T): string }
  onSort(sort: TableSettings['sort']): void
}

/** Head and rows of a DataTable. */
export function TableGrid<T extends object>(props: TableGridProps<T>) {
  const { rows, columns, settings, isWhole, marking } = props
  const { t, i18n } = useTranslation()
  const tableColumns = useMemo(
    () => toTableColumns(columns, i18n.language, isWhole),
    [columns, i18n.language, isWhole],
  )
  const data = useMemo(() => [...(rows ?? [])], [rows])
  const table = useTable({
    features,
    columns: tableColumns,
    data,
    getRowId: (row: T) => props.rowKey(row),
    enableMultiSort: false,
    state: { columnVisibility: props.shown, sorting: isWhole ? settings.sort : [] },
    onSortingChange: (change) => props.onSort(typeof change === 'function' ? change(settings.sort) : change),
  })
  const visible = columns.filter(({ id }) => props.shown[id])
  const brief = briefColumns(visible)
  return (
    <div className={classes.scroll}>
      {/* The roles are said because cards on a narrow screen would lose them. */}
      <Table
        role="table"
        aria-label={props.label}
        aria-busy={rows === undefined}
        className={classes.table ?? ''}
        __vars={{ '--least-width': `${Math.min(visible.length * 110, 960)}px` }}
        withRowBorders={false}
        highlightOnHover={props.rowLink !== undefined}
        verticalSpacing={settings.isCompact ? 5 : 10}
        horizontalSpacing="xs"
        fz="sm"
      >
        <Table.Thead role="rowgroup" className={classes.titles ?? ''}>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id} role="row">
              {marking && (
                <Table.Th className={classes.head} w={36}>
                  <Checkbox
                    size="xs"
                    aria-label={t('table.markAll')}
                    checked={marking.isAll}
                    indeterminate={marking.rows.length > 0 && !marking.isAll}
                    onChange={(event) => marking.markAll(event.currentTarget.checked)}
                  />
                </Table.Th>
              )}
              {group.headers.map(({ column }) => (
                <HeaderCell
                  key={column.id}
                  column={columns.find(({ id }) => id === column.id)}
                  sorted={column.getIsSorted()}
                  onSort={column.getCanSort() ? () => column.toggleSorting() : undefined}
                />
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody role="rowgroup" onKeyDown={moveBetweenRows}>
          {rows === undefined && <SkeletonRows columns={visible.length + (marking ? 1 : 0)} />}
          {table.getRowModel().rows.map(({ id, original }) => (
            <TableRow
              key={id}
              row={original}
              columns={visible}
              brief={brief}
              link={props.rowLink?.(original)}
              mark={
                marking && (
                  <Checkbox
                    size="xs"
                    aria-label={t('table.mark', { name: marking.nameOf(original) })}
                    checked={marking.isMarked(original)}
                    onChange={(event) => marking.mark(original, event.currentTarget.checked)}
                  />
                )
              }
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
