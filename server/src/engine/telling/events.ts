import type { EngineDeps } from '../deps.ts'

/** Tells of every disk that is not back in time, once until it is back. Any number of processes may look at once. */
export async function tellOverdueDisks({ store, now }: EngineDeps): Promise<void> {
  await store.deliveries.tellOverdueDisks(now())
}

export interface VainWait {
  /** The lock. */
  readonly name: string
  /** The words the waiting script gave for itself, and who it was to Holdfast: `user:veeam`. */
  readonly waiter: string
  readonly by: string
  readonly waitedMs: number
  /** As the store says who has it: a run id, or the words of a script. */
  readonly heldBy: string
}

/** Tells that somebody waited for a lock in vain, once in an hour for each waiter and lock. */
export async function tellLockTimeout({ store, now }: EngineDeps, wait: VainWait): Promise<void> {
  const holder = await store.runs.get(wait.heldBy)
  await store.deliveries.tellLockTimeout({
    ...wait,
    jobName: holder?.jobName ?? null,
    at: now().toISOString(),
  })
}
