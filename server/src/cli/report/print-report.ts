import { phraseText, type ReportTable, type Run, type RunReport } from '@holdfast/contract'
import { csvText } from '../../kit/text/csv.ts'
import type { CommandContext } from '../context.ts'
import { formatCount, inWords } from '../output/format.ts'
import { printable } from '../output/printable.ts'

type Cell = ReportTable['rows'][number][number]

/** How it ended, what went wrong, and each line of its table. */
export function printReport(cx: CommandContext, run: Run, { summary, warnings, table }: RunReport): void {
  const { style } = cx
  cx.line(`${style.run(run)}  ${style.bold(printable(run.jobName))}: ${printable(phraseText(summary))}`)
  for (const warning of warnings) cx.line(`${style.warn('!')} ${printable(phraseText(warning))}`)
  if (!table || table.rows.length === 0) return
  const isNumber = (place: number) => table.rows.every((cells) => typeof (cells[place] ?? 0) === 'number')
  cx.table(
    table.columns.map((name, place) => ({
      title: printable(inWords(name)),
      align: isNumber(place) ? 'right' : 'left',
    })),
    table.rows.map((cells) => cells.map(cellText)),
  )
}

function cellText(cell: Cell): string {
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  return cell === null ? '' : String(cell)
}

/**
 * Line breaks inside of values become blanks, as wherever Holdfast prints; the file that the server gives keeps them.
 * No byte order mark, which other programs would read as a part of the first name.
 */
export function printCsv(cx: CommandContext, { columns, rows }: ReportTable): void {
  const harmless = {
    columns: columns.map(printable),
    rows: rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? printable(cell) : cell))),
  }
  for (const piece of csvText(harmless)) {
    if (cx.deps.io.isOutputGone) return
    cx.deps.io.stdout.write(piece)
  }
}

/** Says on the side when the table was cut. */
export function noteCut(cx: CommandContext, table: ReportTable | undefined): void {
  if (!table || table.total <= table.rows.length) return
  cx.note(`The report holds the first ${table.rows.length} of ${formatCount(table.total, 'row')}.`)
}
