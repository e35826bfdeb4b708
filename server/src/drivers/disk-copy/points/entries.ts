import { setImmediate } from 'node:timers/promises'
import { HoldfastError, type Page, type PointEntry } from '@holdfast/contract'
import { type BytePath, compareBytePaths, heardPaths, tellPath } from '../../../clients/disks/byte-path.ts'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { Generation } from '../on-vault/generations.ts'
import { readListing } from '../on-vault/read-listing.ts'
import type { TreeLine } from '../proof/listing/formats.ts'
import { cleanPaths } from './find-paths.ts'

export interface EntriesQuery {
  /** Folder to look into, empty for the whole; as `path` of an entry names it. */
  readonly path: string
  /** `next` of the page before. */
  readonly after: string | null
  readonly limit: number
  readonly signal: AbortSignal
}

/** Lines of a listing that are looked at before others get their turn. */
const LINES_AT_ONCE = 5000

/** Of a page: folders come before everything else, each by the bytes of their names, as they come in the listing. */
class EntryPage {
  readonly #after: string | null
  readonly #limit: number
  readonly #ranks: [TreeLine[], TreeLine[]] = [[], []]

  constructor(after: string | null, limit: number) {
    this.#after = after
    this.#limit = limit
  }

  /** One more than fits is kept, to know whether there is another page. */
  add(line: TreeLine, name: BytePath): void {
    const rank = this.#ranks[line.type === 'd' ? 0 : 1]
    if (rank.length > this.#limit) return
    if (this.#after !== null && cursorOf(line, name) <= this.#after) return
    rank.push(line)
  }

  finish(folder: BytePath): Page<PointEntry> {
    const lines = this.#ranks.flat()
    const shown = lines.slice(0, this.#limit)
    const last = shown.at(-1)
    return {
      items: shown.map((line) => asEntry(line, nameIn(folder, line.path) ?? line.path)),
      next: lines.length > shown.length && last ? cursorOf(last, nameIn(folder, last.path) ?? '') : null,
    }
  }
}

/** Sorts as the page does: folders first, and names by their bytes, of which each is one character here. */
function cursorOf(line: TreeLine, name: BytePath): string {
  return `${line.type === 'd' ? '0' : '1'}${name}`
}

/** The name of a direct child of a folder; null for everything else. */
function nameIn(folder: BytePath, path: BytePath): BytePath | null {
  if (path === '.') return null
  const name = folder === '.' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null
  return name === null || name.includes('/') ? null : name
}

const TYPES = { d: 'folder', f: 'file', l: 'link' } as const

function asEntry(line: TreeLine, name: BytePath): PointEntry {
  return {
    path: tellPath(line.path),
    name: tellPath(name),
    type: line.type in TYPES ? TYPES[line.type as keyof typeof TYPES] : 'other',
    sizeBytes: line.sizeBytes,
    modifiedAt: instantOf(line.mtime),
    target: line.target === null ? null : tellPath(line.target),
  }
}

/** Years beyond four digits are none that an instant can say. */
function instantOf(mtime: string): string | null {
  const [seconds = '0', nanoseconds = '0'] = mtime.split('.')
  const ms = Number(seconds) * 1000 + Math.floor(Number(nanoseconds) / 1e6)
  return Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString()
}

/**
 * What lies directly in one folder of a restore point, from its listing alone: the data is not touched, and no more than a
 * page is held in memory. Throws `config-invalid` for a folder that is not there.
 */
export async function listEntries(generation: Generation, query: EntriesQuery): Promise<Page<PointEntry>> {
  const [wanted = '.'] = cleanPaths([query.path || '.']) ?? []
  for (const folder of heardPaths(wanted)) {
    const page = await lookInto(generation, folder, query)
    if (page) return page
  }
  throw new HoldfastError('config-invalid', `the restore point has no folder ${JSON.stringify(wanted)}`, {
    details: { path: wanted },
  })
}

async function lookInto(
  generation: Generation,
  folder: BytePath,
  query: EntriesQuery,
): Promise<Page<PointEntry> | null> {
  const page = new EntryPage(query.after, query.limit)
  let isThere = false
  let count = 0
  for (const line of readListing(generation)) {
    count += 1
    if (count % LINES_AT_ONCE === 0) {
      throwIfCanceled(query.signal)
      await setImmediate()
    }
    if (line === null) continue
    if (line.path === folder) isThere = line.type === 'd'
    const name = nameIn(folder, line.path)
    if (name !== null) page.add(line, name)
    // A walk leaves a folder once: what comes after it is not in it.
    else if (isThere && folder !== '.' && isBehind(line.path, folder)) break
  }
  return isThere ? page.finish(folder) : null
}

function isBehind(path: BytePath, folder: BytePath): boolean {
  return path !== folder && !path.startsWith(`${folder}/`) && compareBytePaths(folder, path) < 0
}
