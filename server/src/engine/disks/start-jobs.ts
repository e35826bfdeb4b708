import type { Control, Run } from '@holdfast/contract'
import { publicRun } from '../control/queries.ts'
import type { ControlDeps } from '../control/scope.ts'
import type { EngineDeps } from '../deps.ts'
import type { Store } from '../ports.ts'
import { isGone } from '../recovery.ts'
import { diskSets, type MemberDisk, membersOf, notOfAnySet } from './disk-sets.ts'

interface Start {
  /** Sites whose jobs may be started: those that work where the disk is. Null where nobody sees it yet: all of them. */
  sites: ReadonlySet<string> | null
  /** Runs that a plugged-in disk started since then were started for this one. */
  startedSince: string | null
  /** Who said that it was plugged in; null when a worker noticed. */
  by: string | null
}

/**
 * Starts the jobs that write to the set of a disk that was plugged in, if the set says so. A job whose run waits or goes
 * on already gets no other one. The runs count as started by the machine, as those of a schedule do. Belongs into the
 * transaction in which it was decided that the disk is news.
 */
export async function startJobsFor(
  store: Store,
  { set, disk }: MemberDisk,
  { sites, startedSince, by }: Start,
): Promise<Run[]> {
  if (!set.runWhenPluggedIn) return []
  const jobs = await store.disks.startableJobs(set.id, disk.uuid, startedSince)
  const started: Run[] = []
  for (const { id: jobId, name, site } of jobs.filter((job) => sites === null || sites.has(job.site))) {
    const run = { jobId, site, operation: 'job', trigger: 'device', slotAt: null, request: null } as const
    const { uuid, label } = disk
    const created = await store.runs.create({ ...run, startedBy: null, disk: { uuid, label } })
    started.push(publicRun(created))
    if (by === null) continue
    const details = { runId: created.id, disk: disk.label }
    await store.audit.add({ by, action: 'job.start', object: name, objectId: jobId, details })
  }
  return started
}

/** Sites of the live workers of a machine. */
export async function sitesAt({ store, host }: EngineDeps, hostId: string): Promise<Set<string>> {
  const workers = await store.workers.list()
  return new Set(
    workers.filter((worker) => worker.hostId === hostId && !isGone(worker, host)).map(({ site }) => site),
  )
}

/**
 * What udev or a person says comes first or second: a worker that watches its bay notices the same disk, and whoever is
 * later starts nothing.
 */
export function startByDisk(deps: ControlDeps): Control['startByDisk'] {
  return async (uuid, { by }) => {
    const members = membersOf(await diskSets(deps.store), uuid)
    if (members.length === 0) throw notOfAnySet(uuid)
    const started: Run[] = []
    for (const member of members) {
      const { set, disk } = member
      const runs = await deps.store.atomically(async (store) => {
        const { hostId, noticedAt } = await store.disks.announce(set.id, disk.uuid)
        const served = hostId === null ? null : await sitesAt({ ...deps, store }, hostId)
        // Where no worker is alive the runs wait for one.
        const sites = served?.size ? served : null
        return await startJobsFor(store, member, { sites, startedSince: noticedAt, by })
      })
      started.push(...runs)
    }
    return started
  }
}
