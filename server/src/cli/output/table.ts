import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { printable } from './printable.ts'

export interface Column {
  title: string
  align?: 'left' | 'right'
  /** Never cut, whatever the width of the terminal: ids and words that people copy. */
  whole?: boolean
  /** Its cells are made by our own style and may bear its colours; nothing from outside stands in them. */
  painted?: boolean
}

const GAP = 2
const NARROWEST = 8

/** Aligned columns without borders that fit the width given; the widest columns that may be cut give way first. */
export function renderTable(columns: readonly Column[], rows: readonly string[][], width: number): string {
  const cells = rows.map((row) =>
    row.map((cell, index) => (columns[index]?.painted ? cell : printable(cell))),
  )
  const natural = columns.map((column, index) =>
    Math.max(visibleWidth(column.title), ...cells.map((row) => visibleWidth(row[index] ?? ''))),
  )
  const widths = fit(natural, columns, width - GAP * (columns.length - 1))
  const table = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    head: columns.map((column) => column.title.toUpperCase()),
    colWidths: widths,
    colAligns: columns.map((column) => column.align ?? 'left'),
    wordWrap: false,
  })
  table.push(...cells)
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
}

function fit(natural: readonly number[], columns: readonly Column[], available: number): number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, width) => sum + width, 0) - available
  while (excess > 0) {
    const candidates = widths.map((width, index) => (columns[index]?.whole || width <= NARROWEST ? 0 : width))
    const widest = Math.max(...candidates)
    if (widest === 0) break
    const index = candidates.indexOf(widest)
    const next = Math.max(NARROWEST, ...candidates.filter((width) => width < widest))
    const cut = Math.min(excess, Math.max(1, widest - next))
    widths[index] = widest - cut
    excess -= cut
  }
  return widths
}

/** Cells of a width that terminals give it: two for wide letters, none for colour codes and joined marks. */
export function visibleWidth(text: string): number {
  let width = 0
  for (const { segment } of SEGMENTS.segment(stripVTControlCharacters(text))) {
    width += WIDE.test(segment) ? 2 : 1
  }
  return width
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })
const WIDE =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u

/** A text without colours, cut to a width with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of SEGMENTS.segment(text)) {
    if (visibleWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
