import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type RestorePoint, restorePointMarks } from '@holdfast/contract'
import { asDiskError, withDiskErrors } from '../clients/disks/disk-error.ts'
import { syncDirectory, writeDurably } from '../clients/disks/durable-file.ts'
import type { FoundPoint, PointKeeper, ResourceKind, RunContext, RunLog, Vault } from '../drivers/driver.ts'
import { isJobId } from './layout.ts'
import type { JobLock, LockData } from './lock.ts'
import { LOCK_FILE, MARKS_FILE, REMOVING_PREFIX } from './names.ts'
import { hasOwnDirectory, namesIn } from './own-directory.ts'
import { notOurs, openPoint, type PointKind, placeOf, pointsOf, readPoint } from './point-directory.ts'
import { deleteTree } from './removal.ts'

type JobLockKind = ResourceKind<LockData, JobLock>
type Keeping = Pick<PointKeeper, 'list' | 'mark' | 'remove'>

/** What a keeper of restore points does alike for every kind of job, whatever its restore points hold. */
export function keeperOf<Details>(kind: PointKind<Details>, lock: JobLockKind): Keeping {
  return {
    list: (vault, cx) => listSafely(kind, vault, cx),
    mark: (vault, point, marks) =>
      withDiskErrors(async () => {
        const { directory } = await openPoint(kind, vault.path, point, quiet)
        const text = JSON.stringify(restorePointMarks.parse(marks), null, 2)
        await writeDurably(join(directory, MARKS_FILE), `${text}\n`)
      }),
    remove: (cx, vault, point) => withDiskErrors(() => remove(kind, lock, cx, vault, point)),
  }
}

const quiet: RunLog = { write() {}, debug() {}, info() {}, warn() {}, error() {} }

type ListContext = Parameters<PointKeeper['list']>[1]

async function* listSafely<Details>(
  kind: PointKind<Details>,
  vault: Vault,
  cx: ListContext,
): AsyncIterable<FoundPoint> {
  try {
    yield* list(kind, vault, cx)
  } catch (error) {
    throw asDiskError(error)
  }
}

async function* list<Details>(
  kind: PointKind<Details>,
  vault: Vault,
  cx: ListContext,
): AsyncIterable<FoundPoint> {
  const isWanted = (name: string) => isJobId(name) && (cx.jobId === undefined || name === cx.jobId)
  for (const jobId of (await namesIn(vault.path)).filter(isWanted).sort()) {
    for (const { manifest, marks, location } of await pointsOf(kind, vault.path, jobId, cx.log)) {
      if (cx.signal.aborted) return
      if (manifest.vaultId === vault.id) yield { manifest, marks, location }
      else
        cx.log.warn('a restore point of another vault is left out', { location, vaultId: manifest.vaultId })
    }
  }
}

/** In two steps: from the rename on it is no restore point any more, however long it takes to delete what it held. */
async function remove<Details>(
  kind: PointKind<Details>,
  lock: JobLockKind,
  cx: RunContext,
  vault: Vault,
  point: RestorePoint,
): Promise<void> {
  const { jobId, stamp } = placeOf(point)
  const jobDirectory = join(vault.path, jobId)
  const directory = join(jobDirectory, stamp)
  const aside = join(jobDirectory, `${REMOVING_PREFIX}${stamp}`)
  if (!(await hasOwnDirectory(jobDirectory))) return
  if (!(await hasOwnDirectory(directory)) && !(await hasOwnDirectory(aside))) return
  const takenAt = cx.now().toISOString()
  const lockData = { path: join(jobDirectory, LOCK_FILE), jobId, runId: cx.runId, takenAt }
  await using _lock = await cx.acquire(lock, lockData)
  await cx.step('take-out-of-list', async () => {
    if (!(await hasOwnDirectory(directory))) return
    const found = await readPoint(kind, vault.path, point.location, cx.log)
    if (!found) throw notOurs(point, 'it has no readable manifest')
    if (found.manifest.id !== point.id) throw notOurs(point, `it bears the id ${found.manifest.id}`)
    await deleteTree(aside, cx.signal)
    await rename(directory, aside)
    await syncDirectory(jobDirectory)
  })
  await cx.step('delete-files', () => deleteTree(aside, cx.signal))
}
