import type { NotifiedEvent, Run } from '@holdfast/contract'

/** Something a run came to that people or machines want to hear of. */
export interface RunEvent {
  readonly run: Run
  readonly event: NotifiedEvent
  /** Address of the web interface; there is none yet, so messages name the command that shows the run. */
  readonly holdfastUrl: null
}

/** Time from start to end in milliseconds; null for a run that did not start or has not ended. */
export function runDurationMs({ startedAt, finishedAt }: Run): number | null {
  if (startedAt === null || finishedAt === null) return null
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}
