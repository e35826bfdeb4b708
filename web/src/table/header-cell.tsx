import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column } from './columns.ts'
import classes from './data-table.module.css'

interface HeaderCellProps<T> {
  column: Column<T> | undefined
  sorted: 'asc' | 'desc' | false
  onSort: (() => void) | undefined
}

export function HeaderCell<T>({ column, sorted, onSort }: HeaderCellProps<T>) {
  const { t } = useTranslation()
  if (!column) return null
  const Icon = sorted === false ? IconArrowsSort : sorted === 'asc' ? IconArrowUp : IconArrowDown
  const order = sorted === false ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'
  return (
    <Table.Th
      scope="col"
      role="columnheader"
      className={classes.head}
      data-number={column.isNumber || undefined}
      w={column.width}
      {...(onSort ? { 'aria-sort': order } : {})}
    >
      {onSort ? (
        <UnstyledButton
          className={classes.sort}
          data-sorted={sorted !== false || undefined}
          onClick={onSort}
          title={t('table.sortBy', { column: column.title })}
        >
          {column.title}
          <Icon size={13} aria-hidden />
        </UnstyledButton>
      ) : column.isTitleHidden ? (
        <VisuallyHidden>{column.title}</VisuallyHidden>
      ) : (
        column.title
      )}
    </Table.Th>
  )
}
