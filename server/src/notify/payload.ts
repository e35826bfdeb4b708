import type { ErrorReport, NotifiedEvent, Run } from '@holdfast/contract'
import { composeMessage, type MessageStyle } from './messages/compose.ts'
import { messageText } from './messages/render.ts'
import { type RunEvent, runDurationMs } from './run-event.ts'

/** The JSON body of a webhook. Fields may be added; none changes its meaning. Instants are UTC ISO strings. */
export interface WebhookPayload {
  readonly event: NotifiedEvent
  readonly run: Pick<
    Run,
    'id' | 'jobName' | 'jobKind' | 'operation' | 'trigger' | 'status' | 'outcome' | 'startedAt' | 'finishedAt'
  > & {
    readonly durationMs: number | null
    /** These four are of the report: null or empty while there is none. */
    readonly summary: string | null
    readonly bytesMoved: number | null
    readonly warnings: readonly string[]
    readonly restorePointIds: readonly string[]
    readonly error: Pick<ErrorReport, 'code' | 'message' | 'hint'> | null
  }
  /** The whole message for people, in the language of the notification: what chat services show. */
  readonly text: string
}

export function webhookPayload(event: RunEvent, style: MessageStyle): WebhookPayload {
  const { run } = event
  const { id, jobName, jobKind, operation, trigger, status, outcome, startedAt, finishedAt } = run
  const { report, error } = run
  const { headline, blocks } = composeMessage(event, style)
  return {
    event: event.event,
    run: {
      ...{ id, jobName, jobKind, operation, trigger, status, outcome, startedAt, finishedAt },
      durationMs: runDurationMs(run),
      summary: report?.summary ?? null,
      bytesMoved: report?.bytesMoved ?? null,
      warnings: report?.warnings ?? [],
      restorePointIds: report?.restorePointIds ?? [],
      error: error && { code: error.code, message: error.message, hint: error.hint },
    },
    text: `${headline}\n\n${messageText(blocks)}`,
  }
}
