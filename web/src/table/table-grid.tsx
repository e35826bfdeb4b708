import { Table } from '@mantine/core'
import type { LinkProps } from '@tanstack/react-router'
import { useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, features, toTableColumns } from './columns.ts'
import classes from './data-table.module.css'
import { HeaderCell } from './header-cell.tsx'
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
  onSort(sort: TableSettings['sort']): void
}

/** Head and rows of a DataTable. */
export function TableGrid<T extends object>(props: TableGridProps<T>) {
  const { rows, columns, settings, isWhole } = props
  const { i18n } = useTranslation()
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
  return (
    <Table.ScrollContainer minWidth={Math.min(visible.length * 110, 960)} type="native">
      <Table
        aria-label={props.label}
        aria-busy={rows === undefined}
        className={classes.table ?? ''}
        withRowBorders={false}
        highlightOnHover={props.rowLink !== undefined}
        verticalSpacing={settings.isCompact ? 5 : 10}
        horizontalSpacing="sm"
        fz="sm"
      >
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
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
        <Table.Tbody onKeyDown={moveBetweenRows}>
          {rows === undefined && <SkeletonRows columns={visible.length} />}
          {table.getRowModel().rows.map(({ id, original }) => (
            <TableRow key={id} row={original} columns={visible} link={props.rowLink?.(original)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
