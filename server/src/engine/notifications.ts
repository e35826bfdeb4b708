import { asHoldfastError } from '@holdfast/contract'
import { publicRun } from './control/queries.ts'
import type { EngineDeps } from './deps.ts'
import type { NotificationMessage } from './ports.ts'

/** Tells one notification. Throws when a later try may help, so that the queue brings the message again. */
export async function tell(deps: EngineDeps, message: NotificationMessage): Promise<void> {
  const spec = await deps.store.objects.notification(message.notificationId)
  const run = await deps.store.runs.get(message.runId)
  if (!spec || !run) return
  try {
    await deps.notify(spec, { run: publicRun(run), event: message.event })
  } catch (thrown) {
    const { code, kind, message: reason } = asHoldfastError(thrown)
    const facts = { notification: spec.name, runId: run.id, code, reason }
    if (kind === 'unreachable') {
      deps.log.warn(facts, 'a notification could not be delivered and is tried again')
      throw thrown
    }
    deps.log.error(facts, 'a notification could not be delivered')
  }
}
