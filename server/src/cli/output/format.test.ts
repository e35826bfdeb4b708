import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatElapsed,
  formatInstant,
  formatPercent,
  formatRate,
  formatRelative,
} from './format.ts'

const now = new Date('2026-08-20T12:00:00.000Z')

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [10 * 1024 - 1, '10 KiB'],
    [1024 ** 2 - 1, '1 MiB'],
    [20 * 1024 ** 3, '20 GiB'],
    [1.25 * 1024 ** 4, '1.3 TiB'],
    [5000 * 1024 ** 5, '5000 PiB'],
    [-1536, '-1.5 KiB'],
    [null, '–'],
    [undefined, '–'],
  ])('%s is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('never needs more than four digits', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(formatBytes(bytes)).toMatch(/^(\d{1,4}|\d\.\d) (B|[KMGTP]iB)$/)
      }),
    )
  })

  it('as a rate', () => {
    expect(formatRate(85 * 1024 ** 2)).toBe('85 MiB/s')
    expect(formatRate(-1)).toBe('0 B/s')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0.0s'],
    [400, '0.4s'],
    [999, '1s'],
    [42_000, '42s'],
    [59_700, '1m'],
    [252_000, '4m 12s'],
    [3_600_000, '1h'],
    [7_500_000, '2h 5m'],
    [86_400_000 * 3 + 3_600_000 * 4 + 60_000, '3d 4h'],
    [3_605_000, '1h'],
    [-5, '0.0s'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  it('counts up to now while something goes on', () => {
    expect(formatElapsed('2026-08-20T11:59:00.000Z', null, now)).toBe('1m')
    expect(formatElapsed('2026-08-20T11:59:00.000Z', '2026-08-20T11:59:30.000Z', now)).toBe('30s')
    expect(formatElapsed(null, null, now)).toBe('–')
  })
})

describe('formatRelative', () => {
  it.each([
    ['2026-08-20T11:59:55.000Z', 'just now'],
    ['2026-08-20T11:59:30.000Z', '30 s ago'],
    ['2026-08-20T11:55:00.000Z', '5 min ago'],
    ['2026-08-20T11:00:10.000Z', '1 h ago'],
    ['2026-08-19T00:00:00.000Z', '36 h ago'],
    ['2026-08-18T12:00:00.000Z', '2 days ago'],
    ['2026-08-20T15:00:00.000Z', 'in 3 h'],
    ['2026-08-20T12:01:00.000Z', 'in 1 min'],
    [null, '–'],
  ])('%s is %s', (at, text) => {
    expect(formatRelative(at, now)).toBe(text)
  })
})

describe('formatInstant', () => {
  it('uses the zone named, and that of the machine for one that is not understood', () => {
    const at = '2026-08-20T00:30:11.000Z'
    expect(formatInstant(at, 'UTC')).toBe('2026-08-20 00:30:11 UTC')
    expect(formatInstant(at, 'Europe/Rome')).toMatch(/^2026-08-20 02:30:11 (CEST|GMT\+2)$/)
    expect(formatInstant(at, ':/etc/localtime')).toMatch(/^2026-08-(19|20) \d\d:\d\d:11 /)
  })
})

describe('formatPercent and formatCount', () => {
  it('never claims to be done too early', () => {
    expect(formatPercent(999, 1000)).toBe('99 %')
    expect(formatPercent(1000, 1000)).toBe('100 %')
    expect(formatPercent(1001, 1000)).toBe('100 %')
    expect(formatPercent(1, 0)).toBeNull()
    expect(formatPercent(1, undefined)).toBeNull()
  })

  it('knows the plural', () => {
    expect(formatCount(1, 'entry')).toBe('1 entry')
    expect(formatCount(0, 'entry')).toBe('0 entries')
    expect(formatCount(2, 'run')).toBe('2 runs')
  })
})
