import { z } from 'zod'
import { jobSpec, scheduleSpec } from '../config/job.ts'
import { coverageState, jobStatus } from '../control/status.ts'
import { listOf, pageOf, pageQuery } from '../page.ts'
import { storedPlan } from '../plan.ts'
import { run } from '../run.ts'
import { instant } from '../units.ts'
import type { Endpoint, Endpoints } from './endpoint.ts'
import { configObject, nameSearch, objectEndpoints, objectRef } from './objects.ts'

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const jobs = objectEndpoints('jobs', jobSpec)
const operate = { tag: 'Jobs', permission: 'operate', limited: 'filtered' } as const

/** What is told of a job beside its settings has no revision, and so no ETag. */
const { etag: _etag, ...readJob } = jobs.get

const jobList = {
  ...jobs.list,
  summary: 'All jobs with their coverage and last run, by name',
  query: z.strictObject({
    ...pageQuery,
    q: nameSearch,
    kind: z.string().max(100).optional(),
    coverage: listOf(coverageState).optional(),
    enabled: flag.optional(),
    node: z.string().max(150).optional(),
    vault: z.string().max(150).optional(),
  }),
  response: pageOf(jobStatus),
} as const satisfies Endpoint

const startJob = {
  ...operate,
  id: 'startJob',
  summary: 'Run a job now',
  params: objectRef,
  response: run,
  status: 202,
} as const satisfies Endpoint

const planJob = {
  ...operate,
  id: 'planJob',
  summary: 'What a run would do now; changes nothing',
  params: objectRef,
  response: storedPlan,
  onlyAsks: true,
} as const satisfies Endpoint

const prepareJob = {
  tag: 'Jobs',
  permission: 'configure',
  limited: 'refused',
  id: 'prepareJob',
  summary: 'Make what must be there before the job can work, such as classes of a CMDB',
  params: objectRef,
  response: run,
  status: 202,
} as const satisfies Endpoint

const planPreparation = {
  ...operate,
  id: 'planPreparation',
  summary: 'What is still to be made before the job can work; changes nothing',
  params: objectRef,
  response: storedPlan,
  onlyAsks: true,
} as const satisfies Endpoint

export const jobEndpoints = {
  'GET /api/jobs': jobList,
  'POST /api/jobs': jobs.create,
  'GET /api/jobs/{ref}': jobs.get,
  'PUT /api/jobs/{ref}': jobs.replace,
  'DELETE /api/jobs/{ref}': jobs.remove,
  'GET /api/jobs/{ref}/revisions': jobs.revisions,
  'GET /api/jobs/{ref}/status': {
    ...readJob,
    id: 'getJobStatus',
    summary: 'One job with its coverage and last run',
    response: jobStatus,
  },
  'POST /api/jobs/{ref}/run': startJob,
  'POST /api/jobs/{ref}/plan': planJob,
  'POST /api/jobs/{ref}/prepare': prepareJob,
  'POST /api/jobs/{ref}/prepare/plan': planPreparation,
  'POST /api/schedule/preview': {
    id: 'previewSchedule',
    tag: 'Jobs',
    summary: 'The next times a schedule is due',
    permission: 'read',
    limited: 'same',
    body: z.strictObject({ schedule: scheduleSpec, count: z.int().min(1).max(50).default(10) }),
    response: z.object({ times: z.array(instant) }),
    onlyAsks: true,
  },
} as const satisfies Endpoints

/** The routes of one job kind under its own collection: those of jobs, with the settings of the kind in full. */
export function jobKindEndpoints(info: { kind: string; collection: string }, config: z.ZodType): Endpoints {
  const spec = jobSpec.extend({ kind: z.literal(info.kind).default(info.kind), config })
  const one = configObject(spec)
  const base = `/api/${info.collection}` as const
  const name = info.collection.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase())
  const own = <E extends Endpoint>(endpoint: E, id: string) => ({
    ...endpoint,
    id,
    tag: `Jobs: ${info.kind}`,
  })
  const { kind: _, ...query } = jobList.query.shape
  return {
    [`GET ${base}`]: { ...own(jobList, `list${name}`), query: z.strictObject(query) },
    [`POST ${base}`]: { ...own(jobs.create, `create${name}`), body: spec, response: one },
    [`GET ${base}/{ref}`]: { ...own(jobs.get, `get${name}`), response: one },
    [`PUT ${base}/{ref}`]: { ...own(jobs.replace, `replace${name}`), body: spec, response: one },
    [`DELETE ${base}/{ref}`]: own(jobs.remove, `delete${name}`),
    [`POST ${base}/{ref}/run`]: own(startJob, `run${name}`),
    [`POST ${base}/{ref}/plan`]: own(planJob, `plan${name}`),
  }
}
