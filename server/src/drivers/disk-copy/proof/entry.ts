import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
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
  readonly inode: number
  readonly ctime: bigint
  readonly linkCount: number
}

/** The file type bits of st_mode, see inode(7). */
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
  const mode = Number(stat.mode)
  const type = TYPES.get(mode & 0o170000) ?? 'f'
  return {
    path,
    type,
    mode: mode & 0o7777,
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    sizeBytes: type === 'f' ? Number(stat.size) : null,
    device: type === 'b' || type === 'c' ? deviceNumbers(Number(stat.rdev)) : null,
    mtime: decimalSeconds(stat.mtimeNs),
    target: type === 'l' ? readlinkSync(full, { encoding: 'latin1' }) : null,
    inode: Number(stat.ino),
    ctime: stat.ctimeNs,
    linkCount: Number(stat.nlink),
  }
}

/** Every entry of a tree: a directory before what is in it, names ordered by their bytes. */
export function* walk(root: BytePath, path: BytePath = '.'): Generator<FoundEntry> {
  const entry = readEntry(root, path)
  if (!entry) return
  yield entry
  if (entry.type !== 'd') return
  const directory = fsPath(path === '.' ? root : `${root}/${path}`)
  const names = readdirSync(directory, { encoding: 'latin1' }).sort()
  for (const name of names) yield* walk(root, path === '.' ? name : `${path}/${name}`)
}
