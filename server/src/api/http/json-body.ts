import { type Endpoint, HoldfastError } from '@holdfast/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Bytes of a request body; a whole configuration may be larger. */
export const BODY_LIMIT = 1024 ** 2
const CONFIG_BODY_LIMIT = 8 * 1024 ** 2
/** What people say about themselves is short, and much of it is read before anybody is known. */
const ACCOUNT_BODY_LIMIT = 16 * 1024

export function bodyLimitOf({ permission }: Endpoint, path: string): number {
  if (permission === 'public' || permission === 'account') return ACCOUNT_BODY_LIMIT
  return path.startsWith('/api/config/') ? CONFIG_BODY_LIMIT : BODY_LIMIT
}

/** Takes JSON and nothing else: a form of a foreign page cannot even be sent as such without the browser asking first. */
export function takeJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.decorateRequest('rawBody', '')
  const parse = async (request: FastifyRequest, text: string) => {
    request.rawBody = text
    if (text === '') return undefined
    try {
      return withoutPrototypes(JSON.parse(text))
    } catch {
      throw new HoldfastError('request-invalid', 'the body is not well-formed JSON')
    }
  }
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parse)
}

/** `__proto__` as a key is never meant well, and deep nesting is there to exhaust the stack. */
function withoutPrototypes(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth > 100) throw new HoldfastError('request-invalid', 'the body is nested too deeply')
  if (Object.hasOwn(value, '__proto__')) throw new HoldfastError('request-invalid', 'the key is reserved')
  for (const item of Object.values(value)) withoutPrototypes(item, depth + 1)
  return value
}
