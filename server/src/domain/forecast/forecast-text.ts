import { type Forecast, NEEDED_DAYS } from './forecast.ts'

const UNITS = [
  { name: 'day', days: 1, upTo: 14 },
  { name: 'week', days: 7, upTo: 10 * 7 },
  { name: 'month', days: 30.44, upTo: 24 * 30.44 },
  { name: 'year', days: 365.25, upTo: Number.POSITIVE_INFINITY },
] as const

/** The forecast in words: "fills in 6 to 9 weeks", "shrinking", "not enough data (3 of 7 days)". */
export function forecastText(forecast: Forecast): string {
  switch (forecast.kind) {
    case 'fills':
      return fillsText(forecast.earliestDays, forecast.latestDays)
    case 'shrinking':
      return forecast.bytesPerDay < 0 ? 'shrinking' : 'not growing'
    case 'not-enough-data':
      return `not enough data (${forecast.haveDays} of ${NEEDED_DAYS} days)`
    case 'unknown':
      return 'growing, but the free space is not known'
    case 'beyond':
      return `not within ${forecast.years} years`
  }
}

/** The early end is rounded down and the late one up: the range is never narrower than what was computed. */
function fillsText(earliestDays: number, latestDays: number | null): string {
  if (latestDays === 0) return 'full'
  const early = inUnit(earliestDays, Math.floor)
  if (latestDays === null) {
    return earliestDays === 0 ? 'may fill today' : `fills in ${amount(early)} at the earliest`
  }
  const late = inUnit(latestDays, Math.ceil)
  if (earliestDays === 0) return `fills within ${amount(late)}`
  if (early.unit !== late.unit) return `fills in ${amount(early)} to ${amount(late)}`
  if (early.count === late.count) return `fills in ${amount(late)}`
  return `fills in ${early.count} to ${amount(late)}`
}

interface Amount {
  count: number
  unit: string
}

function inUnit(days: number, round: (value: number) => number): Amount {
  const unit = UNITS.find((candidate) => days < candidate.upTo) ?? UNITS[3]
  return { count: round(days / unit.days), unit: unit.name }
}

function amount({ count, unit }: Amount): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
