import type { pointEndpoints } from '@holdfast/contract'
import type { Handlers } from '../http/call.ts'

export function pointRoutes(): Handlers<typeof pointEndpoints> {
  return {
    'GET /api/restore-points': ({ control, query }) => control.listPoints(query),
    'GET /api/restore-points/{ref}': ({ control, params }) => control.getPoint(params.ref),
    'GET /api/restore-points/{ref}/entries': ({ control, params, query }) =>
      control.listEntries(params.ref, query),
    'PUT /api/restore-points/{ref}/protected': async ({ control, params, body, start }) => {
      await control.protectPoint(params.ref, body.protected, { by: start.by })
      return control.getPoint(params.ref)
    },
    'POST /api/restore-points/verify': ({ control, body, start }) =>
      control.startVerify(body.points, body.level, start),
    'POST /api/restore-points/{ref}/restore': ({ control, params, body, start }) =>
      control.startRestore({ restorePointId: params.ref, ...body }, start),
    'POST /api/restore-points/{ref}/restore/plan': ({ control, params, body }) =>
      control.previewRestore({ restorePointId: params.ref, ...body }),
  }
}
