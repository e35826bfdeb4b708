import { type BytePath, compareBytePaths, toBytePath } from '../../../clients/disks/byte-path.ts'
import { type FoundEntry, readEntry } from './entry.ts'
import { escapeName, unescapeName } from './formats.ts'
import { readLines } from './lines.ts'

/**
 * What tells of a file that it is as it was when it was last listed: `linked` is hard-linked to that of another generation,
 * `snapshot` has the inode, size and times that it has in another snapshot, `seen` those that a mirror noted down. The time
 * of the last change (ctime) is the one that counts: the kernel sets it whenever content, size, owner, mode or attributes
 * are touched, and nobody can set it back. `directory` is where `data`, or SEEN, lies.
 */
export type Known =
  | { readonly type: 'nothing' }
  | { readonly type: 'linked' | 'snapshot' | 'seen'; readonly directory: string }

export type IsUnchanged = (entry: FoundEntry) => boolean

/** Asked about files in the order of a walk, each once. */
export function unchangedBy(known: Known): IsUnchanged {
  if (known.type === 'nothing') return () => false
  if (known.type === 'seen') return bySeen(`${known.directory}/SEEN`)
  const root = toBytePath(`${known.directory}/data`)
  if (known.type === 'linked') return (entry) => isSameFile(root, entry)
  return (entry) => {
    const before = lookAt(root, entry.path)
    return before !== null && isAsBefore(before, entry)
  }
}

/** A generation shares a file with another one when the same path leads to the same inode. */
export function isSameFile(otherRoot: BytePath, entry: FoundEntry): boolean {
  return entry.linkCount > 1 && lookAt(otherRoot, entry.path)?.inode === entry.inode
}

function lookAt(root: BytePath, path: BytePath): FoundEntry | null {
  try {
    return readEntry(root, path)
  } catch {
    // A folder closed to us, or a path that is too long there: then nothing is known about it.
    return null
  }
}

type Seen = Pick<FoundEntry, 'inode' | 'ctime' | 'sizeBytes' | 'mtime'>

function isAsBefore(before: Seen, entry: FoundEntry): boolean {
  return (
    before.inode === entry.inode &&
    before.ctime === entry.ctime &&
    before.sizeBytes === entry.sizeBytes &&
    before.mtime === entry.mtime
  )
}

export function formatSeen(entry: FoundEntry): string {
  return [entry.inode, entry.ctime, entry.sizeBytes, entry.mtime, escapeName(entry.path)].join('\t')
}

const SEEN_LINE = /^(\d+)\t(-?\d+)\t(\d+)\t(-?\d+\.\d{9})\t(.+)$/

function parseSeen(line: string): (Seen & { path: BytePath }) | null {
  const match = SEEN_LINE.exec(line)
  if (!match) return null
  const [, inode = '', ctime = '', size, mtime = '', path = ''] = match
  return {
    inode: BigInt(inode),
    ctime: BigInt(ctime),
    sizeBytes: Number(size),
    mtime,
    path: unescapeName(path),
  }
}

function bySeen(path: string): IsUnchanged {
  let lines: Iterator<string>
  let current: (Seen & { path: BytePath }) | null = null
  const advance = (): void => {
    for (;;) {
      const next = lines.next()
      current = next.done ? null : parseSeen(next.value)
      if (next.done || current) return
    }
  }
  try {
    lines = readLines(path)
    advance()
  } catch {
    return () => false
  }
  return (entry) => {
    while (current !== null && compareBytePaths(current.path, entry.path) < 0) advance()
    return current?.path === entry.path && isAsBefore(current, entry)
  }
}
