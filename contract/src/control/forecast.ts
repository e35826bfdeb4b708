import { z } from 'zod'
import { count } from '../units.ts'

/** When a vault fills if it goes on as it did, or why that cannot be told. */
export const forecast = z.discriminatedUnion('kind', [
  /** Days from today; `latestDays` is null when that may be beyond what is looked at, or never. */
  z.object({
    kind: z.literal('fills'),
    earliestDays: count,
    latestDays: count.nullable(),
    bytesPerDay: z.number(),
  }),
  /** Or standing still, when `bytesPerDay` is 0. */
  z.object({ kind: z.literal('shrinking'), bytesPerDay: z.number() }),
  z.object({ kind: z.literal('not-enough-data'), haveDays: count, neededDays: count }),
  /** It grows, but nobody knows how much is free. */
  z.object({ kind: z.literal('unknown') }),
  /** Not within so many years: further ahead a line through three months says nothing. */
  z.object({ kind: z.literal('beyond'), years: count }),
])
export type Forecast = z.infer<typeof forecast>

const UNITS = [
  { unit: 'day', days: 1, upTo: 14 },
  { unit: 'week', days: 7, upTo: 10 * 7 },
  { unit: 'month', days: 30.44, upTo: 24 * 30.44 },
  { unit: 'year', days: 365.25, upTo: Number.POSITIVE_INFINITY },
] as const

/** A length of time as people say it: 6 weeks rather than 43 days. */
export interface TimeSpan {
  count: number
  unit: (typeof UNITS)[number]['unit']
}

/** Which sentence tells a forecast, and with which numbers; each language has its own words for it. */
export type ForecastPhrase =
  | { word: 'full' | 'today' | 'shrinking' | 'steady' | 'unknown' }
  | { word: 'data'; have: number; need: number }
  | { word: 'earliest'; early: TimeSpan }
  | { word: 'within' | 'exact'; late: TimeSpan }
  | { word: 'between'; early: TimeSpan; late: TimeSpan }
  | { word: 'beyond'; years: number }

export function forecastPhrase(forecast: Forecast): ForecastPhrase {
  switch (forecast.kind) {
    case 'fills':
      return fillsPhrase(forecast.earliestDays, forecast.latestDays)
    case 'shrinking':
      return { word: forecast.bytesPerDay < 0 ? 'shrinking' : 'steady' }
    case 'not-enough-data':
      return { word: 'data', have: forecast.haveDays, need: forecast.neededDays }
    case 'unknown':
      return { word: 'unknown' }
    case 'beyond':
      return { word: 'beyond', years: forecast.years }
  }
}

/** The early end is rounded down and the late one up: the range is never narrower than what was computed. */
function fillsPhrase(earliestDays: number, latestDays: number | null): ForecastPhrase {
  if (latestDays === 0) return { word: 'full' }
  const early = inUnit(earliestDays, Math.floor)
  if (latestDays === null) return earliestDays === 0 ? { word: 'today' } : { word: 'earliest', early }
  const late = inUnit(latestDays, Math.ceil)
  if (earliestDays === 0) return { word: 'within', late }
  const isOne = early.unit === late.unit && early.count === late.count
  return isOne ? { word: 'exact', late } : { word: 'between', early, late }
}

function inUnit(days: number, round: (value: number) => number): TimeSpan {
  const size = UNITS.find((candidate) => days < candidate.upTo) ?? UNITS[3]
  return { count: round(days / size.days), unit: size.unit }
}
