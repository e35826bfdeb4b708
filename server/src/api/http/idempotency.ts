import { createHash } from 'node:crypto'
import { asHoldfastError, type Endpoint, HoldfastError } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Logger } from '../../kit/log.ts'
import type { IdempotencyStore } from '../ports.ts'
import { PROBLEM_TYPE, problemOf, statusOf } from './problem.ts'

/** An answer whose every byte is known. */
export interface Prepared {
  status: number
  headers: Record<string, string>
  body: string
}

/** Answers that a repetition may change: who asks, what is held at the moment, how many ask. */
const NOT_KEPT = new Set([401, 403, 409, 429])

/**
 * The key under which a POST is made only once; null without one. Not for requests or answers that hold a secret
 * (passwords, the value of a new token), of which nothing may be kept, nor for those that change nothing.
 */
export function idempotencyKey(endpoint: Endpoint, request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined || request.method !== 'POST' || !isKept(endpoint)) return null
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key
  throw new HoldfastError('request-invalid', 'the Idempotency-Key has other characters or is too long', {
    hint: 'Use 1 to 200 visible ASCII characters, such as a UUID.',
  })
}

function isKept(endpoint: Endpoint): boolean {
  return !holdsSecret(endpoint) && !endpoint.stream && !endpoint.onlyAsks
}

function holdsSecret({ permission, body }: Endpoint): boolean {
  return (
    permission === 'account' ||
    permission === 'public' ||
    (body instanceof z.ZodObject && 'password' in body.shape)
  )
}

export interface Keyed {
  store: IdempotencyStore
  log: Logger
  owner: string
  key: string
  request: FastifyRequest
}

/** Does the work at most once for a key, and answers each repetition with what came of the first request. */
export async function once(keyed: Keyed, work: () => Promise<Prepared>): Promise<Prepared> {
  const { store, owner, key, request } = keyed
  const hash = requestHash(request)
  const found = await store.begin(owner, key, hash)
  if (found.state === 'answered') {
    const { status, headers, body } = found
    return { status, headers: { ...headers, 'idempotency-replayed': 'true' }, body }
  }
  if (found.state === 'busy') {
    throw new HoldfastError(
      'idempotency-conflict',
      'the first request with this key is still being worked on',
      {
        details: { retryAfterSeconds: 1 },
      },
    )
  }
  if (found.state === 'other') {
    throw new HoldfastError('idempotency-conflict', 'the key was used for another request before', {
      hint: 'Use a new key for a new request.',
    })
  }
  try {
    const answer = await work()
    await settle(keyed, hash, answer)
    return answer
  } catch (thrown) {
    await settle(keyed, hash, refusal(thrown))
    throw thrown
  }
}

/** What is kept of an error; null when a repetition is to be tried anew. */
function refusal(thrown: unknown): Prepared | null {
  const error = asHoldfastError(thrown)
  const status = statusOf(error.code)
  if (status < 400 || status > 498 || NOT_KEPT.has(status)) return null
  const { headers, body } = problemOf(error, '')
  return { status, headers: { ...headers, 'content-type': PROBLEM_TYPE }, body: JSON.stringify(body) }
}

/** The work is done by now: a store that fails here must not make it look undone. */
async function settle(
  { store, log, owner, key }: Keyed,
  hash: Buffer,
  answer: Prepared | null,
): Promise<void> {
  try {
    if (answer === null) await store.forget(owner, key, hash)
    else await store.answer(owner, key, hash, answer)
  } catch (error) {
    log.warn({ err: error }, 'the answer to a request with an idempotency key could not be kept')
  }
}

/** With what the caller may do and see: an answer is not repeated to somebody who has fewer rights by now. */
function requestHash({ method, url, rawBody, caller }: FastifyRequest): Buffer {
  const rights = JSON.stringify([caller?.permissions.toSorted(), caller?.nodeIds?.toSorted() ?? null])
  return createHash('sha256').update(`${method} ${url}\n${rights}\n`).update(rawBody).digest()
}
