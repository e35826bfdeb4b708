import fs from 'node:fs'
import path from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { exec } from './exec.ts'

const HELD = 75

export interface LockOptions {
  mode?: 'shared' | 'exclusive'
  /** How long to wait for others, in milliseconds; not at all without it. */
  waitMs?: number
}

/**
 * Takes flock(2) on an open file; false when another one holds it. Node has no flock: the program `flock` locks the open
 * file description that it inherits from us. The lock outlives that program and lasts until the last process that has
 * the descriptor closes it or dies.
 */
export async function tryLock(
  fd: number,
  { mode = 'exclusive', waitMs = 0 }: LockOptions = {},
): Promise<boolean> {
  const patience = waitMs > 0 ? ['-w', String(waitMs / 1000)] : ['-n']
  const args = [mode === 'shared' ? '-s' : '-x', ...patience, '-E', String(HELD), '3']
  const { exitCode, stderr } = await exec('flock', args, { inherit: [fd], okCodes: 'all' })
  if (exitCode === 0) return true
  if (exitCode === HELD) return false
  throw new HoldfastError('command-failed', 'flock could not lock the file', {
    details: { program: 'flock', exitCode, output: [...stderr] },
  })
}

/** A flock(2) on a file. The kernel drops it when the last process that has `fd` ends, kill -9 included. */
export interface FileLock {
  /** May be handed to a child as an extra stdio entry: parent and child then hold one and the same lock. */
  readonly fd: number
  /** Gives up this process's share; harmless when called again. */
  release(): void
}

/** Opens and locks a file, waiting up to `waitMs`; undefined when somebody else still holds it then. */
export async function lockFile(
  file: string,
  mode: 'shared' | 'exclusive',
  waitMs: number,
): Promise<FileLock | undefined> {
  const fd = openLockFile(file)
  let open = true
  const release = () => {
    if (open) fs.closeSync(fd)
    open = false
  }
  try {
    if (await tryLock(fd, { mode, waitMs })) return { fd, release }
    release()
    return undefined
  } catch (error) {
    release()
    throw error
  }
}

/** Read-write, because a NFS server wants that for exclusive locks; never through a link somebody planted. */
function openLockFile(file: string): number {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = fs.constants
  const fd = fs.openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600)
  if (process.getuid?.() === 0) {
    const owner = fs.statSync(path.dirname(file))
    fs.fchownSync(fd, owner.uid, owner.gid)
  }
  return fd
}
