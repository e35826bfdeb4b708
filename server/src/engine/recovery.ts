import { randomUUID } from 'node:crypto'
import { asHoldfastError, HoldfastError } from '@holdfast/contract'
import type { HostIdentity } from '../kit/host.ts'
import { processStart } from '../kit/host.ts'
import type { EngineDeps } from './deps.ts'
import type { StoredRun, WorkerIdentity } from './ports.ts'
import { releasableHere, releaseEntries } from './run/journal.ts'

/** A worker of another machine that was silent for this long has stopped its runs by itself (see pulse.ts). */
export const LEASE_MS = 30_000

/** Lost runs in a row after which a run is not planned again: it may be what kills its workers. */
const MAX_RECOVERIES = 3

/**
 * Whether a worker is gone. Where it shares machine, boot and process namespace with us the process table says so at
 * once and for certain; elsewhere its silence does. Clones of a machine share an id, containers a kernel.
 */
export function isGone(worker: WorkerIdentity & { silentMs: number }, host: HostIdentity): boolean {
  const isVisible = worker.hostId === host.hostId && worker.bootId === host.bootId
  return isVisible ? processStart(worker.pid) !== worker.processStart : worker.silentMs > LEASE_MS
}

/**
 * Finds runs whose worker is gone, makes them ours, releases what they held, ends them as `lost` and plans them again.
 * Then releases what earlier sweeps could not. Any worker may do this at any time; the database decides who wins.
 */
export async function recoverLost(
  deps: EngineDeps,
  self: { workerId: string; works: (runId: string) => boolean },
): Promise<StoredRun[]> {
  const { store, host } = deps
  const successors: StoredRun[] = []
  const runs = (await store.runs.owned()).filter((run) => !self.works(run.id))
  const workers = new Map((await store.workers.list()).map((worker) => [worker.id, worker]))
  for (const run of runs) {
    const worker = workers.get(run.workerId ?? '')
    // Ours, but we do not work on it: its end could not be written while the database was away.
    const isAbandoned = run.workerId === self.workerId
    if (worker && !isAbandoned && !isGone(worker, host)) continue
    const ours = await store.runs.takeOver(run, { claim: randomUUID(), workerId: self.workerId })
    // Somebody else was faster, or the run has just ended in the regular way.
    if (!ours) continue
    const name = worker ? `${worker.hostName} (process ${worker.pid})` : 'an unknown machine'
    await releaseEntries(deps, await store.journal.leftovers(run.id, ours.claim ?? ''))
    const error = new HoldfastError('worker-lost', `the worker on ${name} is gone`).report()
    try {
      const successor = await store.runs.recover(ours, error, MAX_RECOVERIES)
      deps.log.warn(
        { runId: run.id, successor: successor?.id ?? null, worker: name },
        'a lost run was recovered',
      )
      if (successor) successors.push(successor)
    } catch (thrown) {
      // Releasing took so long that another worker took us for dead: it goes on with the recovery.
      if (asHoldfastError(thrown).code !== 'worker-lost') throw thrown
    }
  }
  const orphans = (await store.journal.orphans()).filter((entry) => releasableHere(entry, host.hostId))
  if (orphans.length > 0) await releaseEntries(deps, orphans)
  return successors
}
