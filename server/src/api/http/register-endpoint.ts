import { once as onceEvent } from 'node:events'
import { Readable } from 'node:stream'
import { type Endpoint, type EndpointKey, HoldfastError, methodAndPath } from '@holdfast/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../access/access.ts'
import { clearSessionCookie, isHttps, originOf, setSessionCookie } from '../guard/credentials.ts'
import type { ServerDeps } from '../server-deps.ts'
import { sharingKey, withoutCaller } from '../sharing/shared-answers.ts'
import type { SharedReads } from '../sharing/shared-reads.ts'
import type { Call, Handler, Rule } from './call.ts'
import { etagOf, isKnown, revisionOf } from './etags.ts'
import { idempotencyKey, once, type Prepared } from './idempotency.ts'
import { bodyLimitOf } from './json-body.ts'
import { parseInput } from './parse-input.ts'

/** What every endpoint is registered with: the parts of the server, the signal of its end, answers that several get. */
export interface Registration {
  deps: ServerDeps
  closing: AbortSignal
  shared: SharedReads
}

/** Turns one endpoint of the contract into a route: its rule, its checks, its handler, its answer. */
export function registerEndpoint(
  app: FastifyInstance,
  registration: Registration,
  key: EndpointKey,
  endpoint: Endpoint,
  handler: Handler,
): void {
  const { method, path } = methodAndPath(key)
  const { id, permission, limited, tokenToo, ownToken } = endpoint
  const rule: Rule = { id, permission, limited, ...(tokenToo && { tokenToo }), ...(ownToken && { ownToken }) }
  app.route({
    method,
    url: path.replace(/\{(\w+)\}/g, ':$1'),
    bodyLimit: bodyLimitOf(endpoint, path),
    config: { rule, beforeSetup: path === '/api/setup', unlimited: endpoint.stream === 'events' },
    handler: (request, reply) => serve(registration, endpoint, handler, request, reply),
  })
}

async function serve(
  { deps, closing, shared }: Registration,
  endpoint: Endpoint,
  handler: Handler,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const input = parseInput(endpoint, request)
  const call = callOf(deps, closing, endpoint, input, request, reply)
  const share = sharingKey(endpoint, request)
  const asked = share === null ? call : withoutCaller(call)
  const answered = () => handler(asked).catch((thrown: unknown) => Promise.reject(interrupted(call, thrown)))
  if (endpoint.stream) return stream(endpoint, await answered(), reply)
  const work = async () => prepare(endpoint, await answered(), request)
  const key = idempotencyKey(endpoint, request)
  const owner = request.caller?.user.id
  const answer =
    share !== null
      ? await shared.share(share, work)
      : key === null || owner === undefined
        ? await work()
        : await once({ store: deps.idempotency, log: deps.log, owner, key, request }, work)
  reply.headers(answer.headers)
  const etag = answer.headers.etag
  if (etag !== undefined && isKnown(request, etag)) return reply.code(304).removeHeader('content-type').send()
  if (answer.status === 204) return reply.code(204).send()
  return reply.code(answer.status).serializer(String).send(answer.body)
}

function callOf(
  deps: ServerDeps,
  closing: AbortSignal,
  endpoint: Endpoint,
  input: { params: unknown; query: unknown; body: unknown },
  request: FastifyRequest,
  reply: FastifyReply,
): Call {
  const { caller } = request
  const isSecure = isHttps(request, deps.publicUrl)
  let signal: AbortSignal | undefined
  const call = {
    ...input,
    caller,
    control: deps.controlFor(
      endpoint.limited === 'filtered' ? (caller?.nodeIds ?? null) : null,
      caller?.permissions.includes('configure') ?? false,
    ),
    start: { by: caller?.by ?? 'nobody', trigger: caller?.via.kind === 'token' ? 'api' : 'manual' },
    revision: revisionOf(endpoint, request),
    origin: originOf(request),
    get signal() {
      signal ??= AbortSignal.any([closing, whenGone(reply)])
      return signal
    },
    signIn: (session) => {
      request.server.credentialGivenOut(session.cookie)
      setSessionCookie(reply, isSecure, session)
    },
    givenOut: (credential) => request.server.credentialGivenOut(credential),
    signOut: () => clearSessionCookie(reply, isSecure),
    request,
    reply,
  } satisfies Omit<Call, 'params' | 'query' | 'body' | 'caller'> & { caller: Caller | null }
  // The guard lets nobody without a caller through to an endpoint that is not public: the type of `caller` holds.
  return call as unknown as Call
}

/** What a handler throws because nobody waits for it any more is no mistake of ours. */
function interrupted(call: Call, thrown: unknown): unknown {
  const isAbort = thrown instanceof Error && thrown.name === 'AbortError' && call.signal.aborted
  return isAbort
    ? new HoldfastError('wait-canceled', 'the client went away, or the server is closing')
    : thrown
}

function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  onceEvent(reply.raw, 'close').then(
    () => gone.abort(),
    () => gone.abort(),
  )
  return gone.signal
}

function stream(endpoint: Endpoint, answer: unknown, reply: FastifyReply): FastifyReply {
  if (!(answer instanceof Readable)) return reply
  if (endpoint.stream === 'file') return reply.send(answer)
  const type = endpoint.stream === 'events' ? 'text/event-stream' : 'text/plain; charset=utf-8'
  return reply.type(type).send(answer)
}

/** Only what the schema describes goes out. An answer that does not fit is a bug of ours, never shown in part. */
function prepare(endpoint: Endpoint, answer: unknown, request: FastifyRequest): Prepared {
  if (endpoint.response === null) return { status: 204, headers: {}, body: '' }
  const checked = endpoint.response.safeParse(answer)
  if (!checked.success) {
    const places = checked.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`)
    throw new HoldfastError(
      'invariant-broken',
      `the answer of ${endpoint.id} does not fit: ${places.join(', ')}`,
    )
  }
  const { data } = checked
  return {
    status: endpoint.status ?? 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(endpoint.etag && { etag: etagOf(numberOf(data, 'revision')) }),
      ...nextLink(data, request),
    },
    body: JSON.stringify(data),
  }
}

function numberOf(data: unknown, key: string): number {
  const value = (data as Record<string, unknown>)[key]
  if (typeof value === 'number') return value
  throw new HoldfastError('invariant-broken', `an answer with an ETag has no ${key}`)
}

/** The following page as a link, beside `next` in the answer. */
function nextLink(data: unknown, request: FastifyRequest): Record<string, string> {
  const next =
    data !== null && typeof data === 'object' && 'items' in data && 'next' in data ? data.next : null
  if (typeof next !== 'string') return {}
  const url = new URL(request.url, 'http://localhost')
  url.searchParams.set('after', next)
  return { link: `<${url.pathname}${url.search}>; rel="next"` }
}
