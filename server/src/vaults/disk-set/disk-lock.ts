import { constants } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { type ErrorCode, HoldfastError } from '@holdfast/contract'
import { tryLock } from '../../kit/flock.ts'

export const LOCK_FILE = 'holdfast-disk.lock'

export interface LockText {
  readonly runId: string | null
  readonly host: string
  readonly takenAt: string
}

/**
 * The lock file of a disk: a text that people can read, and flock(2) on it, which is the truth. A file that nobody has
 * locked was left by a run that was cut off: the disk may hold an unfinished copy.
 */
export class DiskLock {
  readonly #handle: FileHandle
  readonly #path: string
  /** What an earlier run left there; null for a clean start. */
  readonly leftBehind: string | null

  private constructor(handle: FileHandle, path: string, leftBehind: string | null) {
    this.#handle = handle
    this.#path = path
    this.leftBehind = leftBehind
  }

  /** Throws `lock-held` while another process works on the disk, and `permission-denied` or `write-failed`. */
  static async take(path: string, text: LockText): Promise<DiskLock> {
    const { handle, existed } = await openLockFile(path)
    try {
      if (!(await tryLock(handle.fd))) {
        throw new HoldfastError('lock-held', 'another process is writing to this disk', {
          hint: 'Wait for its end. It is not a run of this Holdfast, or its run would have been waited for.',
          details: { path, heldBy: await textOf(handle) },
        })
      }
      const before = await textOf(handle)
      await handle.truncate(0)
      await handle.appendFile(`${JSON.stringify(text)}\n`)
      await handle.sync()
      return new DiskLock(handle, path, existed ? before : null)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Removes the file and lets go; false when it was gone already. */
  async drop(): Promise<boolean> {
    try {
      await unlink(this.#path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
      throw error
    } finally {
      await this.#handle.close()
    }
  }

  /** Lets go without removing the file, for a disk that is gone. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {})
  }
}

/** Anybody may have put the file on the disk: as much of it as one of ours may have. */
const LONGEST_TEXT = 4096

async function textOf(handle: FileHandle): Promise<string> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(LONGEST_TEXT), 0, LONGEST_TEXT, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

async function openLockFile(path: string): Promise<{ handle: FileHandle; existed: boolean }> {
  const { O_RDWR, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants
  const flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK
  try {
    const made = await open(path, flags | O_CREAT | O_EXCL, 0o644).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null
      throw error
    })
    const handle = made ?? (await open(path, flags))
    await requirePlainFile(handle, path)
    return { handle, existed: made === null }
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ELOOP' || code === 'ENXIO') throw notOurs(path)
    throw new HoldfastError(
      LOCK_ERRORS[code ?? ''] ?? 'permission-denied',
      `the lock file of the disk cannot be made (${code})`,
      { details: { path, errno: code ?? null }, cause },
    )
  }
}

async function requirePlainFile(handle: FileHandle, path: string): Promise<void> {
  try {
    const facts = await handle.stat()
    if (facts.isFile() && facts.nlink === 1) return
    throw notOurs(path)
  } catch (error) {
    // Left open it would end the process when it is swept up, at a moment that nobody can foresee.
    await handle.close()
    throw error
  }
}

function notOurs(path: string): HoldfastError {
  return new HoldfastError('vault-foreign', `${LOCK_FILE} on the disk is no plain file`, {
    hint: 'Find out who put it there, then remove it from the disk.',
    details: { path },
  })
}

const LOCK_ERRORS: Readonly<Record<string, ErrorCode>> = {
  EROFS: 'disk-read-only',
  EIO: 'write-failed',
  ENOSPC: 'vault-full',
}
