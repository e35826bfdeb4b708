import type { systemEndpoints } from '@holdfast/contract'
import type { Handlers } from '../http/call.ts'
import { getSchemas } from '../schemas/get-schemas.ts'
import type { ServerDeps } from '../server-deps.ts'

export function systemRoutes({
  kinds,
  phrases,
}: Pick<ServerDeps, 'kinds' | 'phrases'>): Omit<Handlers<typeof systemEndpoints>, 'GET /api/events'> {
  const textsOf = (kind: string) => kinds.find((served) => served.kind === kind)?.texts
  return {
    'GET /api/status': ({ control }) => control.status(),
    'GET /api/schemas': async ({ control, query }) =>
      getSchemas(await control.jobKinds(), query.language, { textsOf, phrases }),
    'GET /api/config': ({ control }) => control.exportConfig(),
    'POST /api/config/check': ({ control, body }) => control.checkConfig(body.document),
    'POST /api/config/plan': ({ control, body }) => control.planConfig(body.document, { prune: body.prune }),
    'POST /api/config/apply': ({ control, body, start }) =>
      control.applyConfig(body.document, { prune: body.prune, fingerprint: body.fingerprint, by: start.by }),
    'GET /api/secrets': ({ control }) => control.listSecrets(),
    'PUT /api/secrets/{name}': ({ control, params, body, start }) =>
      control.putSecret(params.name, body.value, { by: start.by }),
    'DELETE /api/secrets/{name}': ({ control, params, start }) =>
      control.deleteSecret(params.name, { by: start.by }),
    'POST /api/notifications/{ref}/test': ({ control, params, start }) =>
      control.testNotification(params.ref, { by: start.by }),
    'GET /api/deliveries': ({ control, query }) => control.listDeliveries(query),
    'GET /api/bay': ({ control }) => control.listBay(),
    'POST /api/disks/{uuid}/start': ({ control, params, start }) =>
      control.startByDisk(params.uuid, { by: start.by }),
    'GET /api/locks': ({ control }) => control.listLocks(),
    'POST /api/locks/acquire': ({ control, body, signal, start }) =>
      control.acquireLock({ ...body, signal, by: start.by }),
    'POST /api/locks/release': async ({ control, body, start }) => ({
      released: await control.releaseLock(body.name, body.holder, start.by),
    }),
    'POST /api/reindex': ({ control, body, start }) => control.reindex({ ...body, by: start.by }),
    'GET /api/doctor': ({ control }) => control.doctor(),
    'GET /api/audit': ({ control, query }) => control.listAudit(query),
  }
}
