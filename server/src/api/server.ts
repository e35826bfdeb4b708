import cookie from '@fastify/cookie'
import { type Endpoints, HoldfastError } from '@holdfast/contract'
import Fastify, { type FastifyInstance } from 'fastify'
import { installGuard, requireRules } from './guard/guard.ts'
import { isStillAllowed } from './guard/still-allowed.ts'
import { answerErrors, sendProblem } from './http/answer-errors.ts'
import { BODY_LIMIT, takeJsonBodies } from './http/json-body.ts'
import { registerEndpoint } from './http/register-endpoint.ts'
import { logRequests } from './http/request-log.ts'
import { type HeadersFor, securityHeaders } from './http/security-headers.ts'
import { serveWebFiles } from './http/web-files.ts'
import { followRoutes } from './live/follow-routes.ts'
import { registerMetrics } from './metrics/register-metrics.ts'
import { serveDocs } from './openapi/docs-page.ts'
import { openApiDocument } from './openapi/document.ts'
import { allRoutes } from './routes/handlers.ts'
import type { ServerDeps } from './server-deps.ts'
import { SharedReads } from './sharing/shared-reads.ts'

/** Requests that are still going on when the server closes get this long. */
const CLOSE_MS = 5000

/** The whole HTTP server, ready to listen ({@link listen}) or to be asked in a test. */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const headersFor = await securityHeaders(deps.publicUrl)
  const app = createApp(deps, headersFor)
  app.decorate('routeTable', [])
  requireRules(app)
  answerErrors(app, deps.log)
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersFor(request))
  })
  takeJsonBodies(app)
  await installGuard(app, deps)
  logRequests(app, deps.log)
  const { isReady, log, version, metrics: source } = deps
  registerMetrics(app, { source, isReady, log, version })

  const follow = followRoutes({
    changes: deps.changes,
    reader: deps.controlFor(null, false),
    log: deps.log,
    isStillAllowed: (_request, caller) => isStillAllowed(deps.access, caller, deps.now()),
  })
  const closing = new AbortController()
  closeWithin(app, CLOSE_MS, async () => {
    closing.abort()
    await follow[Symbol.asyncDispose]()
  })

  const registration = { deps, closing: closing.signal, shared: new SharedReads() }
  const described: Endpoints = {}
  for (const [key, { endpoint, handler }] of allRoutes(deps, follow)) {
    registerEndpoint(app, registration, key, endpoint, handler)
    described[key] = endpoint
  }
  await serveDocs(app, openApiDocument(described, deps.version))
  if (deps.webRoot !== null) await serveWebFiles(app, deps.webRoot)
  return app
}

function createApp({ trustProxy, tls, log }: ServerDeps, headersFor: HeadersFor): FastifyInstance {
  try {
    return Fastify({
      ...(tls && { https: { cert: tls.cert, key: tls.key, minVersion: 'TLSv1.2' } }),
      trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
      bodyLimit: BODY_LIMIT,
      exposeHeadRoutes: false,
      routerOptions: { maxParamLength: 2000 },
      requestTimeout: 60_000,
      forceCloseConnections: 'idle',
      frameworkErrors: (error, request, reply) => {
        sendProblem(log, request, reply.headers(headersFor(request)), error)
      },
    }) as unknown as FastifyInstance
  } catch (error) {
    throw new HoldfastError(
      'environment-invalid',
      'HOLDFAST_TRUSTED_PROXIES or the TLS files cannot be used',
      {
        cause: error,
      },
    )
  }
}

function closeWithin(app: FastifyInstance, graceMs: number, begin: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), graceMs)
    await begin()
  })
  app.addHook('onClose', async () => clearTimeout(timer))
}
