import { type Control, HoldfastError, type JobStatus } from '@holdfast/contract'
import { suggestion } from '../../kit/text/nearest-word.ts'

/** The jobs that names or ids stand for, in the order given. Throws `name-unknown` before anything is started. */
export async function findJobs(control: Control, refs: readonly string[]): Promise<JobStatus[]> {
  const { jobs } = await control.status()
  return refs.map((ref) => {
    const job = jobs.find((candidate) => candidate.name === ref || candidate.id === ref)
    if (job) return job
    const names = jobs.map((candidate) => candidate.name)
    const hint =
      suggestion(ref, names) ?? 'There is no job yet: describe one in a file and run `holdfast apply FILE`.'
    throw new HoldfastError('name-unknown', `no job is called "${ref}"`, { hint })
  })
}

/** As {@link findJobs} for one job. */
export async function findJob(control: Control, ref: string): Promise<JobStatus> {
  const [job] = await findJobs(control, [ref])
  if (!job) throw new HoldfastError('name-unknown', `no job is called "${ref}"`)
  return job
}
