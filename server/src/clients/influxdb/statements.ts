/** Times that InfluxDB can store, in ns since 1970. */
const EARLIEST_NS = -9_223_372_036_854_775_806n
export const LATEST_NS = 9_223_372_036_854_775_806n

/** What is read with one statement: types of fields are the same all through one group of shards. */
export interface WindowOfPoints {
  readonly rp: string
  readonly measurement: string
  readonly startNs: bigint
  /** The first instant that is not in it any more. */
  readonly endNs: bigint
}

/** Which values a tag may have; `*` stands for anything, `?` for one character. A series without the tag has ''. */
export interface TagCondition {
  readonly tag: string
  /** All when it is empty. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** Statements are built here and nowhere else: a name in one can be any text. The server has no way to say NUL. */
export function quoteName(name: string): string {
  return `"${escaped(name, '"')}"`
}

export function quoteText(text: string): string {
  return `'${escaped(text, "'")}'`
}

function escaped(text: string, quote: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n')
}

/** The points of a window, series by series with their tags; all fields, or those named (null: all). */
export function selectWindow(
  window: WindowOfPoints & { readonly fields?: readonly string[] | null },
  { tags = [] }: { tags?: readonly TagCondition[] } = {},
): string {
  const fields = window.fields ?? null
  const columns = fields === null ? '*' : fields.map((field) => `${quoteName(field)}::field`).join(', ')
  return `SELECT ${columns} ${fromWindow(window, tags)} GROUP BY *`
}

/** The same in the order of time: columns are time, then `tags`, then `fields`, by their places. Cheaper with many series. */
export function selectWindowFlat(
  window: WindowOfPoints,
  columns: { tags: readonly string[]; fields: readonly string[] },
  { tags = [] }: { tags?: readonly TagCondition[] } = {},
): string {
  const named = [
    ...columns.tags.map((tag) => `${quoteName(tag)}::tag`),
    ...columns.fields.map((field) => `${quoteName(field)}::field`),
  ]
  return `SELECT ${named.join(', ')} ${fromWindow(window, tags)}`
}

/** How many values each field has: the answer has a column `count_FIELD` for each. */
export function countWindow(window: WindowOfPoints): string {
  return `SELECT count(*) ${fromWindow(window)}`
}

function fromWindow(window: WindowOfPoints, tags: readonly TagCondition[] = []): string {
  const start = withinTime(window.startNs)
  const last = withinTime(window.endNs - 1n)
  const conditions = [`time >= ${start}`, `time <= ${last}`, ...tags.flatMap(conditionsOf)]
  return `FROM ${measurementIn(window)} WHERE ${conditions.join(' AND ')}`
}

/** A number beyond what a 64-bit integer holds is an error for the server. */
export function withinTime(ns: bigint): bigint {
  if (ns < EARLIEST_NS) return EARLIEST_NS
  return ns > LATEST_NS ? LATEST_NS : ns
}

export function measurementIn({ rp, measurement }: { rp: string; measurement: string }): string {
  return `${quoteName(rp)}.${quoteName(measurement)}`
}

function conditionsOf({ tag, include, exclude }: TagCondition): string[] {
  const name = `${quoteName(tag)}::tag`
  return [
    ...(include.length === 0 ? [] : [`${name} =~ ${anyOf(include)}`]),
    ...(exclude.length === 0 ? [] : [`${name} !~ ${anyOf(exclude)}`]),
  ]
}

/** A regular expression as InfluxDB has them, for texts with `*` and `?`. */
function anyOf(patterns: readonly string[]): string {
  const texts = patterns.map((pattern) =>
    pattern
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('/', '\\/')
      .replaceAll('\n', '\\n')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  )
  return `/(?s)^(${texts.join('|')})$/`
}
