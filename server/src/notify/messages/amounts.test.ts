import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration, formatInstant, formatPlural } from './amounts.ts'
import { CATALOGS } from './texts/catalog.ts'

const { en, de, fr, es } = CATALOGS
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('sizes', () => {
  it.each([
    [0, '0 B', '0 o'],
    [1023, '1,023 B', '1 023 o'],
    [1024, '1 KiB', '1 Kio'],
    [1536, '1.5 KiB', '1,5 Kio'],
    [1024 ** 2 - 1, '1 MiB', '1 Mio'],
    [20 * 1024 ** 3, '20 GiB', '20 Gio'],
    [5000 * 1024 ** 5, '5,000 PiB', '5 000 Pio'],
  ])('%i bytes are %s, in French %s', (bytes, english, french) => {
    expect(plain(formatBytes(en, bytes))).toBe(english)
    expect(plain(formatBytes(fr, bytes))).toBe(french)
  })
})

describe('durations', () => {
  it.each([
    [0, '0 seconds', '0 Sekunden'],
    [400, '400 milliseconds', '400 Millisekunden'],
    [1000, '1 second', '1 Sekunde'],
    [59_700, '1 minute', '1 Minute'],
    [252_000, '4 minutes, 12 seconds', '4 Minuten, 12 Sekunden'],
    [3_605_000, '1 hour', '1 Stunde'],
    [7_500_000, '2 hours, 5 minutes', '2 Stunden, 5 Minuten'],
    [86_400_000 * 3 + 3_600_000 * 4 + 60_000, '3 days, 4 hours', '3 Tage, 4 Stunden'],
  ])('%i ms are %s, in German %s', (durationMs, english, german) => {
    expect(formatDuration(en, durationMs)).toBe(english)
    expect(formatDuration(de, durationMs)).toBe(german)
  })
})

it('gives an instant in the zone asked for, with its name', () => {
  expect(formatInstant(en, '2026-08-20T22:30:00Z', 'Europe/Rome')).toBe('21 Aug 2026, 00:30 CEST')
  expect(formatInstant(de, '2026-01-20T23:30:00Z', 'Europe/Berlin')).toBe('21. Jan. 2026, 00:30 MEZ')
})

it('counts as each language does', () => {
  const forms = { one: '{n} x', other: '{n} xs' }
  const counted = (n: number) => [en, fr, es].map((catalog) => plain(formatPlural(catalog, forms, n)))
  expect(counted(0)).toEqual(['0 xs', '0 x', '0 xs'])
  expect(counted(1)).toEqual(['1 x', '1 x', '1 x'])
  expect(counted(1_000_000)).toEqual(['1,000,000 xs', '1 000 000 xs', '1.000.000 xs'])
})
