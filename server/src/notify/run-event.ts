import type { Run, Told } from '@holdfast/contract'

/** What is to be told, and where Holdfast is: its public address without a slash at the end, null while nobody knows. */
export type NotifyEvent = Told & { readonly holdfastUrl: string | null }

/** Something a run came to that people or machines want to hear of. */
export type RunEvent = Extract<NotifyEvent, { subject: 'run' }>
export type DigestEvent = Extract<NotifyEvent, { subject: 'digest' }>
export type TestEvent = Extract<NotifyEvent, { subject: 'test' }>

/** Time from start to end in milliseconds; null for a run that did not start or has not ended. */
export function runDurationMs({ startedAt, finishedAt }: Run): number | null {
  if (startedAt === null || finishedAt === null) return null
  return Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))
}
