import type { ReportTable } from '@holdfast/contract'

type Cell = ReportTable['rows'][number][number]
/** As a reader sees it. */
export type ToldCell = Exclude<Cell, boolean>

export interface ReportRow {
  /** Place in the report, from 0. */
  index: number
  cells: readonly ToldCell[]
  /** What it is searched by: what a reader sees, and what files hold. */
  text: string
}

/** `tell` says what a reader sees of a cell of a column. */
export function reportRows(
  { columns, rows }: Pick<ReportTable, 'columns' | 'rows'>,
  tell: (column: string, cell: Cell) => ToldCell,
): ReportRow[] {
  return rows.map((raw, index) => {
    const cells = columns.map((name, place) => tell(name, raw[place] ?? null))
    return { index, cells, text: searchable([...cells, ...raw].join('\n')) }
  })
}

/** Rows that hold every word, wherever in them, in capital or small letters. */
export function foundRows(rows: readonly ReportRow[], search: string): readonly ReportRow[] {
  const words = searchable(search).split(/\s+/).filter(Boolean)
  return words.length === 0 ? rows : rows.filter(({ text }) => words.every((word) => text.includes(word)))
}

/** Places of the columns that hold numbers and nothing else. */
export function numberColumns({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): ReadonlySet<number> {
  const isNumber = (_: string, place: number) => {
    const told = rows.flatMap((cells) => cells[place] ?? [])
    return told.length > 0 && told.every((cell) => typeof cell === 'number')
  }
  return new Set(columns.flatMap((name, place) => (isNumber(name, place) ? [place] : [])))
}

/** Names of the columns in which no row says anything; none where there are no rows. */
export function emptyColumns({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): ReadonlySet<string> {
  const isEmpty = (place: number) => rows.every((cells) => (cells[place] ?? '') === '')
  return new Set(rows.length === 0 ? [] : columns.filter((_, place) => isEmpty(place)))
}

/** An accent or its absence hides nothing from who types quickly. */
function searchable(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
