/** Where each line of a log stands: `tops[i]` is the first row of line i, the last entry counts all rows. */
export type LogLayout = Uint32Array

/** Rows of every line; `columns` is how many characters fit into a row, null where lines are not wrapped. */
export function layOut(count: number, textAt: (index: number) => string, columns: number | null): LogLayout {
  const tops = new Uint32Array(count + 1)
  for (let index = 0; index < count; index += 1)
    tops[index + 1] = (tops[index] ?? 0) + (columns === null ? 1 : rowsOf(textAt(index), columns))
  return tops
}

/** How many rows a text takes that is broken at any character. */
export function rowsOf(text: string, columns: number): number {
  if (!text.includes('\n')) return Math.max(Math.ceil(text.length / columns), 1)
  return text.split('\n').reduce((sum, part) => sum + Math.max(Math.ceil(part.length / columns), 1), 0)
}

/** The line that covers a row. */
export function lineAt(layout: LogLayout, row: number): number {
  let low = 0
  let high = layout.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((layout[middle + 1] ?? Number.POSITIVE_INFINITY) > row) high = middle
    else low = middle + 1
  }
  return Math.min(low, Math.max(layout.length - 2, 0))
}

/** The lines to draw for what is in view, with some on either side so that scrolling shows no gap. */
export function visibleLines(
  layout: LogLayout,
  topRow: number,
  rows: number,
  spare = 20,
): { from: number; to: number } {
  const from = lineAt(layout, Math.max(topRow - spare, 0))
  const to = Math.min(lineAt(layout, topRow + rows + spare) + 1, layout.length - 1)
  return { from, to }
}
