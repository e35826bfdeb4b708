import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  createSubvolume,
  isReadOnly,
  isSubvolume,
  setReadOnly,
  snapshot,
} from '../../../clients/block-devices/btrfs.ts'
import { syncDirectory, TEMPORARY_SUFFIX } from '../../../clients/disks/durable-file.ts'
import { exec } from '../../../kit/exec.ts'
import { MANIFEST_FILE, PARTIAL, REMOVING_PREFIX } from '../../../point-directories/names.ts'
import { namesIn } from '../../../point-directories/own-directory.ts'
import { deleteTree } from '../../../point-directories/removal.ts'
import type { RunContext } from '../../driver.ts'
import { LISTING_FILES, REPLACED } from '../on-vault/names.ts'
import type { Basis } from './basis.ts'

/**
 * Makes the directory of the unfinished copy what rsync is to work on. Killed anywhere, it is done again by the next run,
 * which finds on the vault how far this one came.
 */
export async function prepareCopy(cx: RunContext, basis: Basis, jobDirectory: string): Promise<void> {
  const partial = join(jobDirectory, PARTIAL)
  const data = join(partial, 'data')
  if (basis.discards) await discard(cx, jobDirectory)
  if (basis.start === 'take' && !basis.isContinued && basis.previous) {
    // From here on it is no restore point any more, whenever the power goes.
    await rename(join(jobDirectory, basename(basis.previous.directory)), partial)
    await syncDirectory(jobDirectory)
  }
  await mkdir(partial, { recursive: true })
  if (!basis.isContinued) await begin(cx, basis, data)
  if ((await isSubvolume(data)) && (await isReadOnly(data, cx))) await setReadOnly(data, false, cx)
  await putListingsAway(partial, basis)
}

/** Takes the unfinished copy away, and gives back the room it took. */
export async function discard(cx: RunContext, jobDirectory: string): Promise<void> {
  const aside = join(jobDirectory, `${REMOVING_PREFIX}${cx.runId}`)
  await rename(join(jobDirectory, PARTIAL), aside)
  await syncDirectory(jobDirectory)
  await deleteTree(aside, cx.signal)
}

async function begin(cx: RunContext, basis: Basis, data: string): Promise<void> {
  const { signal } = cx
  const previous = basis.previous && join(basis.previous.directory, 'data')
  if (basis.start === 'snapshot' && previous)
    return await snapshot(previous, data, { readOnly: false, signal })
  if (basis.start === 'take') return
  if (basis.kind === 'snapshots') await createSubvolume(data, { signal })
  if (basis.start !== 'clone' || !previous) return
  await mkdir(data, { recursive: true })
  // What it cannot clone is copied by rsync afterwards, which compares everything anyway.
  const args = ['-a', '--reflink=always', '--', `${previous}/.`, data]
  const { exitCode, stderr } = await exec('cp', args, { signal, dieWithParent: true, okCodes: 'all' })
  if (exitCode !== 0) cx.log.warn('not every file could be cloned', { exitCode, output: [...stderr] })
}

/**
 * Listings of an attempt that died before its commit are made anew, only the data is continued. A mirror keeps those of the
 * restore point that it was: they tell what has not changed since.
 */
async function putListingsAway(partial: string, basis: Basis): Promise<void> {
  const before = join(partial, REPLACED)
  const names = await namesIn(partial)
  if (basis.kind !== 'mirror') await rm(before, { recursive: true, force: true })
  else if (names.includes(MANIFEST_FILE) && !(await namesIn(before)).includes(MANIFEST_FILE)) {
    await mkdir(before, { recursive: true })
    // The manifest goes last: what it vouches for is there when it is.
    for (const name of LISTING_FILES.filter((listing) => names.includes(listing)))
      await rename(join(partial, name), join(before, name))
    await syncDirectory(before)
    return
  }
  for (const name of names) {
    if (LISTING_FILES.includes(name) || name.endsWith(TEMPORARY_SUFFIX)) await rm(join(partial, name))
  }
}
