import type { Forecast } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { forecastText } from './forecast-text.ts'

function fills(earliestDays: number, latestDays: number | null): Forecast {
  return { kind: 'fills', earliestDays, latestDays, bytesPerDay: 1 }
}

describe('forecastText', () => {
  it.each([
    [fills(42, 63), 'fills in 6 to 9 weeks'],
    [fills(42, 42), 'fills in 6 weeks'],
    [fills(44, 61), 'fills in 6 to 9 weeks'],
    [fills(1, 1), 'fills in 1 day'],
    [fills(3, 13), 'fills in 3 to 13 days'],
    [fills(3, 100), 'fills in 3 days to 4 months'],
    [fills(14, 100), 'fills in 2 weeks to 4 months'],
    [fills(400, 1800), 'fills in 13 months to 5 years'],
    [fills(0, 0), 'full'],
    [fills(0, 1), 'fills within 1 day'],
    [fills(0, 30), 'fills within 5 weeks'],
    [fills(0, null), 'may fill today'],
    [fills(42, null), 'fills in 6 weeks at the earliest'],
    [{ kind: 'shrinking', bytesPerDay: -5 }, 'shrinking'],
    [{ kind: 'shrinking', bytesPerDay: 0 }, 'not growing'],
    [{ kind: 'not-enough-data', haveDays: 3, neededDays: 7 }, 'not enough data (3 of 7 days)'],
    [{ kind: 'unknown' }, 'growing, but the free space is not known'],
    [{ kind: 'beyond', years: 5 }, 'not within 5 years'],
  ] as [Forecast, string][])('%j is "%s"', (forecast, text) => {
    expect(forecastText(forecast)).toBe(text)
  })
})
