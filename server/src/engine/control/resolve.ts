import { HoldfastError } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, StoredJob, StoredRun } from '../ports.ts'

/** Names and ids people give, turned into what they mean. Each throws `name-unknown`. */

export async function jobOf(deps: EngineDeps, ref: string): Promise<StoredJob> {
  const job = await deps.store.objects.job(ref)
  if (job) return job
  throw new HoldfastError('name-unknown', `there is no job "${ref}"`, {
    hint: 'List the jobs with `holdfast status`.',
  })
}

export async function runOf(deps: EngineDeps, ref: string): Promise<StoredRun> {
  const run = await deps.store.runs.get(ref)
  if (run) return run
  throw new HoldfastError('name-unknown', `there is no run "${ref}"`, {
    hint: 'List the runs with `holdfast runs`.',
  })
}

/** A restore point by id, or the newest good one of a job: `documents`, `documents@latest`, `documents@2026-11-20T03:00`. */
export async function pointOf(deps: EngineDeps, ref: string): Promise<CatalogPoint> {
  const point = await deps.store.points.get(ref)
  if (point?.state === 'present') return point
  if (point) {
    throw new HoldfastError(
      'name-unknown',
      `restore point ${ref} is ${point.state === 'missing' ? 'not on its vault any more' : 'being removed'}`,
    )
  }
  const at = ref.lastIndexOf('@')
  const jobRef = at > 0 ? ref.slice(0, at) : ref
  const when = at > 0 ? ref.slice(at + 1) : 'latest'
  const job = await deps.store.objects.job(jobRef)
  const hint = 'List the restore points with `holdfast points list`.'
  if (!job)
    throw new HoldfastError('name-unknown', `there is no restore point and no job "${jobRef}"`, { hint })
  const until = when === 'latest' ? Number.POSITIVE_INFINITY : Date.parse(when)
  if (Number.isNaN(until))
    throw new HoldfastError(
      'config-invalid',
      `"${when}" is neither "latest" nor a time such as 2026-11-20T03:00Z`,
    )
  const points = await deps.store.points.list({ jobId: job.id })
  const found = points.find(
    (candidate) => candidate.verifiedOk !== false && Date.parse(candidate.takenAt) <= until,
  )
  if (found) return found
  const span = when === 'latest' ? '' : ` from ${when} or before`
  throw new HoldfastError('name-unknown', `job ${job.name} has no good restore point${span}`, { hint })
}
