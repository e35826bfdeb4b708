import { HoldfastError, type Page } from '@holdfast/contract'
import { z } from 'zod'

/** Items of a page when nobody says how many. */
export const PAGE_SIZE = 50

/** Names the last item of a page by the keys that the list is sorted by, in a form that nobody needs to understand. */
export function cursorOf(...keys: string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** The keys that a cursor was made of, checked one by one. Throws `request-invalid` for one of another list. */
export function readCursor<const Keys extends z.ZodType<string>[]>(
  cursor: string,
  ...keys: Keys
): { [Index in keyof Keys]: string } {
  const read = z.tuple(keys as never).safeParse(parsed(cursor))
  // A text of the database cannot hold U+0000.
  if (read.success && !(read.data as string[]).some((key) => key.includes('\0')))
    return read.data as { [Index in keyof Keys]: string }
  throw new HoldfastError('request-invalid', '`after` is not the `next` of a page of this list', {
    hint: 'Leave out `after` to begin with the first page.',
  })
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

/** A page made from one row more than it may hold, which tells whether there is another page. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursor(last) : null }
}
