import { HoldfastError, type StoredPlan } from '@holdfast/contract'
import { z } from 'zod'
import { outcomeOf } from '../../domain/run-states.ts'
import type { AnyDriver, RestoreInput, Vault } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, StoredJob, StoredRestoreRequest } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import { runContext } from './context.ts'
import type { RunJournal } from './journal.ts'
import { realTarget, type TargetInput } from './restore-target.ts'
import { keeperOf, logPlan, type OperationResult } from './run-job.ts'

/** What a driver's restore needs, from a request. Throws `config-invalid` for options the driver does not know. */
export function restoreInput(
  driver: AnyDriver,
  vault: Vault | null,
  point: CatalogPoint,
  request: StoredRestoreRequest,
): RestoreInput<unknown> {
  if (!driver.restore)
    throw new HoldfastError('config-invalid', `restore points of kind ${driver.info.kind} cannot be restored`)
  const options = driver.restore.options.safeParse(request.options)
  if (!options.success)
    throw new HoldfastError('config-invalid', `restore options: ${z.prettifyError(options.error)}`)
  const { target, paths } = request
  return { point, vault: keeperOf(driver, vault, point).vault, target, paths, options: options.data }
}

interface AskedRestore {
  driver: AnyDriver
  job: StoredJob
  request: StoredRestoreRequest
  asked: RestoreInput<unknown>
}

/** What a target is judged by. */
export function targetInput({ driver, job, request, asked }: AskedRestore): TargetInput {
  const overwrites = driver.restore?.overwrites(asked.options) ?? false
  return { job, request, vaultPath: asked.vault.path, overwrites }
}

/** The same input, its target resolved and allowed. */
export async function withRealTarget(
  deps: EngineDeps,
  restore: AskedRestore,
): Promise<RestoreInput<unknown>> {
  return { ...restore.asked, target: await realTarget(deps, targetInput(restore)) }
}

/** A restore is a run like any other; its duration is the measured RTO. */
export async function runRestore(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { job, run } = active
  const { request } = run
  if (request?.operation !== 'restore')
    throw new HoldfastError('invariant-broken', `run ${run.id} has no restore request`)
  const point = await deps.store.points.get(request.pointId)
  if (!point)
    throw new HoldfastError('name-unknown', `restore point ${request.pointId} does not exist any more`)
  const driver = deps.driverOf(job.kind)
  const asked = restoreInput(driver, await deps.store.objects.vault(point.vaultId), point, request)
  const { restore } = driver
  if (!restore) throw new HoldfastError('invariant-broken', `${driver.info.kind} lost its restore`)

  const cx = runContext(deps, active, journal, { driver, points: [] })
  const startedAt = deps.now()
  const { input, plan } = await cx.step('plan', async () => {
    const input = await withRealTarget(deps, { driver, job, request, asked })
    return { input, plan: await restore.plan(cx, input) }
  })
  logPlan(cx, plan)
  await deps.store.runs.setPlan(run, plan as StoredPlan)
  const result = await restore.run(cx, input, plan)
  return {
    end: {
      outcome: outcomeOf(active.warnings, null),
      error: null,
      report: {
        summary: result.summary,
        bytesMoved: result.bytesMoved,
        counts: result.counts,
        warnings: active.warnings,
        restorePointIds: [point.id],
        retention: [],
        details: { ...result.details, rtoMs: deps.now().getTime() - startedAt.getTime() },
      },
      assets: [],
      vaultSize: null,
    },
  }
}
