/** Rows per statement: PostgreSQL takes 65,535 parameters, and no table here has more than 25 columns. */
const ROWS = 1000

/** Cuts rows into pieces that fit one INSERT. */
export function chunks<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, index) =>
    rows.slice(index * ROWS, (index + 1) * ROWS),
  )
}
