import { HoldfastError, type WindowSpec } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { zonedTime } from '../zoned-time.ts'
import { windowAt } from './windows.ts'

const EVERY_DAY: WindowSpec['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function window(from: string, to: string, rest: Partial<WindowSpec> = {}): WindowSpec {
  return { days: EVERY_DAY, from, to, timeZone: 'UTC', atEnd: 'finish', ...rest }
}

function rome(from: string, to: string, rest: Partial<WindowSpec> = {}): WindowSpec {
  return window(from, to, { timeZone: 'Europe/Rome', ...rest })
}

/** 2026-08-20 is a Thursday. */
function told(windows: WindowSpec[], now: string): string {
  const state = windowAt(windows, new Date(`${now.replace(' ', 'T')}Z`))
  const shown = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ')
  if (!state.open) return `closed until ${shown(state.opensAt)}`
  return `open until ${state.closesAt ? shown(state.closesAt) : 'ever'}, ${state.atEnd}`
}

describe('windowAt', () => {
  it.each([
    ['no windows: always open', [], '2026-08-20 12:00', 'open until ever, finish'],
    ['inside', [window('09:00', '17:00')], '2026-08-20 12:00', 'open until 2026-08-20 17:00, finish'],
    [
      'the start belongs to it',
      [window('09:00', '17:00')],
      '2026-08-20 09:00',
      'open until 2026-08-20 17:00, finish',
    ],
    ['the end does not', [window('09:00', '17:00')], '2026-08-20 17:00', 'closed until 2026-08-21 09:00'],
    [
      'before it',
      [window('09:00', '17:00', { atEnd: 'stop' })],
      '2026-08-20 08:59',
      'closed until 2026-08-20 09:00',
    ],
    [
      'stop at its end',
      [window('09:00', '17:00', { atEnd: 'stop' })],
      '2026-08-20 12:00',
      'open until 2026-08-20 17:00, stop',
    ],
    [
      'over midnight, in the evening',
      [window('22:00', '06:00')],
      '2026-08-20 23:00',
      'open until 2026-08-21 06:00, finish',
    ],
    [
      'over midnight, in the morning',
      [window('22:00', '06:00')],
      '2026-08-20 05:59',
      'open until 2026-08-20 06:00, finish',
    ],
    [
      'to the end of the day',
      [window('20:00', '24:00')],
      '2026-08-20 23:59',
      'open until 2026-08-21 00:00, finish',
    ],
    [
      'from the end of the day',
      [window('24:00', '06:00')],
      '2026-08-20 01:00',
      'open until 2026-08-20 06:00, finish',
    ],
    [
      'from equals to: a whole day',
      [window('08:00', '08:00', { days: ['wed'] })],
      '2026-08-20 07:59',
      'open until 2026-08-20 08:00, finish',
    ],
    [
      'a day named in full',
      [window('00:00', '24:00', { days: ['thu'] })],
      '2026-08-20 23:59',
      'open until 2026-08-21 00:00, finish',
    ],
    [
      'a whole day from 24:00',
      [window('24:00', '24:00', { days: ['wed'] })],
      '2026-08-20 12:00',
      'open until 2026-08-21 00:00, finish',
    ],
    [
      'every day whole: never closes',
      [window('00:00', '24:00', { atEnd: 'stop' })],
      '2026-08-20 12:00',
      'open until ever, finish',
    ],
    [
      'every day whole, split at noon',
      [window('00:00', '12:00'), window('12:00', '00:00')],
      '2026-08-20 12:00',
      'open until ever, finish',
    ],
    [
      'the day is the one it starts on',
      [window('22:00', '06:00', { days: ['fri'] })],
      '2026-08-20 23:00',
      'closed until 2026-08-21 22:00',
    ],
    [
      'and it still ends on the next',
      [window('22:00', '06:00', { days: ['wed'] })],
      '2026-08-20 05:00',
      'open until 2026-08-20 06:00, finish',
    ],
    [
      'once a week, just missed',
      [window('09:00', '10:00', { days: ['thu'] })],
      '2026-08-20 10:00',
      'closed until 2026-08-27 09:00',
    ],
  ] as [string, WindowSpec[], string, string][])('%s', (_name, windows, now, expected) => {
    expect(told(windows, now)).toBe(expected)
  })

  it.each([
    [
      'touching',
      [window('20:00', '24:00'), window('00:00', '06:00', { atEnd: 'stop' })],
      'open until 2026-08-21 06:00, stop',
    ],
    [
      'overlapping, the longer one decides',
      [window('20:00', '02:00', { atEnd: 'stop' }), window('22:00', '06:00')],
      'open until 2026-08-21 06:00, finish',
    ],
    [
      'one inside the other',
      [window('22:00', '06:00'), window('23:00', '01:00', { atEnd: 'stop' })],
      'open until 2026-08-21 06:00, finish',
    ],
    [
      'ending together: the stricter',
      [window('22:00', '06:00'), window('23:00', '06:00', { atEnd: 'stop' })],
      'open until 2026-08-21 06:00, stop',
    ],
    [
      'in different zones',
      [window('20:00', '24:00'), rome('02:00', '04:00', { atEnd: 'stop' })],
      'open until 2026-08-21 02:00, stop',
    ],
    ['apart', [window('20:00', '23:59'), window('00:00', '06:00')], 'open until 2026-08-20 23:59, finish'],
    [
      'through the whole week-end',
      [
        window('18:00', '24:00', { days: ['thu'] }),
        window('00:00', '24:00', { days: ['fri', 'sat', 'sun'] }),
      ],
      'open until 2026-08-24 00:00, finish',
    ],
  ] as [string, WindowSpec[], string][])('several windows, %s', (_name, windows, expected) => {
    expect(told(windows, '2026-08-20 23:30')).toBe(expected)
  })

  it.each([
    ['summer', rome('01:00', '05:00'), '2026-08-20 00:00', 'open until 2026-08-20 03:00, finish'],
    ['winter', rome('01:00', '05:00'), '2026-12-20 00:00', 'open until 2026-12-20 04:00, finish'],
    ['the short night', rome('01:00', '05:00'), '2026-03-29 00:00', 'open until 2026-03-29 03:00, finish'],
    ['the long night', rome('01:00', '05:00'), '2026-10-24 23:30', 'open until 2026-10-25 04:00, finish'],
    ['from a skipped time', rome('02:30', '05:00'), '2026-03-29 00:59', 'closed until 2026-03-29 01:00'],
    [
      'wholly skipped: its usual length after the gap',
      rome('02:00', '02:45'),
      '2026-03-29 01:10',
      'open until 2026-03-29 01:45, finish',
    ],
    [
      'ends at a time shown twice: the last',
      rome('01:00', '02:30'),
      '2026-10-25 01:00',
      'open until 2026-10-25 01:30, finish',
    ],
    [
      'starts at a time shown twice: the first',
      rome('02:30', '05:00'),
      '2026-10-25 00:29',
      'closed until 2026-10-25 00:30',
    ],
    [
      'over the midnight of another day in its zone',
      rome('22:00', '06:00', { days: ['thu'] }),
      '2026-08-20 21:00',
      'open until 2026-08-21 04:00, finish',
    ],
    [
      'New York',
      window('01:00', '05:00', { timeZone: 'America/New_York' }),
      '2026-03-08 06:30',
      'open until 2026-03-08 09:00, finish',
    ],
  ] as [string, WindowSpec, string, string][])('zones: %s', (_name, spec, now, expected) => {
    expect(told([spec], now)).toBe(expected)
  })

  it('calls a window that no day names a broken promise of the schema', () => {
    expect(() => windowAt([window('09:00', '10:00', { days: [] })], new Date())).toThrow(HoldfastError)
  })

  it('agrees with the clock on the wall, and changes exactly when it says', () => {
    const anyClock = fc.integer({ min: 0, max: 95 }).map((q) => [Math.floor(q / 4), (q % 4) * 15] as const)
    const anySpec = fc
      .record({
        days: fc.subarray(EVERY_DAY, { minLength: 1 }),
        from: anyClock,
        to: anyClock,
        timeZone: fc.constantFrom('UTC', 'Asia/Kolkata', 'Europe/Rome'),
      })
      .map(({ from, to, ...rest }) => window(clock(from), clock(to), rest))
    // July: no zone changes its clock, so that the wall clock alone is a second opinion.
    const anyNow = fc
      .integer({ min: 0, max: 20 * 1440 })
      .map((m) => new Date(Date.UTC(2026, 6, 1) + m * 60_000))
    fc.assert(
      fc.property(fc.array(anySpec, { minLength: 1, maxLength: 4 }), anyNow, (specs, now) => {
        const state = windowAt(specs, now)
        expect(state.open).toBe(specs.some((spec) => shownOpen(spec, now)))
        const changesAt = state.open ? state.closesAt : state.opensAt
        if (!changesAt) return
        expect(changesAt > now).toBe(true)
        expect(windowAt(specs, changesAt).open).toBe(!state.open)
        expect(windowAt(specs, new Date(changesAt.getTime() - 1)).open).toBe(state.open)
      }),
    )
  })
})

function clock([hours, minutes]: readonly [number, number]): string {
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

function shownOpen(spec: WindowSpec, now: Date): boolean {
  const local = zonedTime(now, spec.timeZone)
  const time = local.toPlainTime().toString().slice(0, 5)
  const names = (dayOfWeek: number) => spec.days.some((day) => EVERY_DAY.indexOf(day) === (dayOfWeek + 6) % 7)
  const today = names(local.dayOfWeek)
  const yesterday = names(local.dayOfWeek + 6)
  if (spec.from < spec.to) return today && spec.from <= time && time < spec.to
  return (today && spec.from <= time) || (yesterday && time < spec.to)
}
