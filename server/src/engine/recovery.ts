import { HoldfastError } from '@holdfast/contract'
import type { HostIdentity } from '../kit/host.ts'
import { processStart } from '../kit/host.ts'
import type { EngineDeps } from './deps.ts'
import type { StoredRun, WorkerIdentity } from './ports.ts'
import { releasableHere, releaseEntries } from './run/journal.ts'

/** A worker of another machine that was silent for this long has stopped its runs by itself (see pulse.ts). */
export const LEASE_MS = 15_000

/** Lost runs in a row after which a run is not planned again: it may be what kills its workers. */
const MAX_RECOVERIES = 3

/** Whether a worker is gone. On the same machine it is known for certain and at once, elsewhere by its silence. */
export function isGone(worker: WorkerIdentity & { silentMs: number }, host: HostIdentity): boolean {
  if (worker.hostId !== host.hostId) return worker.silentMs > LEASE_MS
  if (worker.bootId !== host.bootId) return true
  return processStart(worker.pid) !== worker.processStart
}

/**
 * Finds runs whose worker is gone, releases what they held, ends them as `lost` and plans them again. Then releases
 * what earlier sweeps could not. Any worker may do this at any time; the database decides who wins.
 */
export async function recoverLost(
  deps: EngineDeps,
  self?: { workerId: string; works: (runId: string) => boolean },
): Promise<StoredRun[]> {
  const { store, host } = deps
  const owned = (await store.runs.live()).filter((run) => run.claim !== null)
  const successors: StoredRun[] = []
  if (owned.length > 0) {
    const workers = new Map((await store.workers.list()).map((worker) => [worker.id, worker]))
    for (const run of owned) {
      const worker = workers.get(run.workerId ?? '')
      // Ours, but we let go of it: its end could not be written while the database was away.
      const abandoned = self !== undefined && run.workerId === self.workerId && !self.works(run.id)
      if (worker && !abandoned && !isGone(worker, host)) continue
      const name = worker ? `${worker.hostName} (process ${worker.pid})` : 'unknown worker'
      await releaseEntries(deps, await store.journal.ofRun(run.id))
      const error = new HoldfastError('worker-lost', `the worker on ${name} is gone`).report()
      const { recovered, successor } = await store.runs.recover(run, error, MAX_RECOVERIES)
      // Somebody else was faster, or the run has just ended in the regular way.
      if (!recovered) continue
      deps.log.warn(
        { runId: run.id, successor: successor?.id ?? null, worker: name },
        'a lost run was recovered',
      )
      if (successor) successors.push(successor)
    }
  }
  const orphans = (await store.journal.orphans()).filter((entry) => releasableHere(entry, host.hostId))
  if (orphans.length > 0) await releaseEntries(deps, orphans)
  return successors
}
