import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { ageText } from './age-text.ts'
import { type CoverageInput, coverageOf } from './coverage.ts'

const NOW = new Date('2026-08-20T12:00:00Z')
const HOUR_MS = 3_600_000

function hoursAgo(hours: number): string {
  return new Date(NOW.getTime() - hours * HOUR_MS).toISOString()
}

function ask(points: [hours: number, verifiedOk: boolean | null][], rest: Partial<CoverageInput> = {}) {
  const input: CoverageInput = {
    points: points.map(([hours, verifiedOk]) => ({ takenAt: hoursAgo(hours), verifiedOk })),
    rpo: '20h',
    now: NOW,
    listedAt: NOW,
    ...rest,
  }
  return coverageOf(input)
}

describe('coverageOf', () => {
  it.each([
    ['young', 1, 'covered', 'the newest good restore point is 60 min old, within the RPO of 20h'],
    ['as old as the RPO', 20, 'covered', 'the newest good restore point is 20 h old, within the RPO of 20h'],
    [
      'a moment older',
      20.001,
      'late',
      'the newest good restore point is 20 h old, a little over the RPO of 20h',
    ],
    [
      'as old as a quarter more',
      25,
      'late',
      'the newest good restore point is 25 h old, a little over the RPO of 20h',
    ],
    [
      'older than that',
      25.001,
      'missed',
      'the newest good restore point is 25 h old, far over the RPO of 20h',
    ],
    ['ancient', 2400, 'missed', 'the newest good restore point is 100 days old, far over the RPO of 20h'],
  ])('%s', (_name, hours, state, reason) => {
    expect(ask([[hours, null]])).toEqual({
      state,
      newestGoodAt: hoursAgo(hours),
      ageMs: Math.round(hours * HOUR_MS),
      reason,
    })
  })

  it('takes the newest good point, in whatever order they come', () => {
    const points: [number, boolean | null][] = [
      [30, true],
      [2, false],
      [21, null],
      [100, true],
    ]
    expect(ask(points)).toMatchObject({ state: 'late', newestGoodAt: hoursAgo(21) })
    expect(ask(points.toReversed())).toEqual(ask(points))
  })

  it('says never without a good point, and why', () => {
    expect(ask([])).toEqual({
      state: 'never',
      newestGoodAt: null,
      ageMs: null,
      reason: 'there is no restore point yet',
    })
    expect(
      ask([
        [1, false],
        [2, false],
      ]),
    ).toMatchObject({ state: 'never', reason: 'no good restore point: all 2 failed verification' })
    expect(ask([], { listedAt: null })).toMatchObject({ state: 'never' })
  })

  it('judges nothing without an RPO, but still tells the age', () => {
    expect(ask([[5, true]], { rpo: undefined })).toMatchObject({
      state: 'no-policy',
      newestGoodAt: hoursAgo(5),
      ageMs: 5 * HOUR_MS,
    })
    expect(ask([], { rpo: undefined })).toMatchObject({ state: 'no-policy', newestGoodAt: null })
  })

  it('does not know when the vault was not seen since the RPO began to run', () => {
    expect(ask([[1, true]], { listedAt: null }).state).toBe('unknown')
    expect(ask([[1, true]], { listedAt: new Date(hoursAgo(20)) }).state).toBe('covered')
    expect(ask([[1, true]], { listedAt: new Date(hoursAgo(21)) })).toMatchObject({
      state: 'unknown',
      newestGoodAt: hoursAgo(1),
      reason: 'the vault was last seen 21 h ago, longer than the RPO of 20h',
    })
    expect(ask([[300, true]], { listedAt: new Date(hoursAgo(21)) }).state).toBe('unknown')
  })

  it('does not trust a point from the future, but forgives clocks that differ a little', () => {
    expect(
      ask([
        [-2, true],
        [1, true],
      ]),
    ).toMatchObject({ state: 'unknown', ageMs: 0 })
    expect(ask([[-0.05, true]])).toMatchObject({ state: 'covered', ageMs: 0 })
  })

  it('never gets better only because time passes', () => {
    const rank = ['covered', 'late', 'missed']
    const hours = fc.double({ min: 0, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.array(hours, { minLength: 1 }), hours, (ages, later) => {
        const then = new Date(NOW.getTime() + later * HOUR_MS)
        const before = ask(ages.map((age) => [age, null]))
        const after = ask(
          ages.map((age) => [age, null]),
          { now: then, listedAt: then },
        )
        expect(rank.indexOf(after.state)).toBeGreaterThanOrEqual(rank.indexOf(before.state))
      }),
    )
  })
})

describe('ageText', () => {
  it.each([
    [0, 'under a minute'],
    [59_999, 'under a minute'],
    [60_000, '1 min'],
    [119 * 60_000, '119 min'],
    [2 * HOUR_MS, '2 h'],
    [71.9 * HOUR_MS, '71 h'],
    [72 * HOUR_MS, '3 days'],
  ])('%d ms', (ms, text) => {
    expect(ageText(ms)).toBe(text)
  })
})
