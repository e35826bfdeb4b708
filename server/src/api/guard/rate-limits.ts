import { createHash } from 'node:crypto'
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

/** What a request bears to say who sends it. */
export interface Borne {
  value: string
  /** It has the form of one that could be good. */
  isInForm: boolean
}

/** Looks up who bears a credential, unless too many were no good before. */
export type CountGuesses = <Found>(
  request: FastifyRequest,
  /** Null when there is none worth looking up: counts as no good. */
  credential: Borne | null,
  lookUp: () => Promise<Found | null>,
) => Promise<Found | null>

export interface Counters extends Record<keyof Limits, CountRequest> {
  guesses: CountGuesses
  /** As many as `signIn`, counted apart: whoever guesses here keeps nobody from signing in. */
  ownToken: CountRequest
  /** A credential was given out just now, so its first use is no guess. */
  givenOut(value: string): void
}

/** Credentials that were good a moment ago. */
const MOST_KNOWN = 10_000

/** Counters that throw `rate-limited` with the seconds to wait. They live in memory: each server counts for itself. */
export async function rateLimits(app: FastifyInstance, limits: Limits): Promise<Counters> {
  await app.register(rateLimit, { global: false, cache: 20_000 })
  const counter = (max: number, key?: (request: FastifyRequest) => string): CountRequest => {
    const check = app.createRateLimit({ max, timeWindow: 60_000, ...(key && { keyGenerator: key }) })
    return async (request) => {
      const found = await check(request)
      if (found.isAllowed || !found.isExceeded) return
      throw tooMany(max, found.ttl)
    }
  }
  const known = new Set<string>()
  const inForm = guesses(app, limits.anonymous, known)
  const junk = guesses(app, limits.anonymous, known)
  return {
    caller: counter(limits.caller, ({ caller }) => `${caller?.user.id} ${caller?.via.id}`),
    anonymous: counter(limits.anonymous),
    signIn: counter(limits.signIn),
    ownToken: counter(limits.signIn),
    // Counted apart: junk from an address stops nobody there whose credential may be good.
    guesses: (request, credential, lookUp) =>
      (credential?.isInForm ? inForm : junk)(request, credential, lookUp),
    givenOut: (value) => remember(known, digestOf(value)),
  }
}

/**
 * Only what turns out to be no good is counted, but before that costs a question to the database. Whoever was let in a
 * moment ago is never stopped by what others do from the same address.
 */
function guesses(app: FastifyInstance, max: number, known: Set<string>): CountGuesses {
  const check = app.createRateLimit({ max, timeWindow: 60_000 })
  const asking = new Map<string, number>()
  return async (request, credential, lookUp) => {
    const digest = credential === null ? '' : digestOf(credential.value)
    if (known.has(digest)) {
      const found = await lookUp()
      known.delete(digest)
      if (found === null) await check(request)
      else known.add(digest)
      return found
    }
    const before = await check(request, { increment: false })
    const { key } = before
    const now = asking.get(key) ?? 0
    if (!before.isAllowed && before.remaining <= now) throw tooMany(max, before.ttl)
    asking.set(key, now + 1)
    try {
      const found = await lookUp()
      if (found === null) await check(request)
      else remember(known, digest)
      return found
    } finally {
      const left = (asking.get(key) ?? 1) - 1
      if (left > 0) asking.set(key, left)
      else asking.delete(key)
    }
  }
}

function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('base64')
}

/** The one used longest ago makes room. */
function remember(known: Set<string>, digest: string): void {
  known.add(digest)
  for (const oldest of known) {
    if (known.size <= MOST_KNOWN) return
    known.delete(oldest)
  }
}

function tooMany(max: number, ttlMs: number): HoldfastError {
  return new HoldfastError('rate-limited', `more than ${max} requests in one minute`, {
    details: { retryAfterSeconds: Math.max(1, Math.ceil(ttlMs / 1000)) },
  })
}
