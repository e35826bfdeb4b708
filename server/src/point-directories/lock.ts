import { constants } from 'node:fs'
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HoldfastError, idOf, instant } from '@holdfast/contract'
import { z } from 'zod'
import { readJson } from '../clients/disks/durable-file.ts'
import type { ResourceKind, RunLog } from '../drivers/driver.ts'
import { tryLock } from '../kit/flock.ts'
import { makeOwnDirectory } from './own-directory.ts'

const lockData = z.object({ path: z.string(), jobId: idOf('job'), runId: idOf('run'), takenAt: instant })
export type LockData = z.infer<typeof lockData>

/** The lock as its holder sees it: programs that inherit `fd` keep it held as long as they live. */
export class JobLock {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  get fd(): number {
    return this.#handle.fd
  }

  /** What the kernel does when the process dies: the descriptor goes, the file stays. */
  async abandon(): Promise<void> {
    await this.#handle.close()
  }
}

async function holderOf(path: string): Promise<LockData | null> {
  const json = await readJson(path).catch(() => null)
  return lockData.safeParse(json).data ?? null
}

async function isStillThere(handle: FileHandle, path: string): Promise<boolean> {
  const [held, there] = await Promise.all([handle.stat(), lstat(path).catch(() => null)])
  return there !== null && there.ino === held.ino && there.dev === held.dev
}

const TO_WRITE = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT

/**
 * Opens what bears the name of a lock file. It is emptied and written to: through a link, or under a second name, that would
 * be a file of somebody else. Throws `vault-foreign` for everything but a plain file of one name.
 */
async function openPlain(path: string, flags: number): Promise<FileHandle> {
  let handle: FileHandle
  try {
    handle = await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o644)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'ELOOP' || code === 'ENXIO' || code === 'EISDIR' ? foreign(path) : error
  }
  try {
    const facts = await handle.stat()
    // It has no name any more when its last holder removed it just now.
    if (facts.isFile() && facts.nlink <= 1) return handle
    throw foreign(path)
  } catch (error) {
    // Left open it would end the process when it is swept up, at a moment that nobody can foresee.
    await handle.close()
    throw error
  }
}

function foreign(path: string): HoldfastError {
  return new HoldfastError('vault-foreign', `${path} on the vault is no lock file of Holdfast`, {
    hint: 'Find out who put it there, then move it away.',
    details: { path },
  })
}

/** Opens and locks the file that bears the name at the end: its last holder may remove it while we wait in line. */
async function openLocked(path: string): Promise<FileHandle> {
  for (;;) {
    const handle = await openPlain(path, TO_WRITE)
    try {
      if (!(await tryLock(handle.fd))) {
        const holder = await holderOf(path)
        throw new HoldfastError('lock-held', 'another run of this job is writing to the vault', {
          details: { path, heldBy: holder?.runId ?? null, since: holder?.takenAt ?? null },
        })
      }
      if (await isStillThere(handle, path)) return handle
      await handle.close()
    } catch (error) {
      await handle.close()
      throw error
    }
  }
}

async function take(data: LockData, log: RunLog): Promise<JobLock> {
  // Names and hashes of everything protected lie in there: not for every user of the machine.
  await makeOwnDirectory(dirname(data.path), 0o700)
  const handle = await openLocked(data.path)
  try {
    if ((await handle.stat()).size > 0) {
      const holder = await holderOf(data.path)
      log.warn('a lock file was left behind by a run that died, taken over', {
        leftBy: holder?.runId ?? null,
      })
    }
    await write(handle, data, log)
    return new JobLock(handle)
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** On a full disk there may be no room for a line of text: the lock holds without it, and what makes room needs the lock. */
async function write(handle: FileHandle, data: LockData, log: RunLog): Promise<void> {
  try {
    await handle.truncate(0)
    await handle.appendFile(`${JSON.stringify(data)}\n`)
    await handle.sync()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error
    log.warn('the disk is full: the lock file does not say who holds it', { path: data.path })
  }
}

/** Removes the file if it bears our run id and nobody else has it locked: a dying rsync may hold it a little longer. */
async function removeOurs(data: LockData, log: RunLog): Promise<void> {
  const holder = await holderOf(data.path)
  if (holder?.runId !== data.runId) return
  const handle = await openPlain(data.path, constants.O_RDONLY).catch(() => null)
  if (!handle) return
  try {
    if (await tryLock(handle.fd)) await unlink(data.path)
    else log.warn('the lock file is still in use and stays', { path: data.path })
  } finally {
    await handle.close()
  }
}

/**
 * One writer for each job on a vault, whatever machine or process it runs on: a JSON file that people can read, and
 * flock(2) on it, which is the truth. A file that nobody has locked was left by a crash. `kind` names it in the undo
 * journal, for each kind of job another one.
 */
export function jobLockOf(kind: string): ResourceKind<LockData, JobLock> {
  return {
    kind,
    scope: 'host',
    data: lockData,
    acquire: (data, { log }) => take(data, log),
    release: (data, { log, handle }) => (handle ? giveBack(data, log, handle) : removeOurs(data, log)),
  }
}

async function giveBack(data: LockData, log: RunLog, handle: JobLock): Promise<void> {
  try {
    const holder = await holderOf(data.path)
    // One without a holder is ours as well: we have it locked.
    if (holder === null || holder.runId === data.runId) await unlink(data.path)
  } catch (error) {
    // On a disk that failed the file stays. It holds nobody up: the flock is gone with the descriptor.
    const { code } = error as NodeJS.ErrnoException
    log.warn('the lock file could not be removed', { path: data.path, errno: code ?? null })
  } finally {
    await handle.abandon()
  }
}
