import type { FastifyInstance } from 'fastify'
import type { Logger } from '../../kit/log.ts'
import { isUnsafe } from '../guard/same-origin.ts'

/** One line for each request: never its query, body or headers, which may hold secrets. */
export function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, caller, routeOptions } = request
    const { statusCode: status } = reply
    const fields = {
      method,
      route: request.is404 ? null : routeOptions.url,
      status,
      durationMs: Math.round(reply.elapsedTime),
      by: caller?.by ?? null,
      address: request.ip,
    }
    if (isUnsafe(method) || status >= 400) log.info(fields, 'request')
    else log.debug(fields, 'request')
  })
}
