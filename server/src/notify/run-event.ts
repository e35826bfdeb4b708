import type { PhraseCatalogs, Run, Told } from '@holdfast/contract'

/** What is to be told, and what is needed to tell it. */
export type NotifyEvent = Told & {
  /** Public address of Holdfast without a slash at the end, null while nobody knows. */
  readonly holdfastUrl: string | null
  /** What runs say, in every language; each key behind its namespace. */
  readonly phrases: PhraseCatalogs
}

/** Something a run came to that people or machines want to hear of. */
export type RunEvent = Extract<NotifyEvent, { subject: 'run' }>
export type DiskOverdueEvent = Extract<NotifyEvent, { subject: 'disk-overdue' }>
export type LockTimeoutEvent = Extract<NotifyEvent, { subject: 'lock-timeout' }>
export type DigestEvent = Extract<NotifyEvent, { subject: 'digest' }>
export type TestEvent = Extract<NotifyEvent, { subject: 'test' }>

/** Time from start to end in milliseconds; null for a run that did not start or has not ended. */
export function runDurationMs({ startedAt, finishedAt }: Run): number | null {
  if (startedAt === null || finishedAt === null) return null
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}
