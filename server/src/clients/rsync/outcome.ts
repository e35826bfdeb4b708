import { HoldfastError } from '@holdfast/contract'
import type { ExecResult } from '../../kit/exec.ts'
import type { Complaints } from './complaints.ts'

/** How a copy ended that is worth keeping: whole, or with files left out that the source did not give. */
export interface RsyncOutcome {
  readonly complete: boolean
  /** Files that could not be read or written, the first hundred, with the count of all. */
  readonly leftOut: readonly string[]
  readonly leftOutCount: number
  /** Folders among them, left out with everything below: the first hundred, with the count of all. */
  readonly leftOutFolders: readonly string[]
  readonly leftOutFolderCount: number
  readonly vanishedCount: number
}

const ENOENT = 2
const EIO = 5
const ENXIO = 6
const ENODEV = 19
const ENOSPC = 28
const EROFS = 30
const ENOTCONN = 107
const ESTALE = 116
const EUCLEAN = 117
const EDQUOT = 122

/** What a disk says that fails, was pulled out, or made itself read-only. */
const DISK_ERRORS = [EIO, ENXIO, ENODEV, EROFS, EUCLEAN]
/** What a source says that is not mounted, or whose server has gone. */
const GONE = [ENOENT, EIO, ENODEV, ENOTCONN, ESTALE]

function failure(result: ExecResult, complaints: Complaints): HoldfastError | null {
  const details = {
    program: 'rsync',
    exitCode: result.exitCode,
    signal: result.killedBy,
    output: [...result.stderr],
  }
  const target = complaints.errnosOfTarget
  if (target.has(ENOSPC) || target.has(EDQUOT)) {
    return new HoldfastError('vault-full', 'the target ran out of space during the copy', { details })
  }
  if (DISK_ERRORS.some((errno) => target.has(errno))) {
    return new HoldfastError('write-failed', 'the disk refused data during the copy', { details })
  }
  if (result.exitCode === 23 && sourceMissing(result)) {
    return new HoldfastError('source-gone', 'the source disappeared before it was read', { details })
  }
  switch (result.exitCode) {
    case 0:
    case 23:
    case 24:
      return null
    case 25:
      return new HoldfastError('command-failed', 'more was deleted in the source than the plan said', {
        hint: 'Everything is copied, but what is gone from the source is not all gone from the copy. Start the job again: it plans anew, and asks when too much is gone.',
        details,
      })
    case 30:
    case 35:
      return new HoldfastError('no-progress', 'the copy stopped moving', { details })
    default:
      return new HoldfastError('command-failed', describe(result), { details })
  }
}

function describe(result: ExecResult): string {
  const how = result.killedBy ? `was ended by ${result.killedBy}` : `ended with code ${result.exitCode}`
  return `rsync ${how} before the copy was complete`
}

function sourceMissing(result: ExecResult): boolean {
  return result.stderr.some((line) => {
    const errno = /\[sender\] change_dir .*\((\d+)\)\s*$/.exec(line)?.[1]
    return errno !== undefined && GONE.includes(Number(errno))
  })
}

function copyOf(path: string, ends: { readonly source: string; readonly target: string }): string {
  return path.startsWith(`${ends.source}/`) ? `${ends.target}${path.slice(ends.source.length)}` : path
}

/**
 * Judges a finished rsync by its exit code and by the error numbers in what it said: the same full disk ends with
 * code 10, 11 or 23. Throws what makes the copy worthless; files left out are part of the outcome.
 * A caller's cancel has been thrown by exec before; code 20 here means that somebody else stopped rsync.
 */
export function judge(
  result: ExecResult,
  complaints: Complaints,
  ends: { readonly source: string; readonly target: string } | null = null,
): RsyncOutcome {
  const error = failure(result, complaints)
  if (error) throw error
  // The copy of a folder that nobody may read cannot be read either: that is one loss, not two.
  const told = new Set(ends === null ? [] : complaints.unreadableFolders.map((path) => copyOf(path, ends)))
  const others = complaints.others
    .filter((complaint) => complaint.path === null || !told.has(complaint.path))
    .map((complaint) => complaint.text)
  const leftOut = [...complaints.unreadable, ...(result.exitCode === 23 ? others : [])]
  return {
    complete: result.exitCode !== 23 && complaints.unreadableCount === 0,
    leftOut: leftOut.slice(0, 100),
    leftOutCount: complaints.unreadableCount + (result.exitCode === 23 ? others.length : 0),
    leftOutFolders: [...complaints.unreadableFolders],
    leftOutFolderCount: complaints.unreadableFolderCount,
    vanishedCount: complaints.vanishedCount,
  }
}
