import { Table } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import type { Column } from './columns.ts'
import classes from './data-table.module.css'

interface TableRowProps<T> {
  row: T
  columns: readonly Column<T>[]
  link: LinkProps | undefined
}

/** The link of the first column stretches over the row; buttons and links in other cells lie above it. */
export function TableRow<T>({ row, columns, link }: TableRowProps<T>) {
  return (
    <Table.Tr className={classes.row ?? ''} data-linked={link !== undefined || undefined}>
      {columns.map((column, index) => (
        <Table.Td key={column.id} data-number={column.isNumber || undefined}>
          {link && index === 0 ? (
            <Link {...link} className={classes.link} data-row-link>
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  )
}

/** Arrow keys go from row to row while a row is focused. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
  const index = links.indexOf(event.target as HTMLElement)
  const next = links[index + step]
  if (index < 0 || !next) return
  event.preventDefault()
  next.focus()
}
