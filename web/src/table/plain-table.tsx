import { Table } from '@mantine/core'
import type { ReactNode } from 'react'

interface PlainTableProps {
  label: string
  /** `head` stands for the title, and says it to those who cannot see. */
  columns: readonly { title: string; head?: ReactNode; isNumber?: boolean }[]
  /** Narrower than this, the table scrolls by itself. */
  minWidth?: number
  /** Rows: Table.Tr. */
  children: ReactNode
}

/** A short table inside a section: no paging, no sorting, no choice of columns. */
export function PlainTable({ label, columns, minWidth = 300, children }: PlainTableProps) {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native">
      <Table fz="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title, head, isNumber }) => (
              <Table.Th key={title} scope="col" ta={isNumber ? 'right' : 'left'}>
                {head ?? title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
