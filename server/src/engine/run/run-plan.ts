import { HoldfastError, type RunReport, type StoredPlan } from '@holdfast/contract'
import type { RunLog } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { StoredJob, StoredRestoreRequest } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import { planningContext } from './context.ts'
import type { OperationResult } from './run-job.ts'
import { restoreInput, withRealTarget } from './run-restore.ts'

export interface PlanInput {
  job: StoredJob
  /** Null plans the job's own work. */
  restore: StoredRestoreRequest | null
  signal: AbortSignal
  log: RunLog
}

/** What a run of the job, or a restore, would do now. Reads only, and only works where source and vault are seen. */
export async function planFor(
  deps: EngineDeps,
  { job, restore, signal, log }: PlanInput,
): Promise<StoredPlan> {
  const { store, now } = deps
  const driver = deps.driverOf(job.kind)
  const base = { driver, job, signal, log, now }
  if (!restore) {
    const points = job.vault ? await store.points.list({ jobId: job.id, vaultId: job.vault.id }) : []
    const cx = planningContext({ ...base, operation: 'job', points, checkpoint: job.checkpoint })
    return (await driver.plan(cx)) as StoredPlan
  }
  const point = await store.points.get(restore.pointId)
  if (!point)
    throw new HoldfastError('name-unknown', `restore point ${restore.pointId} does not exist any more`)
  const asked = restoreInput(driver, await store.objects.vault(point.vaultId), point, restore)
  if (!driver.restore) throw new HoldfastError('invariant-broken', `${driver.info.kind} lost its restore`)
  const input = await withRealTarget(deps, { driver, job, request: restore, asked })
  const cx = planningContext({ ...base, operation: 'restore', points: [], checkpoint: null })
  return (await driver.restore.plan(cx, input)) as StoredPlan
}

/** A preview for somebody who waits for it: the plan is all it leaves, and guards do not hold it. */
export async function runPlan(deps: EngineDeps, active: ActiveRun): Promise<OperationResult> {
  const { run, job, signal, log } = active
  if (run.request?.operation !== 'plan')
    throw new HoldfastError('invariant-broken', `run ${run.id} has no plan request`)
  const plan = await planFor(deps, { job, restore: run.request.restore, signal, log })
  signal.throwIfAborted()
  await deps.store.runs.setPlan(run, plan)
  const report: RunReport = {
    summary: plan.summary,
    bytesMoved: 0,
    counts: {},
    warnings: active.warnings,
    restorePointIds: [],
    retention: [],
    details: {},
  }
  return { end: { outcome: 'success', error: null, report, assets: [], vaultSize: null } }
}
