import { lstatSync } from 'node:fs'
import { type BytePath, compareBytePaths, toBytePath } from '../../../clients/disks/byte-path.ts'
import { type FoundEntry, readEntry } from './entry.ts'
import { escapeName, unescapeName } from './listing/formats.ts'
import { readLines } from './listing/lines.ts'

/**
 * What tells of a file that it is as it was when it was last listed: `linked` is hard-linked to that of another generation,
 * `snapshot` has the inode, size and times that it has in another snapshot, `seen` those that a mirror noted down. The time
 * of the last change (ctime) is the one that counts: the kernel sets it whenever content, size, owner, mode or attributes
 * are touched, and nobody can set it back. `directory` is where `data`, or SEEN, lies.
 */
export type Known =
  | { readonly type: 'nothing' }
  | { readonly type: 'linked' | 'snapshot'; readonly directory: string }
  | { readonly type: 'seen'; readonly directory: string }

/** Asked about files in the order of a walk. */
export interface Unchanged extends Disposable {
  has(entry: FoundEntry): boolean
}

export function unchangedBy(known: Known): Unchanged {
  if (known.type === 'seen') return new SeenFiles(`${known.directory}/SEEN`)
  return { has: hasOf(known), [Symbol.dispose]() {} }
}

function hasOf(known: Exclude<Known, { type: 'seen' }>): Unchanged['has'] {
  if (known.type === 'nothing') return () => false
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

/** Walks along SEEN beside a walk of the tree. A mirror that has none yet has seen nothing. */
class SeenFiles implements Unchanged {
  readonly #lines: Iterator<string>
  #current: (Seen & { path: BytePath }) | null = null

  constructor(path: string) {
    this.#lines = lstatSync(path, { throwIfNoEntry: false })?.isFile()
      ? readLines(path)
      : [][Symbol.iterator]()
    this.#advance()
  }

  has(entry: FoundEntry): boolean {
    while (this.#current !== null && compareBytePaths(this.#current.path, entry.path) < 0) this.#advance()
    return this.#current?.path === entry.path && isAsBefore(this.#current, entry)
  }

  [Symbol.dispose](): void {
    this.#lines.return?.()
  }

  #advance(): void {
    for (;;) {
      const next = this.#lines.next()
      this.#current = next.done ? null : parseSeen(next.value)
      if (next.done || this.#current) return
    }
  }
}
