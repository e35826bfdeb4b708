import { describe, expect, it } from 'vitest'
import { fc } from '../../../tools/lab/properties.testkit.ts'
import { instantOfWallTime, type Occurrence, startOfDay, zonedTime } from './zoned-time.ts'

function utc(day: string, minute: number, zone: string, occurrence: Occurrence): string {
  const ms = instantOfWallTime(Temporal.PlainDate.from(day), minute, zone, occurrence)
  return new Date(ms).toISOString().slice(0, 16)
}

describe('instantOfWallTime', () => {
  it.each([
    ['an ordinary time', '2026-07-01', 150, 'Europe/Rome', 'first', '2026-07-01T00:30'],
    ['24:00 is the next midnight', '2026-07-01', 1440, 'Europe/Rome', 'first', '2026-07-01T22:00'],
    ['into the next day', '2026-07-01', 1440 + 360, 'Europe/Rome', 'first', '2026-07-02T04:00'],
    ['02:30 skipped: end of the gap', '2026-03-29', 150, 'Europe/Rome', 'first', '2026-03-29T01:00'],
    ['02:00 skipped: end of the gap', '2026-03-29', 120, 'Europe/Rome', 'first', '2026-03-29T01:00'],
    ['03:00 is the end of the gap', '2026-03-29', 180, 'Europe/Rome', 'first', '2026-03-29T01:00'],
    ['02:30 skipped, last', '2026-03-29', 150, 'Europe/Rome', 'last', '2026-03-29T01:00'],
    ['02:30 twice: first', '2026-10-25', 150, 'Europe/Rome', 'first', '2026-10-25T00:30'],
    ['02:30 twice: last', '2026-10-25', 150, 'Europe/Rome', 'last', '2026-10-25T01:30'],
    ['the gap of New York', '2026-03-08', 150, 'America/New_York', 'first', '2026-03-08T07:00'],
    [
      'half an hour of daylight saving',
      '2026-10-04',
      135,
      'Australia/Lord_Howe',
      'first',
      '2026-10-03T15:30',
    ],
    ['midnight skipped', '2026-04-24', 0, 'Africa/Cairo', 'first', '2026-04-23T22:00'],
  ] as const)('%s', (_name, day, minute, zone, occurrence, expected) => {
    expect(utc(day, minute, zone, occurrence)).toBe(expected)
  })

  it('gives an instant at which the clock shows the time, or has just jumped over it', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Rome',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: 0, max: 1439 }),
        zones,
        (days, minute, zone) => {
          const day = Temporal.PlainDate.from('2020-01-01').add({ days })
          const at = instantOfWallTime(day, minute, zone, 'first')
          const shown = zonedTime(at, zone)
          const justBefore = zonedTime(at - 1, zone)
          const minuteOf = (time: Temporal.ZonedDateTime) => time.hour * 60 + time.minute
          expect(shown.toPlainDate().equals(day)).toBe(true)
          expect(minuteOf(shown)).toBeGreaterThanOrEqual(minute)
          if (minuteOf(shown) > minute) expect(minuteOf(justBefore)).toBeLessThan(minute)
        },
      ),
    )
  })
})

describe('startOfDay', () => {
  it.each([
    ['2026-03-29', 'Europe/Rome', 23],
    ['2026-10-25', 'Europe/Rome', 25],
    ['2026-10-26', 'Europe/Rome', 24],
    ['2026-04-24', 'Africa/Cairo', 23],
  ])('day %s in %s has %d hours', (text, zone, hours) => {
    const day = Temporal.PlainDate.from(text)
    const length = startOfDay(day.add({ days: 1 }), zone) - startOfDay(day, zone)
    expect(length / 3_600_000).toBe(hours)
  })
})
