import { setTimeout as pause } from 'node:timers/promises'
import { type Endpoint, HoldfastError } from '@holdfast/contract'
import { readAnswer } from './answer.ts'
import type { HttpAnswer, HttpRequest, SendRequest } from './http.ts'
import { networkError, wasNeverSent } from './network-error.ts'

export interface Sending {
  origin: string
  tries: number
  backOffMs: number
  send: SendRequest
}

/** Sends a request until it is answered, as often as it may be sent. Throws what the server told, or what hindered it. */
export async function sendAgain(
  request: HttpRequest,
  endpoint: Endpoint,
  { origin, tries, backOffMs, send }: Sending,
): Promise<{ answer: HttpAnswer; value: unknown }> {
  const isRepeatable = mayBeRepeated(request, endpoint)
  const giveUpAt = request.timeoutMs > 0 ? performance.now() + request.timeoutMs : Number.POSITIVE_INFINITY
  let failures = 0
  while (true) {
    try {
      const answer = await send(request)
      return { answer, value: readAnswer(answer, endpoint.response, origin) }
    } catch (thrown) {
      request.signal?.throwIfAborted()
      if (thrown instanceof HoldfastError) {
        // What was sent before a failure arrived after all and is still being worked on: its answer will come.
        const isUnderway = thrown.code === 'idempotency-conflict' && failures > 0
        if (!isUnderway || performance.now() > giveUpAt) throw thrown
      } else {
        failures += 1
        const error = networkError(thrown, origin)
        const mayRepeat = error.code === 'server-unreachable' && (isRepeatable || wasNeverSent(thrown))
        if (failures >= tries || !mayRepeat) throw error
      }
    }
    await pause(backOffMs * 3 ** (failures - 1), undefined, { signal: request.signal })
  }
}

/**
 * A GET changes nothing, and a POST bears a key by which the server knows it again. It keeps no keys for sign-ins and new
 * tokens, since it would have to keep secrets with them.
 */
function mayBeRepeated({ method }: HttpRequest, { permission }: Endpoint): boolean {
  if (method === 'POST') return permission !== 'account' && permission !== 'public'
  return method === 'GET'
}
