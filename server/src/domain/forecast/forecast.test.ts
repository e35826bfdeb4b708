import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { forecastFull, type UsageSample } from './forecast.ts'

const TODAY = '2026-08-20'
const GIB = 1024 ** 3

function day(age: number): string {
  return Temporal.PlainDate.from(TODAY).subtract({ days: age }).toString()
}

/** One sample a day up to today, `used` by how many days ago. */
function samples(days: number, used: (age: number) => number): UsageSample[] {
  return Array.from({ length: days }, (_, age) => ({ day: day(age), usedBytes: used(age) }))
}

const steady = samples(30, (age) => (1000 - 10 * age) * GIB)

describe('forecastFull', () => {
  it('draws a straight line', () => {
    expect(forecastFull(steady, 425 * GIB, TODAY)).toEqual({
      kind: 'fills',
      earliestDays: 42,
      latestDays: 43,
      bytesPerDay: 10 * GIB,
    })
  })

  it('is not bent by a first full copy or a big deletion', () => {
    const firstCopy = samples(60, (age) => (age > 57 ? 0 : (1000 - 10 * age) * GIB))
    const cleaned = samples(60, (age) => (1000 - 10 * age) * GIB + (age === 30 ? 5000 * GIB : 0))
    for (const data of [firstCopy, cleaned]) {
      const forecast = forecastFull(data, 420 * GIB, TODAY)
      expect(forecast.kind === 'fills' && Math.round(forecast.bytesPerDay / GIB)).toBe(10)
    }
  })

  it('gives a range when the days differ', () => {
    const wavy = samples(60, (age) => (1000 - 10 * age + 40 * Math.sin(age)) * GIB)
    const forecast = forecastFull(wavy, 420 * GIB, TODAY)
    if (forecast.kind !== 'fills' || forecast.latestDays === null)
      throw new Error(`unexpected ${forecast.kind}`)
    expect(forecast.earliestDays).toBeLessThan(42)
    expect(forecast.latestDays).toBeGreaterThan(42)
    expect(forecast.latestDays).toBeLessThan(100)
  })

  it('leaves the late end open when it may be years, or never', () => {
    const unsteady = samples(60, (age) => (1000 - age + 200 * Math.sin(age)) * GIB)
    expect(forecastFull(unsteady, 420 * GIB, TODAY)).toMatchObject({ kind: 'fills', latestDays: null })
  })

  it.each([
    ['shrinks', -1],
    ['stands still', 0],
  ])('says so when it %s, even with nothing free known', (_name, perDay) => {
    const data = samples(30, (age) => (1000 - perDay * age) * GIB)
    expect(forecastFull(data, null, TODAY)).toEqual({ kind: 'shrinking', bytesPerDay: perDay * GIB })
  })

  it('is full when nothing is free', () => {
    for (const free of [0, -5]) {
      expect(forecastFull(steady, free, TODAY)).toMatchObject({
        kind: 'fills',
        earliestDays: 0,
        latestDays: 0,
      })
    }
  })

  it('does not know without the free space', () => {
    expect(forecastFull(steady, null, TODAY)).toEqual({ kind: 'unknown' })
  })

  it('does not look further than five years', () => {
    expect(forecastFull(steady, 10 * 1826 * GIB, TODAY).kind).toBe('fills')
    expect(forecastFull(steady, 10 * 1827 * GIB, TODAY)).toEqual({ kind: 'beyond', years: 5 })
  })

  it('wants seven days with samples, of the last ninety', () => {
    expect(forecastFull([], 1, TODAY)).toEqual({ kind: 'not-enough-data', haveDays: 0, neededDays: 7 })
    expect(forecastFull(steady.slice(0, 6), GIB, TODAY)).toEqual({
      kind: 'not-enough-data',
      haveDays: 6,
      neededDays: 7,
    })
    expect(forecastFull(steady.slice(0, 7), GIB, TODAY).kind).toBe('fills')
    const sevenButOneOld = [...steady.slice(0, 6), { day: day(90), usedBytes: 0 }]
    expect(forecastFull(sevenButOneOld, GIB, TODAY)).toEqual({
      kind: 'not-enough-data',
      haveDays: 6,
      neededDays: 7,
    })
    const sevenButOneAhead = [...steady.slice(0, 6), { day: day(-1), usedBytes: 0 }]
    expect(forecastFull(sevenButOneAhead, GIB, TODAY)).toEqual({
      kind: 'not-enough-data',
      haveDays: 6,
      neededDays: 7,
    })
  })

  it('takes the last of several samples of a day', () => {
    const twice = steady.flatMap((sample) => [{ ...sample, usedBytes: 0 }, sample])
    expect(forecastFull(twice, 420 * GIB, TODAY)).toEqual(forecastFull(steady, 420 * GIB, TODAY))
  })

  it('does not depend on the order of the days, and a range is a range', () => {
    const anySamples = fc.uniqueArray(
      fc.record({ day: fc.nat(89).map(day), usedBytes: fc.integer({ min: 0, max: 10 ** 12 }) }),
      { minLength: 7, maxLength: 40, selector: (sample) => sample.day },
    )
    fc.assert(
      fc.property(anySamples, fc.integer({ min: 0, max: 10 ** 13 }), (data, free) => {
        const forecast = forecastFull(data, free, TODAY)
        expect(forecastFull(data.toReversed(), free, TODAY)).toEqual(forecast)
        if (forecast.kind !== 'fills') return
        expect(forecast.earliestDays).toBeGreaterThanOrEqual(0)
        expect(forecast.earliestDays).toBeLessThanOrEqual(free / forecast.bytesPerDay)
        expect(forecast.latestDays ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(forecast.earliestDays)
      }),
    )
  })
})
