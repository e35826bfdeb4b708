import type { LogLevel, RunLogLine } from '@holdfast/contract'

/** From the least to the most serious. */
export const LEVELS = ['debug', 'info', 'warning', 'error'] as const satisfies LogLevel[]

export interface LogFilter {
  /** This level and more serious ones. */
  level: LogLevel
  /** Part of a line, in any case; empty for all. */
  search: string
}

/**
 * Adds what came live. Only the newest lines are kept there, so after a burst lines may be missing in between: then what
 * is older is dropped, and loaded again when the reader goes there. Returns the same list when nothing is new.
 */
export function appendLive(lines: readonly RunLogLine[], live: readonly RunLogLine[]): readonly RunLogLine[] {
  const last = lines.at(-1)
  const first = live[0]
  if (!last || !first) return lines.length === 0 ? live : lines
  if (first.position > last.position + 1) return live
  const fresh = live.slice(firstAfter(live, last.position))
  return fresh.length === 0 ? lines : [...lines, ...fresh]
}

/** Adds lines from before the first; those that are there already are left out. */
export function prependOlder(
  lines: readonly RunLogLine[],
  older: readonly RunLogLine[],
): readonly RunLogLine[] {
  const first = lines[0]
  if (!first) return older
  const before = older.filter(({ position }) => position < first.position)
  return before.length === 0 ? lines : [...before, ...lines]
}

export function filterLines(lines: readonly RunLogLine[], filter: LogFilter): readonly RunLogLine[] {
  const least = LEVELS.indexOf(filter.level)
  const search = filter.search.toLowerCase()
  if (least === 0 && search === '') return lines
  return lines.filter(
    (line) =>
      LEVELS.indexOf(line.level) >= least && (search === '' || lineText(line).toLowerCase().includes(search)),
  )
}

/** Index of the first line after a position; the lines are in order. */
export function firstAfter(lines: readonly RunLogLine[], position: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.position ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}

const texts = new WeakMap<RunLogLine, string>()

/** A line as it is read: its message with what is told beside it. */
export function lineText(line: RunLogLine): string {
  let text = texts.get(line)
  if (text === undefined) {
    const fields = fieldsText(line)
    text = fields === '' ? line.message : `${line.message}  ${fields}`
    texts.set(line, text)
  }
  return text
}

/** `path=/srv/a files=3` */
export function fieldsText({ fields }: RunLogLine): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
}

/** Lines as text to copy, as the download has them: instants in UTC. */
export function copyText(lines: readonly RunLogLine[]): string {
  return lines.map((line) => `${line.at} ${line.level} ${lineText(line)}`).join('\n')
}

/** The line that an address points at: `#line=120`. */
export function lineOfHash(hash: string): number | null {
  const digits = /^#?line=(\d{1,12})$/.exec(hash)?.[1]
  return digits === undefined ? null : Number(digits)
}
