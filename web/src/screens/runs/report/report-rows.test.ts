import { expect, it } from 'vitest'
import { emptyColumns, foundRows, numberColumns, reportRows } from './report-rows.ts'

const table = {
  columns: ['name', 'action', 'count', 'isKept', 'size'],
  rows: [
    ['Größe von web01', 'create', 3, true, null],
    ['db-02', 'update', -1.5, false, null],
    ['file server', 'update', null, null, null],
  ],
}
type Cell = (typeof table.rows)[number][number]
const tell = (column: string, cell: Cell) => {
  if (typeof cell === 'boolean') return cell ? 'sì' : 'no'
  return column === 'action' && cell === 'create' ? 'Creare' : cell
}
const rows = reportRows(table, tell)
const indexes = (search: string) => foundRows(rows, search).map(({ index }) => index)

it('shows cells as they are told', () => {
  expect(rows[0]?.cells).toEqual(['Größe von web01', 'Creare', 3, 'sì', null])
})

it('finds what a reader sees, and what files hold', () => {
  expect(indexes('creare')).toEqual([0])
  expect(indexes('create')).toEqual([0])
  expect(indexes('si')).toEqual([0])
})

it('finds rows by words wherever they stand, without regard to capitals and accents', () => {
  expect(indexes('')).toEqual([0, 1, 2])
  expect(indexes('  ')).toEqual([0, 1, 2])
  expect(indexes('update')).toEqual([1, 2])
  expect(indexes('UPDATE db')).toEqual([1])
  expect(indexes('grosse')).toEqual([])
  expect(indexes('große')).toEqual([0])
  expect(indexes('-1.5')).toEqual([1])
  expect(indexes('update create')).toEqual([])
})

it('finds no word that only two cells make together', () => {
  expect(indexes('db-02update')).toEqual([])
})

it('knows columns of numbers, and none by cells that are empty', () => {
  expect([...numberColumns(table)]).toEqual([2])
  expect([...numberColumns({ columns: ['count'], rows: [] })]).toEqual([])
})

it('knows columns in which nothing is said', () => {
  expect([...emptyColumns(table)]).toEqual(['size'])
  expect([...emptyColumns({ columns: ['count'], rows: [[0], [false], ['']] })]).toEqual([])
  expect([...emptyColumns({ columns: ['count'], rows: [] })]).toEqual([])
})
