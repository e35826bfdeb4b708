import { z } from 'zod'
import { invalidAnswer } from './errors.ts'
import type { ReadEntry } from './long-lists.ts'

export interface List<Item> {
  readonly items: readonly Item[]
  /** Whether nothing can be missing. It may be when the list shrank while it was read: entries moved to a page that was read already. */
  readonly isComplete: boolean
  /** Entries that lack what identifies them. */
  readonly leftOut: number
}

interface Asked<Item> {
  readonly at: string
  /** What was asked, for messages. */
  readonly what: string
  readonly read: ReadEntry<Item>
  readonly page: (skip: number) => Promise<unknown>
  /** Whether an item is the first of its sort, and kept. Asked once about each. */
  readonly isFirst: (item: Item) => boolean
  /** Whether each entry is of a sort of its own: as many are kept then as the server says there are. */
  readonly isEachKept: boolean
}

/** `skip` and `limit` are left out by some servers, and nothing is made of them. */
const envelope = z.object({
  data: z.array(z.unknown()),
  pagination: z
    .object({ total: z.number().int().nonnegative().nullable().catch(null) })
    .nullable()
    .catch(null),
})

/**
 * Reads a list to its end, each item once. Throws `node-answer-invalid` for what is no list, and for one that
 * stops before the end it promised.
 */
export async function readPages<Item>(asked: Asked<Item>): Promise<List<Item>> {
  const { at, what, read, page, isFirst, isEachKept } = asked
  const items: Item[] = []
  let [skip, leftOut, most, shrank] = [0, 0, 0, false]
  while (true) {
    const { data, success, error } = envelope.safeParse(await page(skip))
    if (!success) throw invalidAnswer(at, what, 'it is no list', error)
    const before = items.length + leftOut
    for (const entry of data.data) {
      const item = read(entry)
      if (item === null) leftOut += 1
      else if (isFirst(item)) items.push(item)
    }
    skip += data.data.length
    const total = data.pagination?.total ?? null
    shrank ||= total !== null && total < most
    most = Math.max(most, total ?? 0)
    const isNew = items.length + leftOut > before
    // Without a total, only a page that brings nothing new tells the end: a server may cut pages as it likes.
    const isLast = total === null ? !isNew : skip >= total
    if (isLast) {
      const isWhole = total === null || !isEachKept || items.length + leftOut >= total
      return { items, isComplete: isWhole && !shrank && leftOut === 0, leftOut }
    }
    if (data.data.length === 0)
      throw invalidAnswer(at, what, `it ends after ${skip} entries, and promised ${total}`)
  }
}

/** Of entries of one id the first is kept: what a page brings once more was there before. */
export function firstById() {
  const known = new Set<string>()
  const isFirst = ({ id }: { readonly id: string }): boolean => known.size < known.add(id).size
  return { isFirst, isEachKept: true }
}

/** Of restore points the first of each chain and name. */
export function firstOfName() {
  const known = new Map<string, Set<string>>()
  const isFirst = ({ backupId, name }: { readonly backupId: string; readonly name: string }): boolean => {
    const inChain = known.get(backupId)
    if (inChain !== undefined) return inChain.size < inChain.add(name).size
    known.set(backupId, new Set([name]))
    return true
  }
  return { isFirst, isEachKept: false }
}

/** The entries of one page. */
export function entriesOf(at: string, what: string, page: unknown): unknown[] {
  const { data, success, error } = envelope.safeParse(page)
  if (!success) throw invalidAnswer(at, what, 'it is no list', error)
  return data.data
}
