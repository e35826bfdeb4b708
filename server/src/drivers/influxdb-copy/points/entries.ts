import { join } from 'node:path'
import { HoldfastError, type Page, type PointEntry } from '@holdfast/contract'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { PointDirectory } from '../../../point-directories/point-directory.ts'
import { type DatabaseDetails, WINDOWS_FILE } from './layout.ts'
import { readRecords, type WindowRecord } from './window-records.ts'

/**
 * The name of a window, a measurement or a retention policy in a restore point, as its files are called:
 * `autogen/cpu/2026-11-16T00-00-00Z.lp.gz`.
 */
export function entryPath({ path }: Pick<WindowRecord, 'path'>): string {
  return path.slice('data/'.length)
}

export interface EntriesQuery {
  /** Folder to look into, empty for the whole; as `path` of an entry names it. */
  readonly path: string
  /** `next` of the page before. */
  readonly after: string | null
  readonly limit: number
  readonly signal: AbortSignal
}

/**
 * What lies in a folder of a restore point: retention policies, measurements of one, or windows of one; from the list of
 * windows alone. Throws `config-invalid` for a folder that is not there.
 */
export async function listEntries(
  { directory }: PointDirectory<DatabaseDetails>,
  { path, after, limit, signal }: EntriesQuery,
): Promise<Page<PointEntry>> {
  const folder = path.split('/').filter(Boolean)
  const depth = folder.length
  const found = new Map<string, PointEntry & { sizeBytes: number }>()
  for await (const record of readRecords(join(directory, WINDOWS_FILE))) {
    throwIfCanceled(signal)
    if (!record) continue
    const parts = entryPath(record).split('/')
    if (folder.some((part, index) => parts[index] !== part)) continue
    const own = parts.slice(0, depth + 1).join('/')
    const entry = found.get(own) ?? entryOf(record, own, depth)
    found.set(own, { ...entry, sizeBytes: entry.sizeBytes + record.bytes })
  }
  if (depth > 0 && found.size === 0) {
    const message = `the restore point has no folder ${JSON.stringify(path)}`
    throw new HoldfastError('config-invalid', message, { details: { path } })
  }
  const all = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const rest = after === null ? all : all.filter((entry) => entry.path > after)
  const items = rest.slice(0, limit)
  return { items, next: rest.length > items.length ? (items.at(-1)?.path ?? null) : null }
}

function entryOf(record: WindowRecord, path: string, depth: number): PointEntry & { sizeBytes: number } {
  const names = [record.retentionPolicy, record.measurement]
  return {
    path,
    name: names[depth] ?? path.slice(path.lastIndexOf('/') + 1),
    type: depth < names.length ? 'folder' : 'file',
    sizeBytes: 0,
    modifiedAt: null,
    target: null,
  }
}
