import { z } from 'zod'

/** One page of a list; `next` is the `after` of the following page, null on the last one. */
export interface Page<T> {
  items: T[]
  next: string | null
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

export const MAX_PAGE = 200

/** What every paged list understands. Numbers come as text in a query. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50).meta({ description: 'Items per page' }),
  after: z.string().max(300).optional().meta({ description: 'The `next` of the page before' }),
}

/** A query parameter that may be repeated: `?outcome=failed&outcome=lost`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.union([z.array(item).max(50), item.transform((value) => [value])])
}
