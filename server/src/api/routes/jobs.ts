import {
  type Control,
  type Endpoint,
  type Endpoints,
  HoldfastError,
  type JobFilter,
  type JobSpec,
  type jobEndpoints,
  jobKindEndpoints,
} from '@holdfast/contract'
import type { Call, Handler, Handlers } from '../http/call.ts'
import type { ServedKind } from '../server-deps.ts'
import { objectOperations } from './objects.ts'

export function jobRoutes(): Handlers<typeof jobEndpoints> {
  const jobs = objectOperations('jobs')
  return {
    'GET /api/jobs': ({ control, query }) => control.listJobs(query),
    'POST /api/jobs': jobs.create,
    'GET /api/jobs/{ref}': jobs.get,
    'PUT /api/jobs/{ref}': jobs.replace,
    'DELETE /api/jobs/{ref}': jobs.remove,
    'GET /api/jobs/{ref}/revisions': jobs.revisions,
    'GET /api/jobs/{ref}/status': ({ control, params }) => control.getJob(params.ref),
    'POST /api/jobs/{ref}/run': ({ control, params, start }) => control.startJob(params.ref, start),
    'POST /api/jobs/{ref}/plan': ({ control, params }) => control.previewPlan(params.ref),
    'POST /api/jobs/{ref}/prepare': ({ control, params, start }) =>
      control.startPreparation(params.ref, start),
    'POST /api/jobs/{ref}/prepare/plan': ({ control, params }) => control.previewPreparation(params.ref),
    'POST /api/schedule/preview': async ({ control, body }) => ({
      times: await control.previewSchedule(body.schedule, body.count),
    }),
  }
}

interface KindRoute {
  endpoint: Endpoint
  handler: Handler
}

/** The routes of one job kind: those of jobs, blind to jobs of other kinds. */
export function jobKindRoutes(served: ServedKind): Map<keyof Endpoints, KindRoute> {
  const { kind, collection, config } = served
  const operations: Record<string, (call: KindCall) => Promise<unknown>> = {
    list: ({ control, query }) => control.listJobs({ ...query, kind }),
    create: async ({ control, body, start, reply }) => {
      const made = await control.createObject('jobs', body, { by: start.by })
      reply.header('location', `/api/${collection}/${made.id}`)
      return made
    },
    get: ({ control, params }) => jobOfKind(control, params.ref, kind),
    replace: async ({ control, params, body, start, revision }) => {
      const { id } = await jobOfKind(control, params.ref, kind)
      return control.replaceObject('jobs', id, body, { by: start.by, revision })
    },
    delete: async ({ control, params, start, revision }) => {
      const { id } = await jobOfKind(control, params.ref, kind)
      return control.deleteObject('jobs', id, { by: start.by, revision })
    },
    run: async ({ control, params, start }) =>
      control.startJob((await jobOfKind(control, params.ref, kind)).id, start),
    plan: async ({ control, params }) => control.previewPlan((await jobOfKind(control, params.ref, kind)).id),
  }
  const routes = new Map<keyof Endpoints, KindRoute>()
  for (const [key, endpoint] of Object.entries(jobKindEndpoints(served, config))) {
    const operation = operations[/^[a-z]+/.exec(endpoint.id)?.[0] ?? '']
    if (!operation) throw new HoldfastError('invariant-broken', `the endpoint ${endpoint.id} has no handler`)
    // The endpoints come from a schema known at run time only; what they have in common is written down in KindCall.
    routes.set(key as keyof Endpoints, { endpoint, handler: operation as unknown as Handler })
  }
  return routes
}

type KindCall = Omit<Call, 'params' | 'query' | 'body'> & {
  params: { ref: string }
  query: JobFilter
  body: JobSpec
}

async function jobOfKind(control: Control, ref: string, kind: string) {
  const job = await control.getObject('jobs', ref)
  if (job.spec.kind === kind) return job
  throw new HoldfastError('name-unknown', `there is no job "${job.spec.name}" of the kind ${kind}`)
}
