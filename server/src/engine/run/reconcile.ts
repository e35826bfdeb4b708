import type { RestorePointMarks } from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import type { FoundPoint, PointKeeper, Vault } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import { writeMarks } from '../marks.ts'
import type { CatalogPoint } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'

/** Whether a restore point should be found on what is open: of a disk set only those on this very disk. */
export function isWithinReach(point: CatalogPoint, vault: Vault): boolean {
  return (point.disk?.uuid.toLowerCase() ?? null) === (vault.disk?.uuid.toLowerCase() ?? null)
}

/** What lies there, without what a copied folder brought along from another disk: that has its place there. */
export async function listOwn(
  keeper: PointKeeper,
  vault: Vault,
  cx: Parameters<PointKeeper['list']>[1],
): Promise<FoundPoint[]> {
  const found: FoundPoint[] = []
  for await (const point of keeper.list(vault, cx)) {
    const { disk, id } = point.manifest
    if ((disk?.uuid.toLowerCase() ?? null) === (vault.disk?.uuid.toLowerCase() ?? null)) found.push(point)
    else
      cx.log.warn('a restore point of another disk is left out', {
        restorePointId: id,
        disk: disk?.label ?? null,
      })
  }
  return found
}

/**
 * Brings the catalog in line with what lies on the vault: adopts what a dead worker finished but could not record, marks
 * what is gone, and brings the marks of both sides together: people may have said something while the disk was away, and
 * the database may be an older one than the disk knows. The data is the truth, the database is an index. Returns the points
 * within reach.
 */
export async function reconcile(
  deps: EngineDeps,
  active: ActiveRun,
  keeper: PointKeeper,
  vault: Vault,
): Promise<CatalogPoint[]> {
  const { points: catalog } = deps.store
  const { job, log, signal } = active
  const filter = { jobId: job.id, vaultId: vault.id, anyState: true }
  const before = (await catalog.list(filter)).filter((point) => isWithinReach(point, vault))
  const found = await listOwn(keeper, vault, { signal, log, jobId: job.id })
  const { added } = await catalog.add(found, deps.now())
  if (added > 0) log.warn('restore points found on the vault that the catalog did not know', { count: added })

  const seen = new Map(found.map((point) => [point.manifest.id, point]))
  for (const point of before) {
    const there = seen.get(point.id)
    if (there) {
      if (point.state === 'present' && !hasMarks(there.marks, point))
        await agree(deps, keeper, vault, point, there.marks)
      continue
    }
    if (point.state === 'removing') await catalog.remove(point.id)
    if (point.state !== 'present') continue
    await catalog.setMissing(point.id)
    active.warnings.push(say('warning.pointGone', { point: point.id, takenAt: point.takenAt }))
    log.warn('restore point is no longer on the vault', {
      restorePointId: point.id,
      location: point.location,
    })
  }
  return (await catalog.list(filter)).filter((point) => isWithinReach(point, vault))
}

/**
 * One set of marks for both sides. Of two checks the later one counts. A point that either side protects stays protected,
 * unless somebody took that back since it was last seen on its disk.
 */
async function agree(
  deps: EngineDeps,
  keeper: PointKeeper,
  vault: Vault,
  point: CatalogPoint,
  marks: RestorePointMarks,
): Promise<void> {
  const { points: catalog } = deps.store
  if ((marks.verifiedAt ?? '') > (point.verifiedAt ?? '')) await catalog.setVerified(point.id, marks)
  if (marks.protected && !point.protected && !(await wasUnprotected(deps, point)))
    await catalog.setProtected(point.id, true)
  await writeMarks(deps, keeper, vault, point.id)
}

async function wasUnprotected({ store }: EngineDeps, { id, confirmedAt }: CatalogPoint): Promise<boolean> {
  const { items } = await store.audit.list({
    objectId: id,
    action: 'point.unprotect',
    limit: 1,
    from: confirmedAt,
  })
  return items.length > 0
}

function hasMarks(marks: RestorePointMarks, point: CatalogPoint): boolean {
  return (
    marks.protected === point.protected &&
    marks.verifiedOk === point.verifiedOk &&
    marks.verifiedLevel === point.verifiedLevel &&
    marks.verifiedAt === point.verifiedAt
  )
}
