import { HoldfastError, type NotificationSpec, type SecretReference } from '@holdfast/contract'
import { canceledError, throwIfCanceled } from '../kit/exec.ts'
import { mailEvent } from './mail.ts'
import type { ReceiverRules } from './receiver-address.ts'
import type { NotifyEvent } from './run-event.ts'
import { postEvent } from './webhook.ts'

const TIME_LIMIT_MS = 30_000

export interface DeliveryDeps {
  /**
   * The value, with where it is sent (see `destinationOf`); null for an address itself. Throws `secret-unavailable`,
   * `secret-key-missing`, `secret-bound`.
   */
  readonly resolveSecret: (reference: SecretReference, destination: string | null) => Promise<string>
  readonly receivers: ReceiverRules
  readonly signal: AbortSignal
  /** Longest time one delivery may take, in milliseconds; 30 s without it. */
  readonly timeLimitMs?: number
}

/**
 * Tells one notification of one event, once: whether it wants the event, and trying again, are the caller's business.
 * Resolves when the receiver has taken the message. Delivery is at least once: a connection that breaks after the
 * receiver took it counts as failed. Throws HoldfastError only, and its kind says what to do:
 * - `notification-unreachable`: try again later
 * - `notification-refused`, `secret-unavailable`, `secret-key-missing`, `secret-bound`, `config-unreadable`, `config-invalid`: somebody must act first
 * - what `signal` was fired with, when that ended it
 *
 * No error holds a secret, nor more of a webhook's address than scheme, host and port.
 */
export async function deliver(spec: NotificationSpec, event: NotifyEvent, deps: DeliveryDeps): Promise<void> {
  const { resolveSecret, timeLimitMs = TIME_LIMIT_MS } = deps
  throwIfCanceled(deps.signal)
  const timeLimit = AbortSignal.timeout(timeLimitMs)
  const signal = AbortSignal.any([deps.signal, timeLimit])
  try {
    if (spec.kind === 'mail') await mailEvent(spec, event, resolveSecret, signal)
    else await postEvent(spec, event, deps, signal)
  } catch (error) {
    if (deps.signal.aborted) throw canceledError(deps.signal)
    if (timeLimit.aborted) {
      throw new HoldfastError(
        'notification-unreachable',
        `the receiver of notification "${spec.name}" did not finish within ${timeLimitMs / 1000} s`,
        { details: { reason: 'timeout' } },
      )
    }
    throw error
  }
}
