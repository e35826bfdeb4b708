import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from '../../../clients/disks/durable-file.ts'
import { PARTIAL, REMOVING_PREFIX } from '../../../point-directories/names.ts'
import { hasOwnDirectory, namesIn } from '../../../point-directories/own-directory.ts'
import { DISTRUSTED, REPLACED } from './names.ts'

/** Whether an earlier attempt left a copy that is not finished. Throws `vault-foreign` for what only bears its name. */
export async function hasPartial(jobDirectory: string): Promise<boolean> {
  if (!(await hasOwnDirectory(jobDirectory))) return false
  const partial = join(jobDirectory, PARTIAL)
  if (!(await hasOwnDirectory(partial))) return false
  await hasOwnDirectory(join(partial, REPLACED))
  return await hasOwnDirectory(join(partial, 'data'))
}

/**
 * After a write-back error the page cache may show content that the disk never got: no later look can tell. Nothing of
 * such a copy is ever used again. Done as well as the failing disk lets us.
 */
export async function discardPartial(jobDirectory: string, runId: string): Promise<void> {
  try {
    await rename(join(jobDirectory, PARTIAL), join(jobDirectory, `${REMOVING_PREFIX}${runId}`))
    await syncDirectory(jobDirectory)
  } catch {
    // A disk that takes no rename is read-only by now and must be mounted anew, which empties the page cache: what is
    // left is then compared with the source like every unfinished copy.
  }
}

/**
 * Does for a mirror what {@link discardPartial} does for others. An unfinished mirror is the only copy there is: it stays, and
 * the run that continues it believes only what was not touched since the restore point that it was.
 */
export async function distrustPartial(jobDirectory: string): Promise<void> {
  try {
    await writeFile(join(jobDirectory, PARTIAL, DISTRUSTED), '')
  } catch {
    // As above: such a disk must be mounted anew.
  }
}

export async function isDistrusted(partial: string): Promise<boolean> {
  return (await namesIn(partial)).includes(DISTRUSTED)
}

/** For a copy from which everything is gone that was not to be believed. */
export async function trustAgain(partial: string): Promise<void> {
  await rm(join(partial, DISTRUSTED), { force: true })
}
