import { HoldfastError, type StoredPlan } from '@holdfast/contract'
import { z } from 'zod'
import { outcomeOf } from '../../../domain/run-states.ts'
import type { AnyDriver, RestoreInput } from '../../../drivers/driver.ts'
import type { EngineDeps } from '../../deps.ts'
import type { CatalogPoint, StoredJob, StoredRestoreRequest } from '../../ports.ts'
import type { StoredVault } from '../../vault-port.ts'
import type { ActiveRun } from '../active-run.ts'
import { runContext, withVault } from '../context.ts'
import type { RunJournal } from '../journal.ts'
import { needOf, openForRun } from '../open-vault.ts'
import { keeperOf, logPlan, type OperationResult } from '../run-job.ts'
import { placeOf, type RestorePlace } from './restore-place.ts'
import type { TargetInput } from './restore-target.ts'

/** A restore as it was asked for, checked but for its target. */
export interface AskedRestore {
  restore: NonNullable<AnyDriver['restore']>
  vault: StoredVault
  overwrites: boolean
  input: Omit<RestoreInput<unknown>, 'vault' | keyof RestorePlace>
}

/** Throws `config-invalid` for options the driver does not know, `name-unknown` when the vault is gone. */
export function askedRestore(
  driver: AnyDriver,
  vault: StoredVault | null,
  point: CatalogPoint,
  request: StoredRestoreRequest,
): AskedRestore {
  const { restore } = driver
  if (!restore)
    throw new HoldfastError('config-invalid', `restore points of kind ${driver.info.kind} cannot be restored`)
  const options = restore.options.safeParse(request.options)
  if (!options.success)
    throw new HoldfastError('config-invalid', `restore options: ${z.prettifyError(options.error)}`)
  const { paths } = request
  return {
    restore,
    vault: keeperOf(driver, vault, point).vault,
    overwrites: restore.overwrites(options.data),
    input: { point, paths, options: options.data },
  }
}

/** What a target is judged by. */
export function targetInput(given: {
  job: StoredJob
  request: StoredRestoreRequest
  asked: AskedRestore
}): TargetInput {
  const { vault, overwrites } = given.asked
  return {
    job: given.job,
    request: given.request,
    vaultPath: vault.kind === 'directory' ? vault.path : null,
    overwrites,
  }
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
  const asked = askedRestore(driver, await deps.store.objects.vault(point.vaultId), point, request)
  const { restore } = asked

  const base = runContext(deps, active, journal, driver)
  const startedAt = deps.now()
  await using opened = await openForRun(deps, active, base, asked.vault, needOf(point))
  const cx = withVault(base, opened.vault, [])
  const { input, plan } = await cx.step('plan', async () => {
    const place = await placeOf(deps, restore, targetInput({ job, request, asked }))
    const input = { ...asked.input, ...place, vault: opened.vault }
    return { input, plan: await restore.plan(cx, input) }
  })
  logPlan(cx, plan)
  await deps.store.runs.setPlan(run, plan as StoredPlan)
  const result = await restore.run(cx, input, plan)
  await opened.close()
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
