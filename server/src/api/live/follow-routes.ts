import type { ENDPOINTS } from '@holdfast/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../access/access.ts'
import type { Handlers } from '../http/call.ts'
import { type HubOptions, LiveHub, type StreamRequest } from './hub.ts'

export interface FollowDeps extends HubOptions {
  /**
   * Whether the session or token is still good, and its user still has the role and nodes that `caller` had. Asked every
   * 15 s for each session with an open stream, so it must not count as use of the session.
   */
  isStillAllowed(request: FastifyRequest, caller: Caller): Promise<boolean>
}

type StreamEndpoints = Pick<typeof ENDPOINTS, 'GET /api/events' | 'GET /api/runs/{ref}/events'>

export interface FollowRoutes extends AsyncDisposable {
  readonly handlers: Handlers<StreamEndpoints>
  /** Streams that are open now. */
  readonly size: number
}

/**
 * Handlers of the routes that stream. Dispose of it in the `preClose` hook: a server that closes waits for its streams.
 */
export function followRoutes(deps: FollowDeps): FollowRoutes {
  const hub = new LiveHub(deps)
  const streamRequest = (request: FastifyRequest, reply: FastifyReply, caller: Caller): StreamRequest => ({
    response: reply.raw,
    headers: headersOf(reply),
    userId: caller.user.id,
    accessKey: caller.via.id,
    isStillAllowed: () => deps.isStillAllowed(request, caller),
  })
  return {
    handlers: {
      async 'GET /api/events'({ request, reply, caller }) {
        await hub.followChanges(streamRequest(request, reply, caller), caller.nodeIds)
        return reply.hijack()
      },

      async 'GET /api/runs/{ref}/events'({ request, reply, caller, control, params, query }) {
        // Finding the run through the caller's own view is the check of rights.
        const { id } = await control.getRun(params.ref)
        const after = lastEventId(request) ?? query.after
        const changes = query.changes === 'true' ? { nodeIds: caller.nodeIds } : null
        await hub.followRun(streamRequest(request, reply, caller), { runId: id, after, changes })
        return reply.hijack()
      },
    },
    get size() {
      return hub.size
    },
    [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
  }
}

/** Where an EventSource that comes back goes on; it asks for the same address again. */
function lastEventId(request: FastifyRequest): number | null {
  const header = request.headers['last-event-id']
  return typeof header === 'string' && /^(-1|\d{1,12})$/.test(header) ? Number(header) : null
}

/** What hooks have set: headers for security hold for streams as well. */
function headersOf(reply: FastifyReply): StreamRequest['headers'] {
  const headers = Object.entries(reply.getHeaders()).filter(
    (entry): entry is [string, string | number | string[]] => entry[1] !== undefined,
  )
  return Object.fromEntries(headers)
}
