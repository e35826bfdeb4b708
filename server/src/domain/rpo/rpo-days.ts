import { LATE_FACTOR } from '../coverage/coverage.ts'
import { startOfDay } from '../zoned-time.ts'
import { type Interval, intervalOf, mergeIntervals, onStoppedClock } from './intervals.ts'
import { worstAges } from './worst-ages.ts'

export type RpoDayState = 'met' | 'late' | 'missed' | 'excluded' | 'unknown'

export interface RpoDay {
  /** YYYY-MM-DD in the zone asked for. */
  day: string
  state: RpoDayState
  /** The greatest age that the newest good restore point reached during the day; null when excluded or unknown. */
  worstGapMs: number | null
  /** Good restore points taken during the day. */
  points: number
}

export interface TimeSpan {
  readonly from: string
  readonly to: string
}

export interface RpoDaysInput {
  /** Instants of the good restore points of one asset, in any order. */
  readonly points: readonly string[]
  readonly rpoMs: number
  /** First and last day to tell about, YYYY-MM-DD. */
  readonly fromDay: string
  readonly toDay: string
  readonly timeZone: string
  readonly now: Date
  /** Times of which nobody knows whether restore points were made, such as a vault that was away. */
  readonly unknown: readonly TimeSpan[]
  /** Times that do not count, such as an announced standstill: the age of a restore point stands still meanwhile. */
  readonly excluded: readonly TimeSpan[]
  /** When the asset was first seen: from then on it has one RPO to get its first restore point. */
  readonly firstSeenAt: string
}

/**
 * How an asset kept its RPO, day by day in the zone's calendar, oldest first. A day counts by the greatest age that the
 * newest good restore point reached during it: met up to the RPO, late up to 1.25 times, missed beyond. The day that is
 * still going on counts up to now, and days to come are left out. A day before the asset was seen (or had its first
 * restore point), or one that is wholly excluded, is excluded. A day that would be worse than met is unknown if it could
 * be better, had restore points been made in the unknown times.
 */
export function rpoDays(input: RpoDaysInput): RpoDay[] {
  const nowMs = input.now.getTime()
  const points = input.points.map((point) => Date.parse(point)).toSorted((a, b) => a - b)
  const known = points.filter((point) => point <= nowMs)
  const trackedFromMs = Math.min(Date.parse(input.firstSeenAt), known[0] ?? Number.POSITIVE_INFINITY)
  const days = calendarDays(input, nowMs)
  const counted = days.map(({ fromMs, toMs }) => {
    const start = Math.max(fromMs, trackedFromMs)
    return { fromMs: start, toMs: Math.max(start, Math.min(toMs, nowMs)) }
  })

  const excluded = mergeIntervals(input.excluded.map(intervalOf))
  const resets = [trackedFromMs, ...known].map((atMs) => ({ fromMs: atMs, toMs: atMs }))
  const hopeful = [...resets, ...input.unknown.map(intervalOf)]
  const countedDays = onStoppedClock(counted, excluded)
  const worst = worstAges(countedDays, onStoppedClock(mergeIntervals(resets), excluded))
  const best = worstAges(countedDays, onStoppedClock(mergeIntervals(hopeful), excluded))
  const pointsOfDay = counterOf(known)

  return days.map(({ day, fromMs, toMs }, index) => {
    const count = pointsOfDay(fromMs, toMs)
    const worstGapMs = worst[index] ?? 0
    const time = countedDays[index]
    if (!time || time.fromMs === time.toMs) return { day, state: 'excluded', worstGapMs: null, points: count }
    const state = stateOf(worstGapMs, input.rpoMs)
    const couldBe = stateOf(best[index] ?? 0, input.rpoMs)
    if (state !== couldBe) return { day, state: 'unknown', worstGapMs: null, points: count }
    return { day, state, worstGapMs, points: count }
  })
}

export interface RpoSummary {
  met: number
  late: number
  missed: number
  excluded: number
  unknown: number
  /** Share of met among met, late and missed days, in percent, rounded down to one decimal; null without such days. */
  metPercent: number | null
  worstGapMs: number | null
}

export function rpoSummary(days: readonly RpoDay[]): RpoSummary {
  const counts = { met: 0, late: 0, missed: 0, excluded: 0, unknown: 0 }
  let worstGapMs: number | null = null
  for (const day of days) {
    counts[day.state]++
    if (day.worstGapMs !== null) worstGapMs = Math.max(worstGapMs ?? 0, day.worstGapMs)
  }
  const judged = counts.met + counts.late + counts.missed
  const metPercent = judged === 0 ? null : Math.floor((counts.met * 1000) / judged) / 10
  return { ...counts, metPercent, worstGapMs }
}

function stateOf(gapMs: number, rpoMs: number): 'met' | 'late' | 'missed' {
  if (gapMs <= rpoMs) return 'met'
  return gapMs <= LATE_FACTOR * rpoMs ? 'late' : 'missed'
}

/** The days asked for that have begun, each with its first instant and that of the next day. */
function calendarDays(input: RpoDaysInput, nowMs: number): (Interval & { day: string })[] {
  const last = Temporal.PlainDate.from(input.toDay)
  const days: (Interval & { day: string })[] = []
  let date = Temporal.PlainDate.from(input.fromDay)
  let fromMs = startOfDay(date, input.timeZone)
  while (Temporal.PlainDate.compare(date, last) <= 0 && fromMs < nowMs) {
    const next = date.add({ days: 1 })
    const toMs = startOfDay(next, input.timeZone)
    days.push({ day: date.toString(), fromMs, toMs })
    date = next
    fromMs = toMs
  }
  return days
}

/** Counts the instants of consecutive stretches of time, asked for in order. */
function counterOf(instants: readonly number[]): (fromMs: number, toMs: number) => number {
  let index = 0
  return (fromMs, toMs) => {
    while ((instants[index] ?? Number.POSITIVE_INFINITY) < fromMs) index++
    const first = index
    while ((instants[index] ?? Number.POSITIVE_INFINITY) < toMs) index++
    return index - first
  }
}
