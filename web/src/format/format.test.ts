import { describe, expect, it } from 'vitest'
import { createFormat } from './format.ts'

const english = createFormat('en-GB', 'Europe/Rome')
const german = createFormat('de', 'Europe/Berlin')

it.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [150 * 1024 ** 2, '150 MiB'],
  [3.27 * 1024 ** 4, '3.3 TiB'],
  [5000 * 1024 ** 5, '5,000 PiB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(english.bytes(bytes)).toBe(text)
})

it.each([
  [250, '250 ms'],
  [61_000, '1 min 1 sec'],
  [3_600_000, '1 hr'],
  [3_780_000, '1 hr 3 mins'],
  [90_061_000, '1 day 1 hr'],
])('writes a duration of %d ms as %s', (milliseconds, text) => {
  expect(english.duration(milliseconds)).toBe(text)
})

describe('instants', () => {
  const now = Date.parse('2026-07-20T12:00:00Z')

  it.each([
    ['2026-07-20T11:59:40Z', 'now'],
    ['2026-07-20T09:00:00Z', '3 hours ago'],
    ['2026-07-22T12:00:00Z', 'in 2 days'],
    ['2026-07-19T11:00:00Z', 'yesterday'],
  ])('tells %s as %s', (at, text) => {
    expect(english.relative(at, now)).toBe(text)
  })

  it('are written in the time zone of the reader', () => {
    expect(english.dateTime('2026-07-20T22:30:00Z')).toBe('21 Jul 2026, 00:30')
    expect(english.dateTime('2026-07-20T22:30:09Z', { seconds: true })).toBe('21 Jul 2026, 00:30:09')
    expect(english.clock('2026-01-20T22:30:07.045Z', { milliseconds: true })).toBe('23:30:07.045')
  })
})

it('finds instants in a text of others', () => {
  const text = 'newest of 2026-07-20T22:30:09.123Z: holdfast-db-20260720T223009Z, not 2026-99-20T22:30:09Z'
  expect(english.inText(text)).toBe(
    'newest of 21 Jul 2026, 00:30: holdfast-db-20260720T223009Z, not 2026-99-20T22:30:09Z',
  )
})

it('writes by the rules of the language', () => {
  expect(german.bytes(1536)).toBe('1,5 KiB')
  expect(german.number(12_345.6)).toBe('12.345,6')
})
