import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { expectGolden } from '../golden.testkit.ts'
import { instantOfWallTime, startOfDay, zonedTime } from '../zoned-time.ts'
import { previewSlots } from './slots.ts'

const CRONS = [
  '30 2 * * *',
  '0 2 * * *',
  '0 3 * * *',
  '30 0 * * *',
  '30 2,14 * * *',
  '0-59/30 2 * * *',
  '*/30 1-3 * * *',
  '0 */2 * * *',
  '0 * * * *',
  '0 0-23 * * *',
  '*/30 * * * *',
  '30 2 * * 1-5',
]

const NIGHTS = [
  { name: 'rome-spring', timeZone: 'Europe/Rome', day: '2026-03-29' },
  { name: 'rome-autumn', timeZone: 'Europe/Rome', day: '2026-10-25' },
  { name: 'new-york-spring', timeZone: 'America/New_York', day: '2026-03-08' },
  { name: 'new-york-autumn', timeZone: 'America/New_York', day: '2026-11-01' },
  { name: 'cairo-spring-midnight-skipped', timeZone: 'Africa/Cairo', day: '2026-04-24' },
  { name: 'lord-howe-spring-half-hour', timeZone: 'Australia/Lord_Howe', day: '2026-10-04' },
]

function slotsBetween(cron: string, timeZone: string, from: number, to: number): number[] {
  const slots: number[] = []
  let after = from - 1
  while (true) {
    const [next] = previewSlots({ cron, timeZone }, new Date(after), 1)
    if (!next || next.getTime() >= to) return slots
    after = next.getTime()
    slots.push(after)
  }
}

describe('the night of the change', () => {
  it.each(NIGHTS)('$name', ({ name, timeZone, day }) => {
    const date = Temporal.PlainDate.from(day)
    const from = startOfDay(date, timeZone)
    const to = instantOfWallTime(date, 5 * 60, timeZone, 'last')
    const text = CRONS.map((cron) => {
      const rows = slotsBetween(cron, timeZone, from, to).map((slot) => {
        const local = zonedTime(slot, timeZone)
        return `  ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${local.offset}`
      })
      return [cron, ...(rows.length > 0 ? rows : ['  (not before 05:00)']), ''].join('\n')
    }).join('\n')
    expectGolden(
      new URL(`./testdata/${name}.txt`, import.meta.url),
      `${day} 00:00 to 05:00, ${timeZone}\n\n${text}`,
    )
  })
})

describe('whatever the schedule and the night', () => {
  const anyNight = fc.constantFrom(...NIGHTS)
  const anyMinutes = fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 4 })
  const dayBefore = -1
  const anyDay = fc.integer({ min: dayBefore, max: 1 })

  it('runs each time of a clock schedule once a day, the skipped ones together at the end of the gap', () => {
    const anyHours = fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 23 })
    fc.assert(
      fc.property(anyNight, anyDay, anyMinutes, anyHours, ({ timeZone, day }, days, minutes, hours) => {
        const date = Temporal.PlainDate.from(day).add({ days })
        const times = hours.flatMap((hour) =>
          minutes.map((minute) => instantOfWallTime(date, hour * 60 + minute, timeZone, 'first')),
        )
        const expected = [...new Set(times)].toSorted((a, b) => a - b)
        const cron = `${minutes.join(',')} ${hours.join(',')} * * *`
        const found = slotsBetween(
          cron,
          timeZone,
          startOfDay(date, timeZone),
          startOfDay(date.add({ days: 1 }), timeZone),
        )
        expect(found).toEqual(expected)
      }),
    )
  })

  it('runs an hourly schedule in every real hour', () => {
    fc.assert(
      fc.property(anyNight, anyDay, anyMinutes, ({ timeZone, day }, days, minutes) => {
        const date = Temporal.PlainDate.from(day).add({ days })
        const [from, to] = [startOfDay(date, timeZone), startOfDay(date.add({ days: 1 }), timeZone)]
        const expected: number[] = []
        for (let ms = from; ms < to; ms += 60_000) {
          if (minutes.includes(zonedTime(ms, timeZone).minute)) expected.push(ms)
        }
        expect(slotsBetween(`${minutes.join(',')} * * * *`, timeZone, from, to)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })
})
