import { expect, it } from 'vitest'
import { isBroken, pauseBefore } from './repeats.ts'

const now = Date.parse('2026-11-20T10:00:00Z')

it.each([
  ['0', 0],
  ['7', 7000],
  ['3600', 30_000],
  ['Fri, 20 Nov 2026 10:00:05 GMT', 5000],
  ['Fri, 20 Nov 2026 12:00:00 GMT', 30_000],
])('Retry-After of %s is %i ms', (retryAfter, ms) => {
  expect(pauseBefore(1, retryAfter, { now })).toBe(ms)
})

it('waits longer each time when nothing is said, or nonsense', () => {
  const pauses = [1, 2, 3].map((number) => pauseBefore(number, 'soon', { now, chance: 1 }))
  expect(pauses).toEqual([500, 1000, 2000])
  expect(pauseBefore(1, '', { chance: 0 })).toBe(250)
  expect(pauseBefore(2, 'Fri, 20 Nov 2026 09:00:00 GMT', { now, chance: 0 })).toBe(500)
})

it('finds a broken connection in what an error wraps', () => {
  const broken = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
  expect(isBroken(new Error('terminated', { cause: broken }))).toBe(true)
  expect(isBroken(Object.assign(new Error('silent'), { code: 'UND_ERR_HEADERS_TIMEOUT' }))).toBe(false)
  expect(isBroken('ECONNRESET')).toBe(false)
})
