import { type Control, HoldfastError, type JobStatus, MAX_PAGE } from '@holdfast/contract'
import { suggestion } from '../../kit/text/nearest-word.ts'

/** The jobs that names or ids stand for, in the order given. Throws `name-unknown` before anything is started. */
export async function findJobs(control: Control, refs: readonly string[]): Promise<JobStatus[]> {
  const jobs: JobStatus[] = []
  for (const ref of refs) jobs.push(await findJob(control, ref))
  return jobs
}

/** As {@link findJobs} for one job. */
export async function findJob(control: Control, ref: string): Promise<JobStatus> {
  try {
    return await control.getJob(ref)
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError) || thrown.code !== 'name-unknown') throw thrown
    const { items } = await control.listJobs({ limit: MAX_PAGE })
    const names = items.map((job) => job.name)
    const hint =
      suggestion(ref, names) ?? 'There is no job yet: describe one in a file and run `holdfast apply FILE`.'
    throw new HoldfastError('name-unknown', `no job is called "${ref}"`, { hint, cause: thrown })
  }
}
