import { join } from 'node:path'
import { exec, throwIfCanceled } from '../../../kit/exec.ts'
import type { JobLock } from '../../../point-directories/lock.ts'
import { PARTIAL } from '../../../point-directories/names.ts'
import type { RunContext } from '../../driver.ts'
import type { DiskCopyConfig } from '../config.ts'
import { REPLACED } from '../on-vault/names.ts'
import type { BuildResult } from '../proof/build.ts'
import { type CarryRequest, carryListings } from '../proof/carry.ts'
import { type Basis, referenceOf } from './basis.ts'
import { discard, prepareCopy } from './prepare.ts'

/**
 * Repeats the restore point that a copy builds on, for a source in which nothing has changed: rsync has nothing to do, and
 * what is listed is known. After `prepareCopy`. Null when it cannot be done: then everything is as `prepareCopy` left it.
 */
export async function carryOver(
  cx: RunContext<DiskCopyConfig>,
  basis: Basis,
  jobDirectory: string,
  lock: JobLock,
): Promise<BuildResult | null> {
  const reference = referenceOf(basis)
  const { treeSha256 = '', sumsSha256 = null, attributes = null } = reference?.details ?? {}
  if (!reference || attributes === null) return null
  const { manifest, details } = reference
  const partial = join(jobDirectory, PARTIAL)
  const from = basis.kind === 'mirror' ? join(partial, REPLACED) : reference.directory
  const request = { from, directory: partial, treeSha256, sumsSha256, attributes }
  const isLinked = basis.start === 'links'
  const isDone =
    (!isLinked || (await link(cx, join(reference.directory, 'data'), join(partial, 'data'), lock))) &&
    (await carry(cx, { ...request, withSeen: basis.kind === 'mirror', signal: cx.signal }))
  if (isDone) {
    const { itemCount, sizeBytes } = manifest
    const { fileCount, directoryCount = 0 } = details
    const counts = { itemCount, fileCount, sizeBytes, directoryCount }
    return { ...counts, treeSha256, sumsSha256, attributes, addedBytes: 0, gaps: [], gapCount: 0 }
  }
  if (isLinked) {
    // rsync would change owners and modes of files that are linked already, in the restore point before as well.
    await discard(cx, jobDirectory)
    await prepareCopy(cx, basis, jobDirectory)
  }
  return null
}

/** The whole tree, its files as hard links: a tenth of what rsync takes for it. */
async function link(cx: RunContext, from: string, to: string, lock: JobLock): Promise<boolean> {
  const args = ['-al', '--no-target-directory', '--', from, to]
  const options = { signal: cx.signal, dieWithParent: true, inherit: [lock.fd], okCodes: 'all' } as const
  const { exitCode, stderr } = await exec('cp', args, options)
  if (exitCode !== 0) cx.log.info('not every file could be linked at once', { exitCode, output: [...stderr] })
  return exitCode === 0
}

async function carry(cx: RunContext, request: CarryRequest): Promise<boolean> {
  try {
    if (await carryListings(request)) return true
    cx.log.info('the listings of the last restore point cannot be taken over')
  } catch (error) {
    throwIfCanceled(cx.signal)
    // Whatever it is: the copy that is made instead meets it as well, and knows what it means.
    const reason = error instanceof Error ? error.message : String(error)
    cx.log.warn('the listings of the last restore point could not be taken over', { reason })
  }
  return false
}
