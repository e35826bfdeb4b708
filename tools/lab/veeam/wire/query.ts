import { unexpected } from './answer.ts'

/** How the text of a query parameter must look. */
export type ParameterKind = 'text' | 'id' | 'boolean' | 'instant' | 'number'

export interface Filter<Row> {
  readonly kind: ParameterKind
  /** May be given several times; a row that fits one of the values stays. */
  readonly isRepeatable?: boolean
  keeps(row: Row, value: string): boolean
}

const LOOKS: Readonly<Record<ParameterKind, RegExp>> = {
  text: /^/,
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  boolean: /^(true|false)$/i,
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/,
  number: /^\d+(\.\d+)?$/,
}

/** Refuses what the endpoint does not know: names count letter by letter, and each is said once unless it may be repeated. */
export function checkQuery(
  query: URLSearchParams,
  known: ReadonlyMap<string, ParameterKind>,
  repeatable: ReadonlySet<string>,
): void {
  for (const name of new Set(query.keys())) {
    const kind = known.get(name)
    const values = query.getAll(name)
    if (kind === undefined || (values.length > 1 && !repeatable.has(name))) throw unexpected()
    if (values.some((value) => value === '' || !LOOKS[kind].test(value))) throw unexpected()
  }
}

/** Rows that fit every filter that the query names. */
export function filtered<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  filters: ReadonlyMap<string, Filter<Row>>,
): readonly Row[] {
  let left = rows
  for (const [name, filter] of filters) {
    const values = query.getAll(name)
    if (values.length > 0) left = left.filter((row) => values.some((value) => filter.keeps(row, value)))
  }
  return left
}

const collator = new Intl.Collator('en')

/** In the order of `orderColumn`, ascending unless `orderAsc=false`; as they lie there when it is not said. */
export function ordered<Row extends object>(
  rows: readonly Row[],
  query: URLSearchParams,
  columns: readonly string[],
): readonly Row[] {
  const column = query.get('orderColumn')
  if (column === null) return rows
  if (!columns.includes(column)) throw unexpected()
  const field = FIELDS[column] ?? column.charAt(0).toLowerCase() + column.slice(1)
  const sign = query.get('orderAsc')?.toLowerCase() === 'false' ? -1 : 1
  const isInstant = ['CreationTime', 'EndTime', 'LastRun', 'NextRun'].includes(column)
  const keyed = rows.map((row) => ({ row, key: keyOf(Reflect.get(row, field), isInstant) }))
  return keyed.toSorted((a, b) => sign * compare(a.key, b.key)).map(({ row }) => row)
}

const FIELDS: Readonly<Record<string, string>> = { Host: 'hostName' }

function keyOf(value: unknown, isInstant: boolean): string | number {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : ''
  return isInstant ? instantOf(text) : text
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

const instants = new Map<string, number>()

/** Milliseconds; 0 for none. The same few instants are asked for page after page. */
export function instantOf(text: string): number {
  const known = instants.get(text)
  if (known !== undefined) return known
  const milliseconds = text === '' ? 0 : Date.parse(text)
  if (instants.size > 1_000_000) instants.clear()
  instants.set(text, milliseconds)
  return milliseconds
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly pagination: Readonly<Record<string, number>>
}

export const DEFAULT_LIMIT = 200

export function paged<Row>(rows: readonly Row[], query: URLSearchParams): Page<Row> {
  const skip = Number(query.get('skip') ?? 0)
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT)
  if (!Number.isInteger(skip) || !Number.isInteger(limit)) throw unexpected()
  const part = rows.slice(skip, skip + limit)
  return { rows: part, pagination: { total: rows.length, count: part.length, skip, limit } }
}

/** Whether a name fits a pattern in which `*` stands for any letters. */
export function fitsPattern(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(name)
}
