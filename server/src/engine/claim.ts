import { durationMs, HoldfastError } from '@holdfast/contract'
import { windowAt } from '../domain/schedule/windows.ts'
import type { ClaimDecision, LockRequest, StoredJob, StoredRun } from './ports.ts'

/** Locks that a run holds from its claim to its end. Restores and checks never block a job: they only lock points. */
export function locksOf(run: StoredRun, job: StoredJob): LockRequest[] {
  const places: LockRequest[] = []
  if (job.vault)
    places.push({ name: `vault:${job.vault.id}`, mode: 'shared', limit: job.vault.maxParallelRuns })
  if (run.request?.operation === 'verify') {
    return [
      ...run.request.pointIds.map((id) => ({ name: `point:${id}`, mode: 'shared' as const })),
      ...places,
    ]
  }
  if (run.request?.operation === 'restore') {
    return [{ name: `point:${run.request.pointId}`, mode: 'shared' }, ...places]
  }
  if (job.node) places.push({ name: `node:${job.node.id}`, mode: 'shared', limit: job.node.maxParallelRuns })
  return [{ name: `job:${job.id}`, mode: 'exclusive' }, ...places, ...job.spec.locks]
}

/** Whether a queued run may start now: its window, and how long it has waited already. Pure. */
export function decideClaim(run: StoredRun, job: StoredJob, now: Date): ClaimDecision {
  const waitedMs = run.waitingSince ? now.getTime() - new Date(run.waitingSince).getTime() : 0
  const maxWaitMs = durationMs(job.spec.maxWait)
  if (run.operation === 'job') {
    const window = windowAt(job.spec.windows, now)
    if (!window.open) {
      const reason = `the window opens at ${window.opensAt.toISOString()}`
      if (waitedMs + window.opensAt.getTime() - now.getTime() > maxWaitMs) {
        const error = new HoldfastError(
          'window-closed',
          `${reason}, later than the run may wait (${job.spec.maxWait})`,
        )
        return { action: 'finish', outcome: 'skipped', error: error.report() }
      }
      return { action: 'wait', reason, until: window.opensAt }
    }
  }
  if (waitedMs > maxWaitMs) {
    const message = `waited longer than ${job.spec.maxWait} for: ${run.waitingFor ?? 'its turn'}`
    return { action: 'finish', outcome: 'skipped', error: new HoldfastError('lock-held', message).report() }
  }
  return { action: 'start', locks: locksOf(run, job) }
}
