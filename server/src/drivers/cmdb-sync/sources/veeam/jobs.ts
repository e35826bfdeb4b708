import type { JobState } from '../../../../clients/veeam/connect.ts'
import type { Item, ItemRef } from '../../model/inventory.ts'

/** What a job does at this minute says nothing of what it is: revisions differ in these, and they change all day. */
const ENABLED = /^(running|inactive|enabled|stopping|stopped|starting)$/i

export function jobItems(jobs: readonly JobState[], storages: ReadonlyMap<string, ItemRef>): Item[] {
  return jobs.map((job) => jobItem(job, storages))
}

function jobItem(job: JobState, storages: ReadonlyMap<string, ItemRef>): Item {
  const { id, name, type, description, status, lastRun, nextRun, repositoryId } = job
  const storage = repositoryId === null ? null : storages.get(repositoryId)
  return {
    kind: 'job',
    id,
    name: name || id,
    facts: {
      name: name || id,
      type,
      description: description || null,
      status: ENABLED.test(status) ? 'Enabled' : status,
      lastRun,
      nextRun,
      ...lastResultOf(job),
      ...(storage === undefined ? {} : { storage }),
    },
    evidence: { names: name === '' ? [] : [name], addresses: [] },
    prefers: null,
  }
}

/** While it runs there is no result, and that of the run before still stands. */
function lastResultOf({ lastResult, lastRun }: JobState): Item['facts'] {
  if (!/^none$/i.test(lastResult)) return { lastResult: lastResult || null }
  return lastRun === null ? { lastResult: null } : {}
}
