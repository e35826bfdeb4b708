import type { BytePath } from '../disks/byte-path.ts'
import { parseName } from './names.ts'

/**
 * What {@link parseToken} understands. `%b` also makes rsync print the line after the transfer instead of before it. The leading `=` tells item lines from everything else rsync says.
 */
export const OUT_FORMAT = '=%i|%l|%b|%n'

/** `linked` and `relinked` become hard links to another file; what is relinked was there before, and was just like it. */
export type ItemKind = 'new' | 'changed' | 'attributes' | 'linked' | 'relinked' | 'deleted'

/** One file, directory or other entry that rsync acts on. */
export interface RsyncItem {
  readonly type: 'item'
  readonly kind: ItemKind
  readonly entry: 'file' | 'directory' | 'symlink' | 'special'
  /** Apparent size; meaningful for files. */
  readonly sizeBytes: number
  /** Bytes that passed from source to target for it: less than its size where only differences did. 0 in a dry run. */
  readonly sentBytes: number
  readonly path: BytePath
}

/** Bytes of the files transferred so far. rsync's percentage and time are misleading on incremental runs: not kept. */
export interface RsyncProgress {
  readonly type: 'progress'
  readonly doneBytes: number
  readonly bytesPerSecond: number
}

const ITEM = /^=([<>ch.*])([fdLDS])(\S{9}| {9}) *\|(\d+)\|(\d+)\|(.*)$/
const DELETED = /^=\*deleting +\|\d+\|\d+\|(.*)$/
const PROGRESS = /^\s*([\d,]+)\s+\d+%\s+([\d.]+)([kMGT]?)B\/s\s/
const ENTRY = { f: 'file', d: 'directory', L: 'symlink', D: 'special', S: 'special' } as const
const UNIT = { '': 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 } as const

function itemKind(action: string, flags: string): ItemKind {
  if (action === 'h') return flags.trim() === '' ? 'relinked' : 'linked'
  if (flags.startsWith('+')) return 'new'
  if (action === '>' || action === '<') return 'changed'
  // A directory or symlink whose "change" is its time or owner, or a file copied from the last generation for its mode.
  return flags.startsWith('c') ? 'changed' : 'attributes'
}

/** Reads one token of rsync's output; null for what does not matter. */
export function parseToken(token: string): RsyncItem | RsyncProgress | null {
  const deleted = DELETED.exec(token)
  if (deleted?.[1] !== undefined) {
    const path = parseName(deleted[1])
    const isDirectory = path.endsWith('/')
    const entry = isDirectory ? 'directory' : 'file'
    return { type: 'item', kind: 'deleted', entry, sizeBytes: 0, sentBytes: 0, path }
  }
  const item = ITEM.exec(token)
  if (item) {
    const [, action = '', entry = 'f', flags = '', size = '0', sent = '0', name = ''] = item
    return {
      type: 'item',
      kind: itemKind(action, flags),
      entry: ENTRY[entry as keyof typeof ENTRY],
      sizeBytes: Number(size),
      sentBytes: Number(sent),
      path: parseName(name),
    }
  }
  const progress = PROGRESS.exec(token)
  if (!progress) return null
  const unit = UNIT[(progress[3] ?? '') as keyof typeof UNIT]
  return {
    type: 'progress',
    doneBytes: Number((progress[1] ?? '0').replaceAll(',', '')),
    bytesPerSecond: Number(progress[2]) * unit,
  }
}
