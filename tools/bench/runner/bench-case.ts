/** One thing measured: Holdfast beside what a user would take otherwise. */
export interface BenchCase {
  /** What was measured and in which unit: `copy 10,000 small files, ms`. */
  name: string
  ours: number
  /** Null where nothing does the same. */
  peer: number | null
  /** Ours divided by the peer's, from the same rounds; null without a peer. */
  ratio: number | null
  /** What is aimed for, in words: `ratio at most 1.2`. */
  goal: string
  /** Whether the goal was reached this time. */
  holds: boolean
}

const COLUMNS = ['name', 'ours', 'peer', 'ratio', 'goal', 'holds'] as const

/** A table for people. */
export function benchTable(cases: readonly BenchCase[]): string {
  const rows = [
    [...COLUMNS],
    ...cases.map((row) => [
      row.name,
      rounded(row.ours),
      rounded(row.peer),
      rounded(row.ratio),
      row.goal,
      row.holds ? 'yes' : 'NO',
    ]),
  ]
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const isNumber = (column: number) => column >= 1 && column <= 3
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Three significant digits, or all of a larger whole number; `-` for what was not measured. */
function rounded(value: number | null): string {
  if (value === null) return '-'
  return Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)))
}
