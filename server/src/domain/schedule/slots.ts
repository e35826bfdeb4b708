import type { ScheduleSpec } from '@holdfast/contract'
import { compilePattern, type Timing } from './cron-pattern.ts'

export { cronProblem } from './cron-pattern.ts'

/** A slot is run on time when it is noticed within this long; after that it was missed. */
const ON_TIME_MS = 60_000

/** Finding a slot costs up to 0.1 ms; "more than" so many says enough. */
const COUNTED_AT_MOST = 50

export interface MissedSlots {
  firstAt: Date
  lastAt: Date
  /** When `countIsExact` is false there are more than so many. */
  count: number
  countIsExact: boolean
}

export interface DueSlots {
  run: { slotAt: Date; trigger: 'schedule' | 'catch-up' } | null
  /** Slots that nobody ran and nobody will: what `run` does not stand for. */
  missed: MissedSlots | null
  /** When to look again; null when the schedule has no further slot. */
  nextRunAt: Date | null
}

/**
 * The first slot strictly after an instant, or null when there is none. Around daylight saving a schedule that is due
 * in every hour of the day follows real time; any other follows the clock: once a day per time it names, at the first
 * showing of a time shown twice, and at the end of the gap for times that the clock skips. Throws `config-invalid`.
 */
export function nextSlot(schedule: Timing, after: Date): Date | null {
  return compilePattern(schedule).nextRun(after)
}

/** The next `count` slots strictly after an instant; fewer when the schedule ends. Throws `config-invalid`. */
export function previewSlots(schedule: Timing, after: Date, count: number): Date[] {
  return compilePattern(schedule).nextRuns(count, after)
}

/**
 * What to do about a job whose next slot was planned for `nextRunAt`, looked at now.
 *
 * - Not due yet: nothing.
 * - At most 60 s late: it runs on time.
 * - Later, when the newest slot is at most 60 s old: that one runs on time under either policy, the earlier ones are
 *   missed.
 * - Later still, the machine was asleep or off: `run-once` runs the newest slot once as a catch-up for all, `skip` runs
 *   nothing; the slots not run are told as missed, and counted exactly up to fifty.
 *
 * Throws `config-invalid`.
 */
export function dueSlots(schedule: ScheduleSpec, nextRunAt: Date, now: Date): DueSlots {
  if (nextRunAt > now) return { run: null, missed: null, nextRunAt }
  if (isOnTime(nextRunAt, now)) {
    const next = nextSlot(schedule, nextRunAt)
    return { run: { slotAt: nextRunAt, trigger: 'schedule' }, missed: null, nextRunAt: next }
  }

  const { newest, beforeNewest } = newestSlots(schedule, nextRunAt, now)
  const next = nextSlot(schedule, now)
  const onTime = isOnTime(newest, now)
  if (schedule.missed === 'skip' && !onTime) {
    return { run: null, missed: missedSlots(schedule, nextRunAt, newest), nextRunAt: next }
  }
  return {
    run: { slotAt: newest, trigger: onTime ? 'schedule' : 'catch-up' },
    missed: beforeNewest && missedSlots(schedule, nextRunAt, beforeNewest),
    nextRunAt: next,
  }
}

/**
 * The slot to wait for after the clock was set: the earlier of what was planned and what the schedule says now. A clock
 * that was far ahead for a while would otherwise leave the job waiting for a slot of years to come.
 */
export function replanAfterClockJump(schedule: Timing, nextRunAt: Date | null, now: Date): Date | null {
  const recomputed = nextSlot(schedule, now)
  if (!nextRunAt || !recomputed) return nextRunAt ?? recomputed
  return recomputed < nextRunAt ? recomputed : nextRunAt
}

function isOnTime(slotAt: Date, now: Date): boolean {
  return now.getTime() - slotAt.getTime() <= ON_TIME_MS
}

/** The newest slot up to now and the one before it. The planned slot counts as one even if the schedule has changed since. */
function newestSlots(
  schedule: Timing,
  nextRunAt: Date,
  now: Date,
): { newest: Date; beforeNewest: Date | null } {
  const [newest, second] = compilePattern(schedule)
    .previousRuns(2, new Date(now.getTime() + 1))
    .filter((slot) => slot > nextRunAt && slot <= now)
  if (!newest) return { newest: nextRunAt, beforeNewest: null }
  return { newest, beforeNewest: second ?? nextRunAt }
}

function missedSlots(schedule: Timing, firstAt: Date, lastAt: Date): MissedSlots {
  const afterFirst = previewSlots(schedule, firstAt, COUNTED_AT_MOST).filter((slot) => slot <= lastAt)
  const count = Math.min(1 + afterFirst.length, COUNTED_AT_MOST)
  return { firstAt, lastAt, count, countIsExact: afterFirst.length < COUNTED_AT_MOST }
}
