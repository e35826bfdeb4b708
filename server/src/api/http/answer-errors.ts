import { randomBytes } from 'node:crypto'
import { asHoldfastError, HoldfastError } from '@holdfast/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../../kit/log.ts'
import { PROBLEM_TYPE, problemOf, refusedByServer } from './problem.ts'

/** Answers with a problem; what is a bug goes to the log with everything that is known. */
export function sendProblem(
  log: Logger,
  request: FastifyRequest,
  reply: FastifyReply,
  thrown: unknown,
  status?: number,
): FastifyReply {
  const refused = refusedByServer(thrown)
  const error = refused?.error ?? asHoldfastError(thrown)
  const reference = randomBytes(6).toString('hex')
  const answer = problemOf(error, reference, status ?? refused?.status)
  if (error.kind === 'bug') {
    const { method, routeOptions } = request
    log.error({ reference, method, route: routeOptions?.url, err: error.cause ?? error }, error.message)
  }
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .type(PROBLEM_TYPE)
    .serializer((body: unknown) => JSON.stringify(body))
    .send(answer.body)
}

/** Every error of the server, thrown wherever, ends here. */
export function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((thrown, request, reply) => sendProblem(log, request, reply, thrown))
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(app, request.url.split('?', 1)[0] ?? '')
    if (methods.length === 0) {
      const error = new HoldfastError('route-unknown', 'there is nothing at this address')
      return sendProblem(log, request, reply, error)
    }
    const error = new HoldfastError('route-unknown', `this address does not take ${request.method}`)
    return sendProblem(log, request, reply.header('allow', methods.join(', ')), error, 405)
  })
}

/** Methods of the API at a path, for a request that came with another one. */
function methodsAt(app: FastifyInstance, path: string): string[] {
  const segments = path.split('/')
  return app.routeTable
    .filter(({ url }) => {
      const own = url.split('/')
      return (
        url.startsWith('/api/') &&
        own.length === segments.length &&
        own.every((segment, index) => segment.startsWith(':') || segment === segments[index])
      )
    })
    .flatMap(({ method }) => method)
}
