import { Table, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, isActions } from './columns.ts'
import classes from './data-table.module.css'

interface TableRowProps<T> {
  row: T
  columns: readonly Column<T>[]
  /** Those that a narrow screen shows before the row is opened. */
  brief: ReadonlySet<string>
  link: LinkProps | undefined
  /** What marks the row, before its first column. */
  mark?: ReactNode
}

/**
 * The link of the first column stretches over the row; buttons and links in other cells lie above it. On a narrow screen
 * the row is a card, where each value bears the title of its column; what is not brief comes when it is asked for.
 */
export function TableRow<T>({ row, columns, brief, link, mark }: TableRowProps<T>) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Table.Tr
      role="row"
      className={classes.row ?? ''}
      data-linked={link !== undefined || undefined}
      data-open={isOpen || undefined}
    >
      {mark !== undefined && (
        <Table.Td role="cell" className={classes.mark}>
          {mark}
        </Table.Td>
      )}
      {columns.map((column, index) => (
        <Table.Td
          key={column.id}
          role="cell"
          data-number={column.isNumber || undefined}
          data-brief={brief.has(column.id) || undefined}
          data-name={index === 0 || undefined}
          data-label={index === 0 || isActions(column) ? undefined : column.title}
        >
          {link && index === 0 ? (
            <Link {...link} className={classes.link} data-row-link>
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </Table.Td>
      ))}
      {columns.some(({ id }) => !brief.has(id)) && (
        <Table.Td role="cell" className={classes.more}>
          <UnstyledButton
            className={classes.moreButton}
            aria-label={t('table.wholeRow')}
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            <IconChevronDown size={18} aria-hidden />
          </UnstyledButton>
        </Table.Td>
      )}
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
