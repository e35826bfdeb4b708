import {
  asHoldfastError,
  type Delivery,
  type HoldfastError,
  type LockTimeout,
  type NotificationSpec,
  type NotifiedRunEvent,
  type OverdueDisk,
  type Told,
} from '@holdfast/contract'
import { publicRun } from '../control/queries.ts'
import type { EngineDeps } from '../deps.ts'
import type { NotificationMessage, PartSent, StoredDelivery } from '../ports.ts'
import { gatherDigest } from '../upkeep/gather-digest.ts'
import { logToSend, takesLog } from './log-to-send.ts'

/** The queue tries as often, with growing pauses, for about a day. */
export const MOST_ATTEMPTS = 13
/** A try takes half a minute at most: what waits for longer without a message has lost it. */
const LOST_AFTER_MS = 180_000

/** Tries one delivery. Throws when a later try may help, so that the queue brings the message again. */
export async function tell(deps: EngineDeps, { deliveryId }: NotificationMessage): Promise<void> {
  const { store, log } = deps
  const delivery = await store.deliveries.begin(deliveryId, deps.now())
  if (!delivery) return
  const spec = await store.objects.notification(delivery.notificationId)
  const told = spec && (await whatIsTold(deps, delivery, spec))
  if (!told) {
    const problem = spec ? 'the run is forgotten' : 'the notification was deleted or switched off'
    await store.deliveries.end(delivery.id, 'failed', problem)
    return
  }
  const error = await failureOf(deps, narrowed(spec, delivery.part), told)
  if (!error) {
    const refused = delivery.part?.refused ?? null
    await store.deliveries.end(delivery.id, refused === null ? 'sent' : 'failed', refused)
    return
  }
  const isLast = error.kind !== 'unreachable' || delivery.attempts >= MOST_ATTEMPTS
  const part = partOf(error, delivery.part)
  await store.deliveries.end(delivery.id, isLast ? 'failed' : 'waiting', problemText(error), part)
  const { id, runId, attempts } = delivery
  const facts = {
    notification: spec.name,
    deliveryId: id,
    runId,
    attempts,
    code: error.code,
    reason: error.message,
  }
  if (isLast) {
    log.error(facts, 'a notification could not be delivered')
    return
  }
  log.warn(facts, 'a notification could not be delivered and is tried again')
  throw error
}

/** Sends a test message once, also of a notification that is switched off. The delivery says how it went. */
export async function tellTest(
  deps: EngineDeps,
  notification: { id: string; spec: NotificationSpec },
): Promise<Delivery> {
  const { id, spec } = notification
  const at = deps.now()
  const deliveryId = await deps.store.deliveries.beginTest({ id, name: spec.name }, at)
  const error = await failureOf(deps, spec, { subject: 'test', at: at.toISOString() })
  return await deps.store.deliveries.end(deliveryId, error ? 'failed' : 'sent', error && testProblem(error))
}

/** Brings back what waits although its message is gone: a restored database, a queue that gave up. */
export async function resendDeliveries({ store, now }: EngineDeps): Promise<void> {
  await store.deliveries.resend(new Date(now().getTime() - LOST_AFTER_MS))
}

async function failureOf(
  deps: EngineDeps,
  spec: NotificationSpec,
  told: Told,
): Promise<HoldfastError | null> {
  try {
    await deps.notify(spec, told)
    return null
  } catch (thrown) {
    return asHoldfastError(thrown)
  }
}

/** A test is tried once: what is said of messages that are sent again does not hold for it. */
function testProblem(error: HoldfastError): string {
  return error.kind === 'unreachable' ? error.message : problemText(error)
}

function problemText({ message, hint }: HoldfastError): string {
  return `${message}. ${hint}`
}

/** Of a mail that some have got, the next try goes to the others alone. */
function narrowed(spec: NotificationSpec, part: PartSent | null): NotificationSpec {
  return spec.kind === 'mail' && part ? { ...spec, to: part.to, cc: [] } : spec
}

function partOf({ details, message }: HoldfastError, before: PartSent | null): PartSent | null {
  const { later, refused } = details ?? {}
  if (!Array.isArray(later)) return before
  const isRefused = Array.isArray(refused) && refused.length > 0
  return { to: later.map(String), refused: isRefused ? message : (before?.refused ?? null) }
}

async function whatIsTold(
  deps: EngineDeps,
  { notificationId, subject, event, runId, told, part }: StoredDelivery,
  spec: NotificationSpec,
): Promise<Told | null> {
  const { runs, deliveries } = deps.store
  if (subject === 'digest' && event !== null) {
    return { subject, digest: await gatherDigest(deps, { id: notificationId, spec }, new Date(event)) }
  }
  if (subject === 'disk-overdue') {
    const disk = told as OverdueDisk
    const carriers = await deliveries.carriers(disk.vaultId, disk.uuid)
    return { subject, disk, carriers, alsoTo: part ? [] : carriers }
  }
  if (subject === 'lock-timeout') return { subject, lock: told as LockTimeout }
  const run = runId === null ? null : await runs.get(runId)
  if (run === null || subject !== 'run') return null
  const runEvent = event as NotifiedRunEvent
  const around = await deliveries.aroundRun(run)
  const log = takesLog(spec, runEvent) ? await logToSend(runs, run.id) : null
  const alsoTo = part ? [] : around.carriers
  return { subject, run: publicRun(run), event: runEvent, around, alsoTo, log }
}
