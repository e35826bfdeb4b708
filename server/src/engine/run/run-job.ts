import {
  byteSizeOf,
  HoldfastError,
  type PlanBase,
  phraseText,
  type RestorePoint,
  type StoredPlan,
} from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import { outcomeOf } from '../../domain/run-states.ts'
import type { AnyDriver, PointKeeper, RunContext, RunResult } from '../../drivers/driver.ts'
import { tellableText } from '../../kit/text/storable.ts'
import type { EngineDeps } from '../deps.ts'
import type { RunEnd } from '../ports.ts'
import type { OpenedVault, StoredVault } from '../vault-port.ts'
import type { ActiveRun } from './active-run.ts'
import { runContext, withVault } from './context.ts'
import type { RunJournal } from './journal.ts'
import { takeLockFiles } from './lock-files/take-lock-files.ts'
import { knownIn, openForRun } from './open-vault.ts'
import { prune } from './prune.ts'
import { listOwn, reconcile } from './reconcile.ts'
import { proveNew } from './verify-points.ts'

/** What an operation hands to the last hop, or that the run waits for a person. */
export type OperationResult = { end: Omit<RunEnd, 'steps' | 'lines'> } | { held: StoredPlan }

/** Where a job keeps its restore points, within reach. */
interface Keeping {
  readonly keeper: PointKeeper
  readonly stored: StoredVault
  readonly opened: OpenedVault
}

/** The job's own work: plan, run, verify, retention, prune. Killed anywhere, the next run starts from the real world. */
export async function runJob(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { run, job } = active
  const { runs, points: catalog } = deps.store
  const driver = deps.driverOf(job.kind)
  const remembered = await deps.store.objects.remembered(job.id)
  const base = runContext(deps, active, journal, driver, remembered)
  await using held = new AsyncDisposableStack()
  const lockFiles =
    job.spec.lockFiles.length > 0
      ? held.use(await base.step('wait-for-others', () => takeLockFiles(deps, base)))
      : null
  const opened = job.vault ? held.use(await openVault(deps, active, base, job.vault)) : null
  await runs.announceStart(run)
  const keeping =
    driver.points && job.vault && opened ? { keeper: driver.points, stored: job.vault, opened } : null

  const known = keeping ? await reconcile(deps, active, keeping.keeper, keeping.opened.vault) : []
  const cx = withVault(base, opened?.vault ?? null, known)
  const plan: PlanBase = await cx.step('plan', () => driver.plan(cx))
  const stored = plan as StoredPlan
  if (isHeld(cx, plan, run.approvedGuards)) return { held: stored }
  logPlan(cx, plan)
  await runs.setPlan(run, stored)

  await opened?.claim()
  // From the first byte on these exist no more, whatever becomes of the run. If it never came to that, they are found again.
  for (const id of plan.replaces ?? []) await catalog.setMissing(id)
  const result = await driver.run(cx, plan)

  if (result.points.length > 0) await catalog.add([...result.points], deps.now(), result.replaced)
  await lockFiles?.release()
  const kept = keeping ? await keep(deps, active, cx, keeping, { plan, result }) : null
  await opened?.close()
  return {
    end: {
      outcome: outcomeOf(active.warnings, null),
      error: null,
      report: {
        summary: result.summary,
        bytesMoved: result.bytesMoved,
        counts: kept ? { ...result.counts, removedPoints: kept.pruned.removed } : result.counts,
        warnings: active.warnings,
        restorePointIds: result.points.map((point) => point.manifest.id),
        retention: kept?.pruned.lines ?? [],
        ...(result.table ? { table: result.table } : {}),
        details: result.details,
      },
      assets: [...result.assets],
      vaultSize: kept?.vaultSize ?? null,
      remember: result.remember,
    },
  }
}

/** Whether a guard asks for a person who has not approved it yet. */
function isHeld(cx: RunContext, plan: PlanBase, approved: readonly string[]): boolean {
  const unapproved = plan.guards.filter(
    (guard) => !approved.includes(tellableText(`${guard.code}: ${phraseText(guard.message)}`)),
  )
  for (const { code, message } of unapproved)
    cx.log.warn('run is held until a person decides', { guard: code, reason: phraseText(message) })
  return unapproved.length > 0
}

async function openVault(
  deps: EngineDeps,
  active: ActiveRun,
  cx: RunContext,
  vault: StoredVault,
): Promise<OpenedVault> {
  const points = await deps.store.points.list({ vaultId: vault.id })
  // The disk that was just plugged in, that holds the unfinished copy, or that somebody approved a plan for: no other one.
  const { run } = active
  const isBound = ['device', 'recovery'].includes(run.trigger) || run.approvedGuards.length > 0
  const disk = isBound ? run.disk : null
  const need = { access: 'read-write' as const, disk, knownPoints: knownIn(points) }
  return await openForRun(deps, active, cx, vault, need)
}

/** Proves what is new, then lets retention take what is old: in this order, whatever happens. */
async function keep(
  deps: EngineDeps,
  active: ActiveRun,
  cx: RunContext,
  { keeper, stored, opened }: Keeping,
  { plan, result }: { plan: PlanBase; result: RunResult },
) {
  const { run } = active
  const { runs } = deps.store
  const spared = (plan.replaces ?? []).filter((id) => !result.replaced?.includes(id))
  if (spared.length > 0) {
    const found = await listOwn(keeper, opened.vault, { signal: cx.signal, log: cx.log, jobId: run.jobId })
    await deps.store.points.add(found, deps.now())
  }
  await runs.setStatus(run, 'verifying', active.takeNews())
  await proveNew(deps, cx, keeper, opened, result.points)
  await runs.setStatus(run, 'pruning', active.takeNews())
  const pruned = await cx.step('prune', () => prune(deps, cx, run, keeper, opened.vault))
  const { totalBytes, freeBytes } = await deps.vaults.capacity(opened.vault)
  if (stored.warnFree !== undefined && freeBytes < byteSizeOf(stored.warnFree))
    cx.warn(say('warning.littleSpace', { free: freeBytes, wanted: byteSizeOf(stored.warnFree) }))
  return { pruned, vaultSize: { usedBytes: totalBytes - freeBytes, freeBytes } }
}

/** Each thing that the run is about to do, and why. */
export function logPlan(cx: RunContext, { summary, items, expectedBytes }: PlanBase): void {
  cx.log.info('planned', { summary: phraseText(summary), expectedBytes })
  for (const { what, reason, expectedBytes } of items) {
    cx.log.info('planned item', { what: phraseText(what), reason: phraseText(reason), expectedBytes })
  }
}

/** The driver and vault of a restore point, for checks and restores. */
export function keeperOf(
  driver: AnyDriver,
  vault: StoredVault | null,
  point: RestorePoint,
): { keeper: PointKeeper; vault: StoredVault } {
  if (driver.points && vault) return { keeper: driver.points, vault }
  throw new HoldfastError('name-unknown', `the vault of restore point ${point.id} is not configured any more`)
}
