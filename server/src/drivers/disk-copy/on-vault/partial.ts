import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirectory } from '../../../clients/disks/durable-file.ts'
import { PARTIAL, REMOVING_PREFIX } from './names.ts'
import { hasOwnDirectory } from './own-directory.ts'

/** Whether an earlier attempt left a copy that is not finished. Throws `vault-foreign` for what only bears its name. */
export async function hasPartial(jobDirectory: string): Promise<boolean> {
  if (!(await hasOwnDirectory(jobDirectory))) return false
  const partial = join(jobDirectory, PARTIAL)
  if (!(await hasOwnDirectory(partial))) return false
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
