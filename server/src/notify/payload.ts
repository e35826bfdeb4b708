import {
  type Digest,
  type ErrorReport,
  type LockTimeout,
  type NotifiedRunEvent,
  type OverdueDisk,
  phraseText,
  type Run,
} from '@holdfast/contract'
import { composeEvent } from './messages/compose-event.ts'
import type { MessageStyle } from './messages/message.ts'
import { messageText } from './messages/render.ts'
import { type NotifyEvent, type RunEvent, runDurationMs } from './run-event.ts'

interface Common {
  /** Address of what it is about in the web interface; null while nobody told Holdfast its own (HOLDFAST_URL). */
  readonly url: string | null
  /** The whole message for people, in the language of the notification: what chat services show. */
  readonly text: string
}

interface RunFacts
  extends Pick<
    Run,
    'id' | 'jobName' | 'jobKind' | 'operation' | 'trigger' | 'status' | 'outcome' | 'startedAt' | 'finishedAt'
  > {
  readonly durationMs: number | null
  /** These four are of the report: null or empty while there is none. Sentences are English, for programs to look for. */
  readonly summary: string | null
  readonly bytesMoved: number | null
  readonly warnings: readonly string[]
  readonly restorePointIds: readonly string[]
  /** The disk of a disk set that it used, as it left it; null without one. */
  readonly disk: Run['disk']
  readonly error: Pick<ErrorReport, 'code' | 'message' | 'hint'> | null
}

/** The JSON body of a webhook. Fields may be added; none changes its meaning. Instants are UTC ISO strings. */
export type WebhookPayload = Common &
  (
    | { readonly event: NotifiedRunEvent; readonly run: RunFacts }
    | { readonly event: 'disk-overdue'; readonly disk: OverdueDisk & { readonly mail: readonly string[] } }
    | { readonly event: 'lock-timeout'; readonly lock: LockTimeout }
    | { readonly event: 'digest'; readonly digest: Digest }
    | { readonly event: 'test' }
  )

export function webhookPayload(event: NotifyEvent, style: MessageStyle): WebhookPayload {
  const { headline, blocks, url } = composeEvent(event, style)
  const common = { url, text: `${headline}\n\n${messageText(blocks)}` }
  if (event.subject === 'digest') return { event: 'digest', digest: event.digest, ...common }
  if (event.subject === 'disk-overdue') {
    return { event: 'disk-overdue', disk: { ...event.disk, mail: event.carriers }, ...common }
  }
  if (event.subject === 'lock-timeout') return { event: 'lock-timeout', lock: event.lock, ...common }
  if (event.subject === 'test') return { event: 'test', ...common }
  return { event: event.event, run: runFacts(event), ...common }
}

function runFacts({ run }: RunEvent): RunFacts {
  const { id, jobName, jobKind, operation, trigger, status, outcome, startedAt, finishedAt } = run
  const { report, error } = run
  return {
    ...{ id, jobName, jobKind, operation, trigger, status, outcome, startedAt, finishedAt },
    durationMs: runDurationMs(run),
    summary: report && phraseText(report.summary),
    bytesMoved: report?.bytesMoved ?? null,
    warnings: report?.warnings.map(phraseText) ?? [],
    restorePointIds: report?.restorePointIds ?? [],
    disk: run.disk,
    error: error && { code: error.code, message: error.message, hint: error.hint },
  }
}
