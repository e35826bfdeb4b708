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

/**
 * Brings the catalog in line with what lies on the vault: adopts what a dead worker finished but could not record, marks
 * what is gone, and writes beside the data what people said about it while its disk was away. The data is the truth, the
 * database is an index. Returns the points within reach.
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
  const found: FoundPoint[] = []
  for await (const point of keeper.list(vault, { signal, log, jobId: job.id })) found.push(point)
  const { added } = await catalog.add(found, deps.now())
  if (added > 0) log.warn('restore points found on the vault that the catalog did not know', { count: added })

  const seen = new Map(found.map((point) => [point.manifest.id, point]))
  for (const point of before) {
    const there = seen.get(point.id)
    if (there) {
      if (point.state === 'present' && !hasMarks(there, point))
        await writeMarks(deps, keeper, vault, point.id)
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

function hasMarks({ marks }: FoundPoint, point: CatalogPoint): boolean {
  return (
    marks.protected === point.protected &&
    marks.verifiedOk === point.verifiedOk &&
    marks.verifiedLevel === point.verifiedLevel &&
    marks.verifiedAt === point.verifiedAt
  )
}
