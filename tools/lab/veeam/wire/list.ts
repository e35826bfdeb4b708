import type { VeeamEstate } from '../estate/estate.ts'
import { absent, type LabAnswer } from './answer.ts'
import {
  checkQuery,
  type Filter,
  filtered,
  fitsPattern,
  instantOf,
  ordered,
  type ParameterKind,
  paged,
} from './query.ts'
import type { Json } from './render-infrastructure.ts'
import { isOld, type LabVersion } from './versions.ts'

export interface ListRequest {
  readonly estate: VeeamEstate
  readonly version: LabVersion
  readonly query: URLSearchParams
  /** Of `{id}` in the path. */
  readonly id: string
}

export interface List<Row> {
  rows(request: ListRequest): readonly Row[]
  render(row: Row, request: ListRequest): Json
  readonly columns: readonly string[]
  readonly filters: Readonly<Record<string, Filter<Row>>>
  /** What only the newer versions know. */
  readonly newer?: {
    readonly columns?: readonly string[]
    readonly filters?: Readonly<Record<string, Filter<Row>>>
  }
  /** What only the last revision knows. */
  readonly newest?: { readonly filters: Readonly<Record<string, Filter<Row>>> }
  /** What the last revision does not know any more. */
  readonly former?: { readonly filters: Readonly<Record<string, Filter<Row>>> }
  /** The older version sends everything, and takes no parameters. */
  readonly isWholeInOlder?: boolean
}

const PAGING: readonly (readonly [string, ParameterKind])[] = [
  ['skip', 'number'],
  ['limit', 'number'],
]
const ORDERING: readonly (readonly [string, ParameterKind])[] = [
  ['orderColumn', 'text'],
  ['orderAsc', 'boolean'],
]

/** Answers a request for a list: parameters checked, then filtered, ordered, and one page of it. */
export function answerList<Row extends object>(list: List<Row>, request: ListRequest): LabAnswer {
  const { query, version } = request
  const isWhole = isOld(version) && list.isWholeInOlder === true
  const columns = isOld(version) ? list.columns : [...list.columns, ...(list.newer?.columns ?? [])]
  const filters = isWhole ? new Map() : filtersOf(list, version)
  const known = new Map<string, ParameterKind>([
    ...(isWhole ? [] : PAGING),
    ...(isWhole || columns.length === 0 ? [] : ORDERING),
    ...[...filters].map(([name, { kind }]) => [name, kind] as const),
  ])
  const repeatable = new Set([...filters].flatMap(([name, filter]) => (filter.isRepeatable ? [name] : [])))
  checkQuery(query, known, version === '1.3-rev2' ? repeatable : new Set())
  const rows = remembered(list.rows(request), query, (all) =>
    ordered(filtered(all, query, filters), query, columns),
  )
  const all = { total: rows.length, count: rows.length, skip: 0, limit: rows.length }
  const page = isWhole ? { rows, pagination: all } : paged(rows, query)
  const data = page.rows.map((row) => list.render(row, request))
  return { status: 200, json: { data, pagination: page.pagination } }
}

interface Remembered {
  readonly asked: string
  readonly length: number
  readonly first: unknown
  readonly last: unknown
  readonly rows: readonly object[]
}

const lastAsked = new WeakMap<object, Remembered>()

/**
 * Filtering and ordering a hundred thousand rows for each of a hundred pages would be what a bench measures. So a later
 * page of the same question goes by what its first page found, unless rows came or went since.
 */
function remembered<Row extends object>(
  all: readonly Row[],
  query: URLSearchParams,
  find: (all: readonly Row[]) => readonly Row[],
): readonly Row[] {
  const question = new URLSearchParams(query)
  for (const name of ['skip', 'limit']) question.delete(name)
  const asked = question.toString()
  const known = lastAsked.get(all)
  const isSame =
    known?.asked === asked &&
    known.length === all.length &&
    known.first === all[0] &&
    known.last === all.at(-1)
  if (isSame && Number(query.get('skip') ?? 0) > 0) return known.rows as readonly Row[]
  const rows = find(all)
  lastAsked.set(all, { asked, length: all.length, first: all[0], last: all.at(-1), rows })
  return rows
}

function filtersOf<Row>(list: List<Row>, version: LabVersion): Map<string, Filter<Row>> {
  const newer = isOld(version) ? undefined : list.newer?.filters
  const revision = version === '1.3-rev2' ? list.newest?.filters : list.former?.filters
  return new Map(Object.entries({ ...list.filters, ...newer, ...revision }))
}

/** Answers a request for one item by its id. */
export function answerOne<Row extends { readonly id: string }>(
  list: List<Row>,
  request: ListRequest,
): LabAnswer {
  checkQuery(request.query, new Map(), new Set())
  const row = list.rows(request).find(({ id }) => id === request.id)
  if (!row) throw absent(request.id)
  return { status: 200, json: list.render(row, request) }
}

/** Filters for the fields that most lists share. */
export const by = {
  name: { kind: 'text', keeps: (row: { name: string }, value) => fitsPattern(row.name, value) },
  type: { kind: 'text', isRepeatable: true, keeps: (row: { type: string }, value) => row.type === value },
  id: { kind: 'id', keeps: (row: { id: string }, value) => row.id === value.toLowerCase() },
  createdAfter: {
    kind: 'instant',
    keeps: (row: { creationTime: string }, value) => instantOf(row.creationTime) > instantOf(value),
  },
  createdBefore: {
    kind: 'instant',
    keeps: (row: { creationTime: string }, value) => instantOf(row.creationTime) < instantOf(value),
  },
} as const satisfies Record<string, Filter<never>>

/** Keeps the rows whose field says just that. */
export function same<Row extends object>(
  field: keyof Row & string,
  kind: ParameterKind = 'text',
  isRepeatable = false,
): Filter<Row> {
  return {
    kind,
    isRepeatable,
    keeps: (row, value) => String(row[field] ?? '').toLowerCase() === value.toLowerCase(),
  }
}
