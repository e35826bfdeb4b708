import { HoldfastError } from '@holdfast/contract'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Logger } from '../../kit/log.ts'
import { sendProblem } from '../http/answer-errors.ts'
import { OPEN_PAGE } from '../http/call.ts'
import type { MetricsSource } from '../ports.ts'
import { timeRequests } from './http-metrics.ts'
import { productMetrics } from './product-metrics.ts'

export interface MetricsDeps {
  source: MetricsSource
  /** Whether the database answers and has its schema; asked at most once a second. */
  isReady(): Promise<boolean>
  log: Logger
  version: string
}

const READY_MS = 3000
const ASKED_AGAIN_MS = 1000

/**
 * `/metrics` for Prometheus, behind the permission `metrics`; `/healthz` and `/readyz` for everybody, which tell nothing
 * but yes or no. To be called before the routes that it shall time.
 */
export function registerMetrics(app: FastifyInstance, deps: MetricsDeps): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const product = productMetrics(registry)
  const build = new Gauge({
    name: 'holdfast_build_info',
    help: 'Always 1; the version is in the label',
    labelNames: ['version'],
    registers: [registry],
  })
  build.set({ version: deps.version }, 1)
  timeRequests(app, registry)

  const rule = { id: 'metrics', permission: 'metrics', limited: 'refused' } as const
  app.get('/metrics', { config: { rule, unlimited: true } }, async (_request, reply) => {
    try {
      product.fill(await deps.source.read())
    } catch (error) {
      deps.log.warn({ reason: String(error) }, 'the numbers for the metrics cannot be read')
      product.clear()
    }
    return reply.type(registry.contentType).send(await registry.metrics())
  })

  const probe = { config: { rule: OPEN_PAGE, unlimited: true, beforeSetup: true } }
  app.get('/healthz', probe, async (_request, reply) => reply.type('text/plain').send('ok\n'))

  const isReady = askedRarely(deps.isReady)
  app.get('/readyz', probe, async (request, reply) => {
    if (!(await isReady())) {
      const error = new HoldfastError('database-unreachable', 'the server is not ready')
      return sendProblem(deps.log, request, reply, error, 503)
    }
    return reply.type('text/plain').send('ok\n')
  })
}

/** Anybody may ask: the database is not asked more often for it. */
function askedRarely(ask: () => Promise<boolean>): () => Promise<boolean> {
  let last: { at: number; answer: Promise<boolean> } | null = null
  return () => {
    const now = performance.now()
    if (!last || now - last.at > ASKED_AGAIN_MS) {
      const limit = new Promise<boolean>((resolve) => setTimeout(resolve, READY_MS, false).unref())
      last = { at: now, answer: Promise.race([ask().catch(() => false), limit]) }
    }
    return last.answer
  }
}
