import type { runEndpoints } from '@holdfast/contract'
import type { Handlers } from '../http/call.ts'
import { logText } from './log-text.ts'
import { reportFile } from './report-file.ts'

export function runRoutes(): Omit<Handlers<typeof runEndpoints>, 'GET /api/runs/{ref}/events'> {
  return {
    'GET /api/runs': ({ control, query }) => control.listRuns(query),
    'GET /api/runs/{ref}': ({ control, params, query }) => control.getRun(params.ref, query),
    'GET /api/runs/{ref}/report': async ({ control, params, query, reply }) =>
      reportFile(await control.getRun(params.ref), query.format, reply),
    'GET /api/runs/{ref}/steps': ({ control, params }) => control.listSteps(params.ref),
    'GET /api/runs/{ref}/log': ({ control, params, query }) =>
      control.readLog(params.ref, query.after, query.limit),
    'GET /api/runs/{ref}/log.txt': async ({ control, params, reply, signal }) => {
      const { id } = await control.getRun(params.ref)
      reply.header('content-disposition', `attachment; filename="${id}.log"`)
      return logText(control, id, signal)
    },
    'POST /api/runs/{ref}/cancel': async ({ control, params, start }) => {
      await control.cancelRun(params.ref, { by: start.by })
      return control.getRun(params.ref)
    },
    'POST /api/runs/{ref}/approve': async ({ control, params, start }) => {
      await control.approveRun(params.ref, { by: start.by })
      return control.getRun(params.ref)
    },
    'POST /api/runs/{ref}/refuse': async ({ control, params, start }) => {
      await control.refuseRun(params.ref, { by: start.by })
      return control.getRun(params.ref)
    },
  }
}
