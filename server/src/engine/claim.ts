import { durationMs, HoldfastError, phraseText } from '@holdfast/contract'
import { say } from '../domain/phrases/engine-phrases.ts'
import { windowAt } from '../domain/schedule/windows.ts'
import type { ClaimDecision, LockRequest, StoredJob, StoredRun } from './ports.ts'

/**
 * Locks that a run holds from its claim to its end. Checks and restores lock the points they read and nothing else: a
 * restore never waits for a job, nor a job for a restore, but for a slot of the node that it goes to. A preview only reads
 * and locks nothing.
 */
export function locksOf(run: StoredRun, job: StoredJob): LockRequest[] {
  // A disk is mounted by one run at a time, whatever that run does with it.
  const disk: LockRequest[] =
    job.vault?.kind === 'disk-set' ? [{ name: `vault:${job.vault.id}`, mode: 'exclusive' }] : []
  if (run.request?.operation === 'verify') {
    return [...disk, ...run.request.pointIds.map((id) => ({ name: `point:${id}`, mode: 'shared' as const }))]
  }
  if (run.request?.operation === 'restore') {
    const { pointId, node } = run.request
    return [...disk, { name: `point:${pointId}`, mode: 'shared' }, ...(node ? [slotOf(node)] : [])]
  }
  if (run.operation === 'plan') return disk
  const locks: LockRequest[] = [{ name: `job:${job.id}`, mode: 'exclusive' }, ...disk]
  if (job.vault && disk.length === 0)
    locks.push({ name: `vault:${job.vault.id}`, mode: 'shared', limit: job.vault.maxParallelRuns })
  locks.push(...job.nodes.map(slotOf))
  // A name given twice means the stricter of the two.
  const named = new Map(
    job.spec.locks.toSorted((a, b) => b.mode.localeCompare(a.mode)).map((lock) => [lock.name, lock]),
  )
  return [...locks, ...named.values()]
}

function slotOf({ id, maxParallelRuns }: { id: string; maxParallelRuns: number }): LockRequest {
  return { name: `node:${id}`, mode: 'shared', limit: maxParallelRuns }
}

/** Whether a queued run may start now: its window, and how long it has waited already. Pure. */
export function decideClaim(run: StoredRun, job: StoredJob, now: Date): ClaimDecision {
  if (job.isDeleted && (run.operation === 'job' || run.operation === 'prepare')) {
    const error = new HoldfastError('run-canceled', `job ${job.name} was deleted before the run started`)
    return { action: 'finish', outcome: 'canceled', error: error.report() }
  }
  const waitedMs = run.waitingSince ? now.getTime() - new Date(run.waitingSince).getTime() : 0
  const maxWaitMs = durationMs(job.spec.maxWait)
  if (run.operation === 'job') {
    const window = windowAt(job.spec.windows, now)
    if (!window.open) {
      const reason = say('waiting.window', { opensAt: window.opensAt.toISOString() })
      if (waitedMs + window.opensAt.getTime() - now.getTime() > maxWaitMs) {
        const error = new HoldfastError(
          'window-closed',
          `${reason.text}, later than the run may wait (${job.spec.maxWait})`,
        )
        return { action: 'finish', outcome: 'skipped', error: error.report() }
      }
      return { action: 'wait', reason, until: window.opensAt }
    }
  }
  if (waitedMs > maxWaitMs) {
    const message = `waited longer than ${job.spec.maxWait} for: ${phraseText(run.waitingFor ?? 'its turn')}`
    return { action: 'finish', outcome: 'skipped', error: new HoldfastError('lock-held', message).report() }
  }
  return { action: 'start', locks: locksOf(run, job) }
}
