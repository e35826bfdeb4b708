import { badArgument } from '../store/lab-error.ts'
import type { FieldOf } from './filter.ts'

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

/**
 * The rows from `start` on, at most `limit`, all without one. The total is counted only where the page is full: else it is
 * taken for what lies before the page and on it, even when the page lies beyond the end.
 */
export function pageOf<Row>(rows: readonly Row[], start: number, limit: number | null): Page<Row> {
  const page = rows.slice(start, limit === null ? undefined : start + limit)
  const isFull = limit !== null && page.length === limit
  return { rows: page, total: isFull ? rows.length : start + page.length }
}

interface SortKey {
  readonly property: string
  readonly isDescending: boolean
}

/** `Code`, `Code desc`, `Code:desc,Hostname` or `[{"property":"Code","direction":"ASC"}]`. */
export function parseSort(text: string | null): SortKey[] {
  if (text === null || text.trim() === '') return []
  if (text.trim().startsWith('[')) return parseJsonSort(text)
  return text.split(',').map((part) => {
    const [property = '', direction = 'asc'] = part.trim().split(/[\s:]+/)
    return { property, isDescending: isDescending(direction, text) }
  })
}

function parseJsonSort(text: string): SortKey[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw badArgument(`error deserializing sorter =< ${text} >`)
  }
  if (!Array.isArray(parsed)) throw badArgument(`error deserializing sorter =< ${text} >`)
  return parsed.map((one: { property?: unknown; direction?: unknown }) => {
    if (typeof one?.property !== 'string') throw badArgument(`error deserializing sorter =< ${text} >`)
    return { property: one.property, isDescending: isDescending(String(one.direction ?? 'ASC'), text) }
  })
}

function isDescending(direction: string, text: string): boolean {
  const known = direction.toLowerCase()
  if (known !== 'asc' && known !== 'desc') throw badArgument(`error deserializing sorter =< ${text} >`)
  return known === 'desc'
}

/** A new list in that order, empty fields last; the same list where no order is asked for. */
export function sorted<Row>(
  rows: readonly Row[],
  keys: readonly SortKey[],
  of: FieldOf<Row>,
): readonly Row[] {
  if (keys.length === 0) return rows
  return rows.toSorted((a, b) => {
    for (const { property, isDescending } of keys) {
      const difference = compare(of(a, property), of(b, property))
      if (difference !== 0) return isDescending ? -difference : difference
    }
    return 0
  })
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return 1
  if (b === null || b === undefined) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}

/** Keeps the last few lists while nothing changes, so that the pages of one list are cut from one sorting. */
export class ListingCache {
  #revision = -1
  readonly #lists = new Map<string, readonly unknown[]>()

  list<Row>(key: string, revision: number, make: () => readonly Row[]): readonly Row[] {
    if (revision !== this.#revision) this.#lists.clear()
    this.#revision = revision
    const known = this.#lists.get(key)
    // The key names what is listed, so a list under it has rows of that kind.
    if (known) return known as readonly Row[]
    if (this.#lists.size >= 8) this.#lists.clear()
    const made = make()
    this.#lists.set(key, made)
    return made
  }
}
