import { expect, it } from 'vitest'
import { fromFieldTime, toFieldTime } from './zoned-time.ts'

it.each([
  ['Europe/Rome', '2026-11-21T03:00:00.000Z', '2026-11-21T04:00'],
  ['Europe/Rome', '2026-07-01T22:30:00.000Z', '2026-07-02T00:30'],
  ['Asia/Kolkata', '2026-11-21T20:00:00.000Z', '2026-11-22T01:30'],
  ['UTC', '2026-11-21T03:00:00.000Z', '2026-11-21T03:00'],
])('writes and reads a time of %s', (zone, instant, field) => {
  expect(toFieldTime(instant, zone)).toBe(field)
  expect(fromFieldTime(field, zone)).toBe(instant)
})

it('takes the offset of the day itself where the clock changes at night', () => {
  expect(fromFieldTime('2026-10-25T00:30', 'Europe/Rome')).toBe('2026-10-24T22:30:00.000Z')
  expect(fromFieldTime('2026-10-25T04:00', 'Europe/Rome')).toBe('2026-10-25T03:00:00.000Z')
})

it('refuses what is no time', () => {
  expect(fromFieldTime('yesterday', 'UTC')).toBeUndefined()
  expect(fromFieldTime('2026-13-45T99:00', 'UTC')).toBeUndefined()
  expect(toFieldTime('nonsense', 'UTC')).toBe('')
})
