import { describe, expect, it } from 'vitest'
import { fc } from '../../../tools/lab/properties.testkit.ts'
import type { FailureSubject, Failures } from './ports.ts'
import { addressKey, countFailure, nameKey } from './throttle.ts'

const MINUTE = 60_000
const ANNA: FailureSubject = { name: 'anna', address: null }
const DESK: FailureSubject = { name: null, address: '192.0.2.7' }

/** Fails at these minutes; `locked` are those of them that were refused. */
function fail(subject: FailureSubject, minutes: number[]): { record: Failures | null; locked: number[] } {
  let record: Failures | null = null
  const locked: number[] = []
  for (const minute of minutes) {
    const counted = countFailure(subject, record, new Date(minute * MINUTE))
    if ('after' in counted) record = counted.after
    else locked.push(minute)
  }
  return { record, locked }
}

describe('a name', () => {
  it('locks for a minute after ten failures, then for 5, 15, 60 and 60', () => {
    const ten = Array<number>(10).fill(0)
    const until = (minutes: number[]) => {
      const counted = countFailure(ANNA, fail(ANNA, minutes).record, new Date((minutes.at(-1) ?? 0) * MINUTE))
      return 'lockedUntil' in counted ? counted.lockedUntil.getTime() / MINUTE : null
    }
    expect(until(ten.slice(1))).toBeNull()
    expect(until(ten)).toBe(1)
    expect(until([...ten, 1])).toBe(1 + 5)
    expect(until([...ten, 1, 6])).toBe(6 + 15)
    expect(until([...ten, 1, 6, 21])).toBe(21 + 60)
    expect(until([...ten, 1, 6, 21, 81])).toBe(81 + 60)
  })

  it('is not locked for longer by what was refused', () => {
    const { record, locked } = fail(ANNA, [...Array<number>(10).fill(0), 0.5, 0.9, 0.99])
    expect(locked).toEqual([0.5, 0.9, 0.99])
    expect(record?.lastAt).toEqual(new Date(0))
  })

  it('forgets a row of failures after a day without any', () => {
    expect(fail(ANNA, [...Array<number>(9).fill(0), 24 * 60 - 1]).record?.count).toBe(10)
    expect(fail(ANNA, [...Array<number>(9).fill(0), 24 * 60]).record?.count).toBe(1)
  })
})

describe('an address', () => {
  it('locks after twenty failures until a quarter of an hour from the first', () => {
    const twenty = Array.from({ length: 20 }, (_, index) => index / 2)
    expect(fail(DESK, [...twenty, 10, 14.9]).locked).toEqual([10, 14.9])
    expect(fail(DESK, [...twenty, 15]).record?.count).toBe(1)
  })

  it('never lets more than forty pass within a quarter of an hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 * 60 }), { minLength: 50, maxLength: 300 }),
        (seconds) => {
          const minutes = seconds.map((second) => second / 60).sort((left, right) => left - right)
          const { locked } = fail(DESK, minutes)
          const refused = new Set(locked)
          const passed = minutes.filter((minute) => !refused.has(minute))
          return passed.every((start) => passed.filter((at) => at >= start && at < start + 15).length <= 40)
        },
      ),
    )
  })
})

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['unix\0', 'unix\uFFFD'],
])('counts the address %j as %j', (address, key) => expect(addressKey(address)).toBe(key))

it.each([
  ['Anna ', 'anna'],
  ['a\0b', 'a\uFFFDb'],
  ['x'.repeat(100), 'x'.repeat(64)],
])('counts the name %j as %j', (name, key) => expect(nameKey(name)).toBe(key))
