import { type Endpoint, HoldfastError } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'
import type { Call } from '../http/call.ts'

/**
 * The key under which requests of the same moment share one answer; null for a request that gets its own. Shared is what
 * depends on nothing but the address and what makes a `Control`, the nodes that somebody may see and whether they configure:
 * whether they may ask at all was decided before.
 */
export function sharingKey(endpoint: Endpoint, request: FastifyRequest): string | null {
  const { caller } = request
  if (request.method !== 'GET' || endpoint.limited !== 'filtered' || endpoint.stream || !caller) return null
  const { nodeIds, permissions } = caller
  return JSON.stringify([request.url, nodeIds?.toSorted() ?? null, permissions.includes('configure')])
}

const OF_ALL: ReadonlySet<unknown> = new Set(['control', 'params', 'query'])

/** A call of which a handler can see nothing that belongs to one of those who share its answer. */
export function withoutCaller(call: Call): Call {
  return new Proxy(call, {
    get(target, part) {
      if (OF_ALL.has(part)) return Reflect.get(target, part)
      throw new HoldfastError(
        'invariant-broken',
        `a shared answer depends on the ${String(part)} of one caller`,
      )
    },
  })
}
