import type { Control, ENDPOINTS, ObjectKind } from '@holdfast/contract'
import type { z } from 'zod'
import type { CallResult, EndpointName } from '../call.ts'

type Parsed<K extends EndpointName, Part extends string> =
  (typeof ENDPOINTS)[K] extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined

export interface Asked<K extends EndpointName> {
  params: Parsed<K, 'params'>
  query: Parsed<K, 'query'>
  body: Parsed<K, 'body'>
  /** The revision of If-Match; null for the star. */
  revision: number | null
  signal: AbortSignal
}

export type Routes = { [K in EndpointName]?: (asked: Asked<K>) => Promise<CallResult<K>> }

const BY = { by: 'token:test of ada' }
const START = { ...BY, trigger: 'api' } as const

/** Answers every route that belongs to a method of Control from the control plane given. */
export function controlRoutes(control: Control): Routes {
  return {
    'GET /api/status': () => control.status(),
    'GET /api/jobs': ({ query }) => control.listJobs(query),
    'GET /api/jobs/{ref}/status': ({ params }) => control.getJob(params.ref),
    'POST /api/jobs/{ref}/run': ({ params }) => control.startJob(params.ref, START),
    'POST /api/jobs/{ref}/plan': ({ params, signal }) => control.previewPlan(params.ref, { signal }),
    'POST /api/jobs/{ref}/prepare': ({ params }) => control.startPreparation(params.ref, START),
    'POST /api/jobs/{ref}/prepare/plan': ({ params, signal }) =>
      control.previewPreparation(params.ref, { signal }),
    'POST /api/schedule/preview': async ({ body }) => ({
      times: await control.previewSchedule(body.schedule, body.count),
    }),
    'GET /api/schemas': async () => ({
      nodes: {},
      vaults: {},
      policies: {},
      notifications: {},
      jobs: {},
      kinds: await control.jobKinds(),
      phrases: {},
    }),
    ...runRoutes(control),
    ...pointRoutes(control),
    ...objectRoutes(control, 'nodes'),
    ...objectRoutes(control, 'vaults'),
    ...objectRoutes(control, 'policies'),
    ...objectRoutes(control, 'notifications'),
    ...jobObjectRoutes(control),
    ...systemRoutes(control),
  }
}

function runRoutes(control: Control): Routes {
  return {
    'GET /api/runs': ({ query }) => control.listRuns(query),
    'GET /api/runs/{ref}': ({ params, query }) => control.getRun(params.ref, query),
    'GET /api/runs/{ref}/steps': ({ params }) => control.listSteps(params.ref),
    'GET /api/runs/{ref}/log': ({ params, query }) => control.readLog(params.ref, query.after, query.limit),
    'POST /api/runs/{ref}/cancel': async ({ params: { ref } }) => {
      await control.cancelRun(ref, BY)
      return control.getRun(ref)
    },
    'POST /api/runs/{ref}/approve': async ({ params: { ref } }) => {
      await control.approveRun(ref, BY)
      return control.getRun(ref)
    },
    'POST /api/runs/{ref}/refuse': async ({ params: { ref } }) => {
      await control.refuseRun(ref, BY)
      return control.getRun(ref)
    },
  }
}

function pointRoutes(control: Control): Routes {
  return {
    'GET /api/restore-points': ({ query }) => control.listPoints(query),
    'GET /api/restore-points/{ref}': ({ params }) => control.getPoint(params.ref),
    'GET /api/restore-points/{ref}/entries': ({ params, query }) => control.listEntries(params.ref, query),
    'PUT /api/restore-points/{ref}/protected': async ({ params: { ref }, body }) => {
      await control.protectPoint(ref, body.protected, BY)
      return control.getPoint(ref)
    },
    'POST /api/restore-points/verify': ({ body }) => control.startVerify(body.points, body.level, START),
    'POST /api/restore-points/{ref}/restore': ({ params, body }) =>
      control.startRestore({ restorePointId: params.ref, ...body }, START),
    'POST /api/restore-points/{ref}/restore/plan': ({ params, body, signal }) =>
      control.previewRestore({ restorePointId: params.ref, ...body }, { signal }),
  }
}

/** The same routes for each kind; the compiler cannot follow a key that is put together. */
function objectRoutes(control: Control, kind: Exclude<ObjectKind, 'jobs'>): Routes {
  const routes: Record<string, (asked: Asked<'PUT /api/nodes/{ref}'>) => Promise<unknown>> = {
    [`GET /api/${kind}`]: ({ query }) => control.listObjects(kind, query ?? {}),
    [`POST /api/${kind}`]: ({ body }) => control.createObject(kind, body, BY),
    ...oneObjectRoutes(control, kind),
  }
  return routes as Routes
}

function jobObjectRoutes(control: Control): Routes {
  return {
    'POST /api/jobs': ({ body }) => control.createObject('jobs', body, BY),
    ...(oneObjectRoutes(control, 'jobs') as Routes),
  }
}

function oneObjectRoutes(
  control: Control,
  kind: ObjectKind,
): Record<string, (asked: Asked<'PUT /api/nodes/{ref}'>) => Promise<unknown>> {
  return {
    [`GET /api/${kind}/{ref}`]: ({ params }) => control.getObject(kind, params.ref),
    [`PUT /api/${kind}/{ref}`]: ({ params, body, revision }) =>
      control.replaceObject(kind, params.ref, body, { ...BY, revision }),
    [`DELETE /api/${kind}/{ref}`]: ({ params, revision }) =>
      control.deleteObject(kind, params.ref, { ...BY, revision }),
    [`GET /api/${kind}/{ref}/revisions`]: ({ params }) => control.listRevisions(kind, params.ref),
  }
}

function systemRoutes(control: Control): Routes {
  return {
    'GET /api/config': () => control.exportConfig(),
    'POST /api/config/check': ({ body }) => control.checkConfig(body.document),
    'POST /api/config/plan': ({ body }) => control.planConfig(body.document, body),
    'POST /api/config/apply': ({ body }) => control.applyConfig(body.document, { ...body, ...BY }),
    'GET /api/secrets': () => control.listSecrets(),
    'PUT /api/secrets/{name}': async ({ params, body }) => {
      await control.putSecret(params.name, body.value, BY)
      return undefined
    },
    'DELETE /api/secrets/{name}': async ({ params }) => {
      await control.deleteSecret(params.name, BY)
      return undefined
    },
    'POST /api/notifications/{ref}/test': ({ params }) => control.testNotification(params.ref, BY),
    'GET /api/deliveries': ({ query }) => control.listDeliveries(query),
    'GET /api/bay': () => control.listBay(),
    'POST /api/disks/{uuid}/start': ({ params }) => control.startByDisk(params.uuid, BY),
    'GET /api/locks': () => control.listLocks(),
    'POST /api/locks/acquire': async ({ body, signal }) => {
      await control.acquireLock({ ...body, signal })
      return undefined
    },
    'POST /api/locks/release': async ({ body }) => ({
      released: await control.releaseLock(body.name, body.holder),
    }),
    'POST /api/reindex': ({ body }) => control.reindex({ ...body, ...BY }),
    'GET /api/doctor': () => control.doctor(),
    'GET /api/audit': ({ query }) => control.listAudit(query),
  }
}
