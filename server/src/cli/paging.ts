import { MAX_PAGE, type Page, type PageRequest } from '@holdfast/contract'
import { Option } from 'commander'
import type { CommandContext } from './context.ts'
import { parseCount } from './options.ts'

export interface PageFlags {
  limit: number
  after?: string
  all?: boolean
}

export function limitOption(standard: number): Option {
  return new Option('--limit <count>', 'at most so many').argParser(parseCount).default(standard)
}

export function afterOption(): Option {
  return new Option('--after <cursor>', 'go on after the page that ended with this `next`')
}

export function allOption(): Option {
  return new Option('--all', 'every one there is').conflicts('limit')
}

/**
 * As many items as the options ask for, over as many pages as that takes. `next` is where to go on; null at the end of
 * the list. What `--json` prints for a list has this shape.
 */
export async function readPages<T>(
  flags: PageFlags,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  const wanted = flags.all ? Number.POSITIVE_INFINITY : flags.limit
  const items: T[] = []
  let next: string | null = flags.after ?? null
  do {
    const limit = Math.min(MAX_PAGE, wanted - items.length)
    const page: Page<T> = await read({ limit, ...(next === null ? {} : { after: next }) })
    items.push(...page.items)
    next = page.next
  } while (next !== null && items.length < wanted)
  return { items, next }
}

/** Every item of a list, read page by page as far as somebody looks. */
export async function* eachItem<T>(read: (request: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  let next: string | null = null
  do {
    const page: Page<T> = await read({ limit: MAX_PAGE, ...(next === null ? {} : { after: next }) })
    yield* page.items
    next = page.next
  } while (next !== null)
}

/** Says on stderr how to see the rest of a list that was cut. */
export function noteMore(cx: CommandContext, page: Page<unknown>): void {
  if (page.next !== null) cx.note(`There are more: go on with --after ${page.next}`)
}
