import type { ReportTable } from '@holdfast/contract'

type Cell = ReportTable['rows'][number][number]

/** Spreadsheets take the leading one of these, in whichever width it is written, for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** What a comma, a quote or a line break would end; programs of some countries read semicolons and tabs the same way. */
const NEEDS_QUOTES = /[",;\t\r\n]|^ | $/

/**
 * A table as CSV (RFC 4180), its column names as the first line, in pieces of many lines. Text that a spreadsheet would
 * take for a formula has an apostrophe before it; numbers are as they are, and null is empty.
 */
export function* csvText({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): Generator<string> {
  yield csvLine(columns)
  for (let from = 0; from < rows.length; from += LINES) {
    yield rows
      .slice(from, from + LINES)
      .map(csvLine)
      .join('')
  }
}

const LINES = 1000

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
