import { HoldfastError, type RunReport, type StoredPlan } from '@holdfast/contract'
import type { RunLog } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { StoredJob, StoredRestoreRequest } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import { planningContext, runContext, withVault } from './context.ts'
import type { RunJournal } from './journal.ts'
import { knownIn, needOf, type OpenVault, openForRun } from './open-vault.ts'
import { isWithinReach } from './reconcile.ts'
import { runEntries } from './restore/entries.ts'
import { placeOf } from './restore/restore-place.ts'
import { askedRestore, targetInput } from './restore/run-restore.ts'
import type { OperationResult } from './run-job.ts'
import { preparationOf } from './run-preparation.ts'

export interface PlanInput {
  job: StoredJob
  /** Without it the job's own work is planned, or its preparation. */
  restore: StoredRestoreRequest | null
  prepare?: true
  signal: AbortSignal
  log: RunLog
  /** Brings a vault within reach: as a run does, or as a command on the machine itself. */
  open: OpenVault
}

/** What a run of the job, or a restore, would do now. Reads only, and only works where source and vault are seen. */
export async function planFor(
  deps: EngineDeps,
  { job, restore, prepare, signal, log, open }: PlanInput,
): Promise<StoredPlan> {
  const { store, now, secret } = deps
  const driver = deps.driverOf(job.kind)
  const estate = () => store.overview.estate(now())
  const base = { driver, job, signal, log, now, secret, estate, vault: null, points: [] }
  if (prepare) {
    const cx = planningContext({ ...base, operation: 'prepare', checkpoint: null, remembered: null })
    return (await preparationOf(driver).plan(cx)) as StoredPlan
  }
  if (!restore) {
    const remembered = await store.objects.remembered(job.id)
    const cx = planningContext({ ...base, operation: 'job', checkpoint: job.checkpoint, remembered })
    if (!job.vault) return (await driver.plan(cx)) as StoredPlan
    const points = await store.points.list({ jobId: job.id, vaultId: job.vault.id })
    const need = { access: 'read-only' as const, disk: null, knownPoints: knownIn(points) }
    await using opened = await open(job.vault, need)
    const within = points.filter((point) => isWithinReach(point, opened.vault))
    return (await driver.plan(withVault(cx, opened.vault, within))) as StoredPlan
  }
  const point = await store.points.get(restore.pointId)
  if (!point)
    throw new HoldfastError('name-unknown', `restore point ${restore.pointId} does not exist any more`)
  const asked = askedRestore(driver, await store.objects.vault(point.vaultId), point, restore)
  const place = await placeOf(deps, asked.restore, targetInput({ job, request: restore, asked }))
  await using opened = await open(asked.vault, needOf(point))
  const nothing = { checkpoint: null, remembered: null }
  const cx = withVault(planningContext({ ...base, operation: 'restore', ...nothing }), opened.vault, [])
  return (await asked.restore.plan(cx, { ...asked.input, ...place, vault: opened.vault })) as StoredPlan
}

/** A preview for somebody who waits for it: the plan is all it leaves, and guards do not hold it. */
export async function runPlan(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { run, job, signal, log } = active
  if (run.request?.operation !== 'plan')
    throw new HoldfastError('invariant-broken', `run ${run.id} has no plan request`)
  const cx = runContext(deps, active, journal, deps.driverOf(job.kind))
  const open: OpenVault = (vault, need) => openForRun(deps, active, cx, vault, need)
  if (run.request.entries) return await runEntries(deps, active, open, run.request.entries)
  const { restore, prepare } = run.request
  const plan = await planFor(deps, { job, restore, ...(prepare ? { prepare } : {}), signal, log, open })
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
