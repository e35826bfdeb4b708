import { HoldfastError, type StoredPlan } from '@holdfast/contract'
import { outcomeOf } from '../../domain/run-states.ts'
import type { AnyDriver } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { ActiveRun } from './active-run.ts'
import { runContext } from './context.ts'
import type { RunJournal } from './journal.ts'
import { logPlan, type OperationResult } from './run-job.ts'

/** Throws `config-invalid` for a kind of job that needs nothing made beforehand. */
export function preparationOf({ info, preparation }: AnyDriver): NonNullable<AnyDriver['preparation']> {
  if (preparation) return preparation
  throw new HoldfastError('config-invalid', `jobs of kind ${info.kind} need nothing made beforehand`)
}

/** Makes what must be there before the job can work; somebody asked for exactly this. */
export async function runPreparation(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { run, job } = active
  const driver = deps.driverOf(job.kind)
  const preparation = preparationOf(driver)
  const cx = runContext(deps, active, journal, driver)
  const plan = await cx.step('plan', () => preparation.plan(cx))
  logPlan(cx, plan)
  await deps.store.runs.setPlan(run, plan as StoredPlan)
  const { summary, bytesMoved, counts, table, details } = await preparation.run(cx, plan)
  const { warnings } = active
  const common = { summary, bytesMoved, counts, warnings, restorePointIds: [], retention: [], details }
  const report = { ...common, ...(table ? { table } : {}) }
  return { end: { outcome: outcomeOf(warnings, null), error: null, report, assets: [], vaultSize: null } }
}
