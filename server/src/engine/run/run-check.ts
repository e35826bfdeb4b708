import { HoldfastError } from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import type { EngineDeps } from '../deps.ts'
import { writeMarks } from '../marks.ts'
import type { ActiveRun } from './active-run.ts'
import { runContext, withVault } from './context.ts'
import type { RunJournal } from './journal.ts'
import { needOf, openForRun } from './open-vault.ts'
import { keeperOf, type OperationResult } from './run-job.ts'
import { damaged, verifyPoint } from './verify-points.ts'

/** Checks restore points on demand. Goes through all of them, then fails if any was damaged. */
export async function runCheck(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
): Promise<OperationResult> {
  const { job, run } = active
  if (run.request?.operation !== 'verify')
    throw new HoldfastError('invariant-broken', `run ${run.id} has no check request`)
  const { pointIds, level } = run.request
  const driver = deps.driverOf(job.kind)
  const cx = runContext(deps, active, journal, driver)
  await deps.store.runs.setStatus(run, 'verifying', active.takeNews())

  const failures: HoldfastError[] = []
  let checkedBytes = 0
  let checkedItems = 0
  for (const id of pointIds) {
    const point = await deps.store.points.get(id)
    if (point?.state !== 'present')
      throw new HoldfastError('name-unknown', `restore point ${id} does not exist any more`)
    const { keeper, vault } = keeperOf(driver, await deps.store.objects.vault(point.vaultId), point)
    await using opened = await openForRun(deps, active, cx, vault, needOf(point))
    const samplePercent = job.policy?.verification.samplePercent ?? 5
    const result = await cx.step('verify', async () => {
      cx.log.info('a restore point is checked', { restorePointId: id, takenAt: point.takenAt, level })
      const how = { level, samplePercent }
      return await verifyPoint(deps, withVault(cx, opened.vault, []), keeper, opened.vault, point, how)
    })
    await opened.settle('read-write')
    for (const checked of [id, ...(result.alsoDamaged ?? [])])
      await writeMarks(deps, keeper, opened.vault, checked)
    await opened.close()
    checkedBytes += result.checkedBytes
    checkedItems += result.checkedItems
    if (!result.ok) failures.push(damaged(point, result))
  }
  const good = pointIds.length - failures.length
  return {
    end: {
      outcome: failures.length > 0 ? 'failed' : 'success',
      error: failures[0]?.report() ?? null,
      report: {
        summary: say('check.summary', { good, count: pointIds.length }),
        bytesMoved: 0,
        counts: { good, damaged: failures.length, checkedItems, checkedBytes },
        warnings: active.warnings,
        restorePointIds: pointIds,
        retention: [],
        details: { level, problems: failures.map((failure) => failure.message) },
      },
      assets: [],
      vaultSize: null,
    },
  }
}
