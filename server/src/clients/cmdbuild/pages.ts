import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import type { CmdbuildRequest, CmdbuildServer } from './connect.ts'

const ATTEMPTS = 3
const BY_ID = JSON.stringify([{ property: 'Id', direction: 'ASC' }])

export interface PagesRequest extends Omit<CmdbuildRequest, 'method'> {
  readonly pageSize: number
}

interface Numbered {
  readonly _id: number
}

/** Pages of things without ids, such as classes: of those there are few, and nobody adds some meanwhile. */
export async function listAll<T>(
  server: CmdbuildServer,
  request: Omit<CmdbuildRequest, 'method'>,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const query = { ...request.query, start: all.length, limit: server.pageSize }
    const { items, total } = await server.list({ ...request, method: 'GET', query }, z.array(schema))
    all.push(...items)
    const isLast = total === null ? items.length < server.pageSize : all.length >= total
    if (items.length === 0 || isLast) return all
  }
}

/**
 * A long list by pages, ordered by id, each thing turned by `keep` into what is held in memory, or left out when that
 * gives null. A page begins with the last thing of the one before it: when it does not, somebody deleted one meanwhile,
 * all that follow have moved up, and one may have been missed. Then the list is read anew. Throws
 * `node-answer-invalid` when that happens again and again.
 */
export async function readPages<T extends Numbered, Kept>(
  server: CmdbuildServer,
  request: PagesRequest,
  schema: z.ZodType<T>,
  keep: (one: T) => Kept | null,
): Promise<Kept[]> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const kept = await readOnce(server, request, z.array(schema), keep)
    if (kept !== null) return kept
  }
  const { at } = server
  const message = `could not ${request.what} at ${at}: the list changed each time while it was read`
  throw new HoldfastError('node-answer-invalid', message, { details: { address: at, attempts: ATTEMPTS } })
}

async function readOnce<T extends Numbered, Kept>(
  server: CmdbuildServer,
  { pageSize, ...request }: PagesRequest,
  schema: z.ZodType<T[]>,
  keep: (one: T) => Kept | null,
): Promise<Kept[] | null> {
  const kept: Kept[] = []
  let last: number | null = null
  for (let read = 0; ; ) {
    const overlap: number = last === null ? 0 : 1
    const limit = pageSize + overlap
    const query = { ...request.query, sort: BY_ID, start: read - overlap, limit }
    const { items, total } = await server.list({ ...request, method: 'GET', query }, schema)
    if (last !== null && items[0]?._id !== last) return null
    for (const one of items.slice(overlap)) {
      const turned = keep(one)
      if (turned !== null) kept.push(turned)
    }
    read += items.length - overlap
    last = items.at(-1)?._id ?? null
    const isLast = total === null ? items.length < limit : read >= total
    if (isLast) return kept
    if (items.length === overlap) return null
  }
}
