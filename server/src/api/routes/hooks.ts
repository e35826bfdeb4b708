import { HoldfastError, type hookEndpoints } from '@holdfast/contract'
import { bearerToken } from '../guard/credentials.ts'
import type { Answer, Call, Handlers } from '../http/call.ts'
import type { ServerDeps } from '../server-deps.ts'

type HookEndpoint = (typeof hookEndpoints)[keyof typeof hookEndpoints]
type HookCall = Pick<Call<HookEndpoint>, 'query' | 'control' | 'request' | 'reply'>

/** Starting a job by an address. Whoever calls proves nothing but the token: a cookie is never looked at. */
export function hookRoutes(
  deps: Pick<ServerDeps, 'startHooks' | 'publicUrl'>,
): Handlers<typeof hookEndpoints> {
  const startBy = async (name: string, call: HookCall): Promise<Answer<HookEndpoint>> => {
    const { query, control, request, reply } = call
    reply.header('cache-control', 'no-store')
    // A header decides alone, so that a bad one is never made good by the address.
    const token = request.headers.authorization === undefined ? query.token : bearerToken(request)
    const jobId = token ? await deps.startHooks.jobOf(name, token) : null
    if (jobId === null) {
      throw new HoldfastError('hook-refused', 'there is no such start address, or the token is wrong')
    }
    const run = await control.startJob(jobId, { by: `hook:${name}`, trigger: 'api' })
    return { runId: run.id, page: `${deps.publicUrl ?? ''}/runs/${run.id}` }
  }
  return {
    'POST /api/hooks/{name}': (call) => startBy(call.params.name, call),
    'POST /copy': (call) => startBy('copy', call),
    'GET /copy': (call) => startBy('copy', call),
  }
}
