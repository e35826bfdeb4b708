import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { type BytePath, fsPath } from '../../../clients/disks/byte-path.ts'

/** `f` file, `d` directory, `l` symlink, `p` fifo, `s` socket, `b` and `c` devices. */
export type EntryType = 'f' | 'd' | 'l' | 'p' | 's' | 'b' | 'c'

/** What a directory entry is, apart from its content. */
export interface Entry {
  /** Relative to the root of the tree; the root itself is `.`. */
  readonly path: BytePath
  readonly type: EntryType
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Apparent size of a file, else null. */
  readonly sizeBytes: number | null
  /** `major:minor` of a device, else null. */
  readonly device: string | null
  /** Seconds since 1970 with nine decimals: nanoseconds do not fit into a number. */
  readonly mtime: string
  readonly target: BytePath | null
}

/** An entry as it lies on the disk now. */
export interface FoundEntry extends Entry {
  /** 64 bits: more than a number holds. */
  readonly inode: bigint
  readonly ctime: bigint
  readonly linkCount: number
}

/** The file type bits of st_mode, see inode(7). */
const TYPE_BITS = 0o170000

const TYPES: ReadonlyMap<number, EntryType> = new Map([
  [0o100000, 'f'],
  [0o040000, 'd'],
  [0o120000, 'l'],
  [0o010000, 'p'],
  [0o140000, 's'],
  [0o060000, 'b'],
  [0o020000, 'c'],
])

const BILLION = 1_000_000_000n

function decimalSeconds(nanoseconds: bigint): string {
  const seconds = nanoseconds / BILLION
  const rest = nanoseconds % BILLION
  // Before 1970 the remainder is negative; the text then counts from the second below.
  return rest < 0n
    ? `${seconds - 1n}.${String(rest + BILLION).padStart(9, '0')}`
    : `${seconds}.${String(rest).padStart(9, '0')}`
}

/** Linux' makedev(3), undone. */
function deviceNumbers(rdev: number): string {
  const major = (rdev >>> 8) & 0xfff
  const minor = (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)
  return `${major}:${minor}`
}

/** Null when there is nothing of that name. Never follows a symlink. */
export function readEntry(root: BytePath, path: BytePath): FoundEntry | null {
  const full = fsPath(path === '.' ? root : `${root}/${path}`)
  const stat = lstatSync(full, { bigint: true, throwIfNoEntry: false })
  if (!stat) return null
  const isLink = (Number(stat.mode) & TYPE_BITS) === 0o120000
  return entryOf(path, stat, isLink ? readlinkSync(full, { encoding: 'latin1' }) : null)
}

/** `target` is that of a symlink. */
export function entryOf(path: BytePath, stat: BigIntStats, target: BytePath | null): FoundEntry {
  const mode = Number(stat.mode)
  const type = TYPES.get(mode & TYPE_BITS) ?? 'f'
  return {
    path,
    type,
    mode: mode & 0o7777,
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    sizeBytes: type === 'f' ? Number(stat.size) : null,
    device: type === 'b' || type === 'c' ? deviceNumbers(Number(stat.rdev)) : null,
    mtime: decimalSeconds(stat.mtimeNs),
    target,
    inode: stat.ino,
    ctime: stat.ctimeNs,
    linkCount: Number(stat.nlink),
  }
}

/**
 * Longest path that a listing takes, in bytes. Linux opens nothing by a path above 4095 bytes, and the place of the
 * vault comes before it: what is longer could be listed under one name and not be found under the next.
 */
const MAX_PATH_BYTES = 3800

/** Why an entry, or what is below a folder, is not part of the walk. */
export type WalkGap = 'too-long' | 'unreadable'

/**
 * Every entry of a tree: a directory before what is in it, names ordered by their bytes. What the operating system does
 * not let this process see is told to `onGap` and left out: a folder that may not be read counts itself, without its
 * content. A disk that fails throws.
 */
export function* walk(
  root: BytePath,
  onGap: (path: BytePath, why: WalkGap) => void = () => {},
  path: BytePath = '.',
): Generator<FoundEntry> {
  const entry = unlessClosed(path, onGap, () => readEntry(root, path))
  if (!entry) return
  yield entry
  if (entry.type !== 'd') return
  const directory = fsPath(path === '.' ? root : `${root}/${path}`)
  const names = unlessClosed(path, onGap, () => readdirSync(directory, { encoding: 'latin1' }).sort())
  for (const name of names ?? []) yield* walk(root, onGap, path === '.' ? name : `${path}/${name}`)
}

/** Groups what comes one by one, in the same order. */
export function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function unlessClosed<T>(
  path: BytePath,
  onGap: (path: BytePath, why: WalkGap) => void,
  look: () => T,
): T | null {
  try {
    if (path.length <= MAX_PATH_BYTES) return look()
    onGap(path, 'too-long')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // The root itself must be readable: without it there is nothing to speak of.
    if (path === '.' || (code !== 'EACCES' && code !== 'ENAMETOOLONG')) throw error
    onGap(path, code === 'EACCES' ? 'unreadable' : 'too-long')
  }
  return null
}
