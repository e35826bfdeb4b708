import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError, type RestorePoint, restorePointMarks } from '@holdfast/contract'
import { asDiskError, withDiskErrors } from '../../../clients/disks/disk-error.ts'
import { syncDirectory, writeDurably } from '../../../clients/disks/durable-file.ts'
import type { FoundPoint, PointKeeper, RunContext, RunLog, Vault, VerifyResult } from '../../driver.ts'
import { deleteTree } from '../on-vault/delete.ts'
import { type Generation, generationsOf, namesIn, readGeneration } from '../on-vault/generations.ts'
import { isJobId, parseLocation } from '../on-vault/layout.ts'
import { jobLock } from '../on-vault/lock.ts'
import { LOCK_FILE, MARKS_FILE, REMOVING_PREFIX } from '../on-vault/names.ts'
import { hasOwnDirectory } from '../on-vault/own-directory.ts'
import { Prover } from '../proof/prover.ts'
import { say } from '../texts/texts.ts'
import { listEntries } from './entries.ts'

function notOurs(point: RestorePoint, why: string): HoldfastError {
  return new HoldfastError('vault-foreign', `what lies at the place of the restore point is not it: ${why}`, {
    details: { restorePointId: point.id, location: point.location },
  })
}

function placeOf(point: RestorePoint): { jobId: string; stamp: string } {
  const place = parseLocation(point.location)
  if (!place) throw notOurs(point, 'the location is not one of this kind of job')
  if (place.jobId !== point.jobId) throw notOurs(point, 'the location belongs to another job')
  return place
}

/** The generation that a restore point of the catalog names. Throws `restore-point-damaged` when it is not there. */
export async function openGeneration(
  vaultPath: string,
  point: RestorePoint,
  log: RunLog,
): Promise<Generation> {
  placeOf(point)
  const generation = await readGeneration(vaultPath, point.location, log)
  if (!generation) {
    throw new HoldfastError(
      'restore-point-damaged',
      'the restore point is not on the vault or has no manifest',
      {
        details: { restorePointId: point.id, location: point.location },
      },
    )
  }
  if (generation.manifest.id !== point.id) throw notOurs(point, `it bears the id ${generation.manifest.id}`)
  return generation
}

/**
 * Whether a manifest on the vault names the listings that the catalog recorded. Whoever changes data, listings and manifest
 * together can make them agree with each other, but not with that.
 */
function isAsRecorded({ details }: Generation, point: RestorePoint): boolean {
  const { treeSha256, sumsSha256, attributes } = point.details
  return (
    details.treeSha256 === treeSha256 &&
    details.sumsSha256 === sumsSha256 &&
    details.attributes === (attributes ?? null)
  )
}

const OTHER_MANIFEST = 'the manifest is not the one that was recorded'

/** Like {@link openGeneration}, and throws the same when its manifest is not the one that the catalog recorded. */
export async function openRecorded(vaultPath: string, point: RestorePoint, log: RunLog): Promise<Generation> {
  const generation = await openGeneration(vaultPath, point, log)
  if (isAsRecorded(generation, point)) return generation
  throw new HoldfastError('restore-point-damaged', `${OTHER_MANIFEST}: its hashes are others`, {
    details: { restorePointId: point.id, location: point.location },
  })
}

async function* list(
  vault: Vault,
  cx: { signal: AbortSignal; log: RunLog; jobId?: string },
): AsyncIterable<FoundPoint> {
  const isWanted = (name: string) => isJobId(name) && (cx.jobId === undefined || name === cx.jobId)
  for (const jobId of (await namesIn(vault.path)).filter(isWanted).sort()) {
    for (const { manifest, marks, location } of await generationsOf(vault.path, jobId, cx.log)) {
      if (cx.signal.aborted) return
      if (manifest.vaultId === vault.id) yield { manifest, marks, location }
      else
        cx.log.warn('a restore point of another vault is left out', { location, vaultId: manifest.vaultId })
    }
  }
}

async function verify(
  cx: RunContext,
  vault: Vault,
  point: RestorePoint,
  how: { level: 'sample' | 'full'; samplePercent: number },
): Promise<VerifyResult> {
  placeOf(point)
  const generation = await readGeneration(vault.path, point.location, cx.log)
  if (!generation) {
    return {
      ok: false,
      checkedItems: 0,
      checkedBytes: 0,
      problems: ['the manifest is missing or not readable'],
    }
  }
  if (generation.manifest.id !== point.id) throw notOurs(point, `it bears the id ${generation.manifest.id}`)
  await using prover = new Prover(generation.directory, cx.signal)
  const result = await cx.step('compare-with-listings', () =>
    prover.compare(
      {
        directory: generation.directory,
        root: join(generation.directory, 'data'),
        treeSha256: generation.details.treeSha256,
        sumsSha256: generation.details.sumsSha256,
        share: how.level === 'full' ? 1 : how.samplePercent / 100,
        only: null,
        reportExtra: true,
        compareOwners: true,
        attributes: generation.details.attributes,
      },
      (done) =>
        cx.progress({
          doneItems: done.checkedItems,
          totalItems: generation.manifest.itemCount,
          doneBytes: done.checkedBytes,
        }),
    ),
  )
  const { checkedItems, checkedBytes } = result
  const problems = [...(isAsRecorded(generation, point) ? [] : [OTHER_MANIFEST]), ...result.problems]
  if (generation.details.sumsSha256 === null) warnUnhashed(cx, how.level)
  return { ok: problems.length === 0, checkedItems, checkedBytes, problems }
}

/** Then `checkedBytes` is 0: names, sizes, times and modes were compared, no content was read. */
function warnUnhashed(cx: RunContext, level: 'sample' | 'full'): void {
  cx.log.warn('no content was checked: the restore point keeps no hashes')
  if (level === 'full') cx.warn(say('verify.noHashes'))
}

/**
 * First the name, then the data: once it bears the name `.removing-…` it is no restore point any more, whenever the
 * power goes. A run of the same job cannot be reading it meanwhile: removing takes the same lock.
 */
async function remove(cx: RunContext, vault: Vault, point: RestorePoint): Promise<void> {
  const { jobId, stamp } = placeOf(point)
  const jobDirectory = join(vault.path, jobId)
  const directory = join(jobDirectory, stamp)
  const aside = join(jobDirectory, `${REMOVING_PREFIX}${stamp}`)
  if (!(await hasOwnDirectory(jobDirectory))) return
  if (!(await hasOwnDirectory(directory)) && !(await hasOwnDirectory(aside))) return
  const takenAt = cx.now().toISOString()
  const lockData = { path: join(jobDirectory, LOCK_FILE), jobId, runId: cx.runId, takenAt }
  await using _lock = await cx.acquire(jobLock, lockData)
  await cx.step('take-out-of-list', async () => {
    if (!(await hasOwnDirectory(directory))) return
    const generation = await readGeneration(vault.path, point.location, cx.log)
    if (!generation) throw notOurs(point, 'it has no readable manifest')
    if (generation.manifest.id !== point.id) throw notOurs(point, `it bears the id ${generation.manifest.id}`)
    await deleteTree(aside, cx.signal)
    await rename(directory, aside)
    await syncDirectory(jobDirectory)
  })
  await cx.step('delete-files', () => deleteTree(aside, cx.signal))
}

const quiet: RunLog = { write() {}, debug() {}, info() {}, warn() {}, error() {} }

async function* listSafely(...asked: Parameters<typeof list>): AsyncIterable<FoundPoint> {
  try {
    yield* list(...asked)
  } catch (error) {
    throw asDiskError(error)
  }
}

export const diskCopyPoints: PointKeeper = {
  list: listSafely,
  verify: (cx, vault, point, level) => withDiskErrors(() => verify(cx, vault, point, level)),
  remove: (cx, vault, point) => withDiskErrors(() => remove(cx, vault, point)),
  entries: (vault, point, query) =>
    withDiskErrors(async () => listEntries(await openGeneration(vault.path, point, query.log), query)),
  mark: (vault, point, marks) =>
    withDiskErrors(async () => {
      const { directory } = await openGeneration(vault.path, point, quiet)
      const text = JSON.stringify(restorePointMarks.parse(marks), null, 2)
      await writeDurably(join(directory, MARKS_FILE), `${text}\n`)
    }),
}
