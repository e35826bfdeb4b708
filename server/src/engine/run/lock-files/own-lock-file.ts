import { constants } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { HoldfastError, idOf, instant } from '@holdfast/contract'
import { z } from 'zod'
import type { ResourceKind, RunLog } from '../../../drivers/driver.ts'
import { ownText, parseOwn, readLockFile } from './own-content.ts'

const ownLockData = z.object({
  path: z.string(),
  jobId: idOf('job'),
  runId: idOf('run'),
  host: z.string(),
  takenAt: instant,
  mark: z.string().min(1),
  /** Text of the file that may be replaced, as it was when it was judged; null when none was there. */
  replaces: z.string().nullable(),
})
export type OwnLockData = z.infer<typeof ownLockData>

const BEAT_MS = 30_000

/** The own lock file while its run works. Its time of change is refreshed: others see it over SMB, where no flock is seen. */
export class OwnLockFile {
  /** What to do when the file is found to be gone, or another's, at its release. */
  onGone: () => void = () => {}
  readonly #data: OwnLockData
  readonly #log: RunLog
  readonly #timer: NodeJS.Timeout
  #isTroubled = false

  constructor(data: OwnLockData, log: RunLog) {
    this.#data = data
    this.#log = log
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS)
    this.#timer.unref()
  }

  get path(): string {
    return this.#data.path
  }

  /** Whether the file still bears what this run wrote. */
  async isOurs(): Promise<boolean> {
    return await isOurs(this.#data)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Never makes the file anew: whoever removed it let the other program go ahead. */
  async #beat(): Promise<void> {
    const { path } = this.#data
    try {
      if (!(await this.isOurs())) {
        this.stop()
        this.#log.warn('the own lock file is gone: somebody else removed or replaced it', { path })
        return
      }
      await using handle = await open(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK)
      const now = new Date()
      await handle.utimes(now, now)
      this.#isTroubled = false
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (!this.#isTroubled)
        this.#log.warn('the own lock file could not be refreshed', { path, errno: code ?? null })
      this.#isTroubled = true
    }
  }
}

async function isOurs({ path, mark }: OwnLockData): Promise<boolean> {
  const found = await readLockFile(path)
  return found?.text != null && parseOwn(found.text)?.mark === mark
}

async function make(data: OwnLockData): Promise<void> {
  const { path, replaces, mark, jobId, runId, host, takenAt } = data
  if (replaces !== null && (await readLockFile(path))?.text === replaces) await unlinkIfThere(path)
  // Fails when it is there, on shares too.
  const handle = await open(path, 'wx', 0o644)
  try {
    await handle.writeFile(ownText({ jobId, runId, host, takenAt, mark }))
    await handle.close()
  } catch (error) {
    await handle.close().catch(() => {})
    await unlinkIfThere(path)
    throw error
  }
}

/** Whether there was something to remove. */
async function unlinkIfThere(path: string): Promise<boolean> {
  try {
    await unlink(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** Throws `lock-held` when somebody else was quicker, `lock-file-refused` when it cannot be made. */
async function take(data: OwnLockData, log: RunLog): Promise<OwnLockFile> {
  const { path } = data
  try {
    await make(data)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new HoldfastError('lock-held', `another run has just made the lock file ${path}`)
    const details = { path, errno: code ?? null }
    throw new HoldfastError('lock-file-refused', `the lock file ${path} cannot be made (${code})`, {
      details,
      cause,
    })
  }
  return new OwnLockFile(data, log)
}

/**
 * The own lock file of a run: there while it works, whatever way it ends. Only a file that bears the mark of this very
 * taking is ever removed, so that a release that comes late takes nothing from under a later run.
 */
export const ownLockFile: ResourceKind<OwnLockData, OwnLockFile> = {
  kind: 'own-lock-file',
  // Another machine need not see the share, or not at this path.
  scope: 'host',
  data: ownLockData,
  acquire: (data, { log }) => take(data, log),
  async release(data, { log, handle }) {
    handle?.stop()
    if ((await isOurs(data)) && (await unlinkIfThere(data.path))) return
    // Without a handle it may never have been made, or have been released before.
    if (!handle) return
    log.warn('the own lock file was not there any more', { path: data.path })
    handle.onGone()
  },
}
