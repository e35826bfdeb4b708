import {
  HoldfastError,
  type PlanBase,
  phraseText,
  type RestorePoint,
  type StoredPlan,
} from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import { outcomeOf } from '../../domain/run-states.ts'
import type { AnyDriver, FoundPoint, NewPoint, PointKeeper, RunContext, Vault } from '../../drivers/driver.ts'
import { tellableText } from '../../kit/text/storable.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, RunEnd } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import { runContext } from './context.ts'
import type { RunJournal } from './journal.ts'
import { prune } from './prune.ts'
import { damaged, verifyPoint } from './verify-points.ts'

/** What an operation hands to the last hop, or that the run waits for a person. */
export type OperationResult = { end: Omit<RunEnd, 'steps' | 'lines'> } | { held: StoredPlan }

/** The job's own work: plan, run, verify, retention, prune. Killed anywhere, the next run starts from the real world. */
export async function runJob(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { run, job } = active
  const { runs, points: catalog } = deps.store
  const driver = deps.driverOf(job.kind)
  const keeper = driver.points && job.vault ? { points: driver.points, vault: job.vault } : null

  const known = keeper ? await reconcile(deps, active, keeper.points, keeper.vault) : []
  const cx = runContext(deps, active, journal, { driver, points: known })
  const plan: PlanBase = await cx.step('plan', () => driver.plan(cx))
  const stored = plan as StoredPlan
  const unapproved = plan.guards.filter(
    (guard) => !run.approvedGuards.includes(tellableText(`${guard.code}: ${phraseText(guard.message)}`)),
  )
  if (unapproved.length > 0) {
    for (const { code, message } of unapproved)
      cx.log.warn('run is held until a person decides', { guard: code, reason: phraseText(message) })
    return { held: stored }
  }
  logPlan(cx, plan)
  await runs.setPlan(run, stored)

  const result = await driver.run(cx, plan)

  if (result.points.length > 0) await catalog.add([...result.points], deps.now())
  await runs.setStatus(run, 'verifying', active.takeNews())
  if (keeper) await verifyNew(deps, cx, keeper.points, keeper.vault, result.points)

  await runs.setStatus(run, 'pruning', active.takeNews())
  const pruned = keeper
    ? await cx.step('prune', () => prune(deps, cx, run, keeper.points, keeper.vault))
    : null
  const capacity = keeper ? await keeper.points.capacity(keeper.vault) : null
  return {
    end: {
      outcome: outcomeOf(active.warnings, null),
      error: null,
      report: {
        summary: result.summary,
        bytesMoved: result.bytesMoved,
        counts: pruned ? { ...result.counts, removedPoints: pruned.removed } : result.counts,
        warnings: active.warnings,
        restorePointIds: result.points.map((point) => point.manifest.id),
        retention: pruned?.lines ?? [],
        details: result.details,
      },
      assets: [...result.assets],
      vaultSize: capacity && {
        usedBytes: capacity.totalBytes - capacity.freeBytes,
        freeBytes: capacity.freeBytes,
      },
    },
  }
}

/** Each thing that the run is about to do, and why. */
export function logPlan(cx: RunContext, { summary, items, expectedBytes }: PlanBase): void {
  cx.log.info('planned', { summary: phraseText(summary), expectedBytes })
  for (const { what, reason, expectedBytes } of items) {
    cx.log.info('planned item', { what: phraseText(what), reason: phraseText(reason), expectedBytes })
  }
}

/**
 * Brings the catalog in line with what lies on the vault: adopts what a dead worker finished but could not record,
 * marks what is gone. The data is the truth, the database is an index.
 */
async function reconcile(
  deps: EngineDeps,
  active: ActiveRun,
  keeper: PointKeeper,
  vault: Vault,
): Promise<CatalogPoint[]> {
  const { points: catalog } = deps.store
  const { job, log, signal } = active
  const filter = { jobId: job.id, vaultId: vault.id, anyState: true }
  const before = await catalog.list(filter)
  await refuseEmptyMountPoint(keeper, vault, before)
  const found: FoundPoint[] = []
  try {
    for await (const point of keeper.list(vault, { signal, log, jobId: job.id })) found.push(point)
  } catch (error) {
    // Whether a vault that is not there can be made, or ends the run, is for the driver to say.
    if (error instanceof HoldfastError && error.code === 'vault-absent') return before
    throw error
  }
  const { added } = await catalog.add(found, deps.now())
  if (added > 0) log.warn('restore points found on the vault that the catalog did not know', { count: added })

  const seen = new Set(found.map((point) => point.manifest.id))
  for (const point of before) {
    if (seen.has(point.id)) continue
    if (point.state === 'removing') await catalog.remove(point.id)
    if (point.state !== 'present') continue
    await catalog.setMissing(point.id)
    active.warnings.push(say('warning.pointGone', { point: point.id, takenAt: point.takenAt }))
    log.warn('restore point is no longer on the vault', {
      restorePointId: point.id,
      location: point.location,
    })
  }
  return await catalog.list(filter)
}

/** A vault that the catalog knows points of and that bears no id is the empty mount point of an absent disk. */
async function refuseEmptyMountPoint(
  keeper: PointKeeper,
  vault: Vault,
  known: CatalogPoint[],
): Promise<void> {
  const count = known.filter((point) => point.state === 'present').length
  if (count === 0 || (await keeper.identify(vault)) !== null) return
  const message = `${count} restore points of this job are known, but the place of vault ${vault.name} is empty`
  throw new HoldfastError('vault-absent', message, { hint: 'Check that the disk of the vault is mounted.' })
}

async function verifyNew(
  deps: EngineDeps,
  cx: RunContext,
  keeper: PointKeeper,
  vault: Vault,
  points: readonly NewPoint[],
): Promise<void> {
  const rules = cx.job.policy?.verification ?? { afterRun: 'sample' as const, samplePercent: 5 }
  const { afterRun, samplePercent } = rules
  if (afterRun === 'none') return
  await cx.step('verify', async () => {
    for (const { manifest } of points) {
      const point = await deps.store.points.get(manifest.id)
      if (!point)
        throw new HoldfastError('invariant-broken', `restore point ${manifest.id} is not in the catalog`)
      const result = await verifyPoint(deps, cx, keeper, vault, point, { level: afterRun, samplePercent })
      if (!result.ok) throw damaged(point, result)
    }
  })
}

/** The driver and vault of a restore point, for checks and restores. */
export function keeperOf(
  driver: AnyDriver,
  vault: Vault | null,
  point: RestorePoint,
): { keeper: PointKeeper; vault: Vault } {
  if (driver.points && vault) return { keeper: driver.points, vault }
  throw new HoldfastError('name-unknown', `the vault of restore point ${point.id} is not configured any more`)
}
