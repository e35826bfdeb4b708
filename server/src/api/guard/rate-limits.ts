import rateLimit from '@fastify/rate-limit'
import { HoldfastError } from '@holdfast/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Requests a minute. */
export interface Limits {
  /** Of one user or token. */
  caller: number
  /** Of one address (IPv6: one /64 network) that is not signed in. */
  anonymous: number
  /** Attempts to sign in from one address; accounts and addresses are slowed down beyond that by the access rules. */
  signIn: number
}

export const DEFAULT_LIMITS: Limits = { caller: 30_000, anonymous: 300, signIn: 30 }

export type CountRequest = (request: FastifyRequest) => Promise<void>

/** Counters that throw `rate-limited` with the seconds to wait. They live in memory: each server counts for itself. */
export async function rateLimits(
  app: FastifyInstance,
  limits: Limits,
): Promise<Record<keyof Limits, CountRequest>> {
  await app.register(rateLimit, { global: false, cache: 20_000 })
  const counter = (max: number, key?: (request: FastifyRequest) => string): CountRequest => {
    const check = app.createRateLimit({ max, timeWindow: 60_000, ...(key && { keyGenerator: key }) })
    return async (request) => {
      const found = await check(request)
      if (found.isAllowed || !found.isExceeded) return
      throw new HoldfastError('rate-limited', `more than ${max} requests in one minute`, {
        details: { retryAfterSeconds: Math.max(1, Math.ceil(found.ttl / 1000)) },
      })
    }
  }
  return {
    caller: counter(limits.caller, ({ caller }) => `${caller?.user.id} ${caller?.via.id}`),
    anonymous: counter(limits.anonymous),
    signIn: counter(limits.signIn),
  }
}
