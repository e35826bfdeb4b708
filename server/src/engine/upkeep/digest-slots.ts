import type { NotificationSpec } from '@holdfast/contract'
import { compilePattern } from '../../domain/schedule/cron-pattern.ts'

/** The newest slot of the digest up to now, and the one before it. Around daylight saving as any schedule: once a day. */
export function newestDigestSlots(
  spec: NotificationSpec,
  now: Date,
): { slot: Date; before: Date | null } | null {
  if (!spec.digest) return null
  const [hour, minute] = spec.digest.at.split(':').map(Number)
  const cron = `${minute} ${hour} * * ${spec.digest.days.join(',')}`
  const pattern = compilePattern({ cron, timeZone: spec.timeZone })
  const [slot, before] = pattern.previousRuns(2, new Date(now.getTime() + 1)).filter((each) => each <= now)
  return slot ? { slot, before: before ?? null } : null
}
