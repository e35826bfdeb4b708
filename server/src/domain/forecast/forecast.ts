import type { Forecast } from '@holdfast/contract'
import { pairwiseSlopes, quantile } from './theil-sen.ts'

const DAY_MS = 86_400_000
const WINDOW_DAYS = 90
/** Fewer days with samples say nothing about growth. */
const NEEDED_DAYS = 7
const BEYOND_YEARS = 5
const BEYOND_DAYS = BEYOND_YEARS * 365.25

export interface UsageSample {
  /** YYYY-MM-DD */
  readonly day: string
  readonly usedBytes: number
}

/**
 * When a vault is full, if it goes on as in the last 90 days. The growth is the Theil-Sen slope, the median of the
 * slopes between all pairs of days: a big deletion or a first full copy does not bend it. The range comes from the
 * quartiles of the same slopes. The last sample of a day counts; days after `today` do not.
 */
export function forecastFull(
  samples: readonly UsageSample[],
  freeBytes: number | null,
  today: string,
): Forecast {
  const todayNumber = dayNumber(today)
  const usedByDay = new Map<number, number>()
  for (const { day, usedBytes } of samples) {
    const age = todayNumber - dayNumber(day)
    if (age >= 0 && age < WINDOW_DAYS) usedByDay.set(dayNumber(day), usedBytes)
  }
  if (usedByDay.size < NEEDED_DAYS)
    return { kind: 'not-enough-data', haveDays: usedByDay.size, neededDays: NEEDED_DAYS }

  const slopes = pairwiseSlopes([...usedByDay])
  const bytesPerDay = quantile(slopes, 0.5)
  if (bytesPerDay <= 0) return { kind: 'shrinking', bytesPerDay }
  if (freeBytes === null) return { kind: 'unknown' }
  const free = Math.max(0, freeBytes)
  const earliestDays = Math.floor(free / quantile(slopes, 0.75))
  if (earliestDays > BEYOND_DAYS) return { kind: 'beyond', years: BEYOND_YEARS }
  const slowest = quantile(slopes, 0.25)
  const latestDays = free === 0 ? 0 : Math.ceil(free / Math.max(0, slowest))
  return {
    kind: 'fills',
    earliestDays,
    latestDays: latestDays > BEYOND_DAYS ? null : latestDays,
    bytesPerDay,
  }
}

function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)
}
