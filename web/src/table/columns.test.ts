import { expect, it } from 'vitest'
import { briefColumns, type Column, toTableColumns } from './columns.ts'

interface Row {
  name: string
  size: number | null
}
const columns: Column<Row>[] = [
  { id: 'name', title: 'Name', cell: ({ name }) => name, sortBy: ({ name }) => name },
  { id: 'size', title: 'Size', cell: ({ size }) => size, sortBy: ({ size }) => size },
  { id: 'other', title: 'Other', cell: () => null },
]

it('makes only those columns sortable that say by what, and only of a whole list', () => {
  expect(toTableColumns(columns, 'en', true).map(({ enableSorting }) => enableSorting)).toEqual([
    true,
    true,
    false,
  ])
  expect(toTableColumns(columns, 'en', false).some(({ enableSorting }) => enableSorting)).toBe(false)
})

it('shows on a narrow screen the name, what is marked and the buttons', () => {
  const column = (id: string, more: Partial<Column<Row>> = {}): Column<Row> => ({
    id,
    title: id,
    cell: () => null,
    ...more,
  })
  const all = [column('name'), column('a'), column('b'), column('c'), column('run', { title: '' })]
  expect([...briefColumns(all)]).toEqual(['name', 'a', 'b', 'run'])
  const marked = [...all, column('d', { isBrief: true }), column('e', { isTitleHidden: true })]
  expect([...briefColumns(marked)]).toEqual(['name', 'd', 'run', 'e'])
  expect([...briefColumns([])]).toEqual([])
})
