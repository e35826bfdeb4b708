import { expect, it } from 'vitest'
import { type Column, toTableColumns } from './columns.ts'

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
