import type { RetentionRules } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { decideRetention, type RetentionPoint } from './decide-retention.ts'

const RULE_NAMES = ['keepLast', 'keepHourly', 'keepDaily', 'keepWeekly', 'keepMonthly', 'keepYearly'] as const

/** Coarse instants over three years, so that points of one hour, one day and one instant are common. */
const anyPoints: fc.Arbitrary<RetentionPoint[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 99_999 }).map((n) => `rp_${String(n).padStart(12, '0')}`),
    takenAt: fc
      .integer({ min: 0, max: 3 * 365 * 48 })
      .map((halfHours) => new Date(Date.UTC(2024, 0, 1) + halfHours * 1_800_000).toISOString()),
    good: fc.boolean(),
    protected: fc.nat(9).map((n) => n === 0),
    inUse: fc.nat(9).map((n) => n === 0),
    byHand: fc.boolean(),
  }),
  { maxLength: 60, selector: (point) => point.id },
)

const anyZone = fc.constantFrom('UTC', 'Europe/Rome', 'America/New_York')
const anyCounts = fc
  .array(fc.nat(8), { minLength: RULE_NAMES.length, maxLength: RULE_NAMES.length })
  .filter((counts) => counts.some((count) => count > 0))

function rulesOf(counts: number[], timeZone: string): RetentionRules {
  return { ...Object.fromEntries(RULE_NAMES.map((name, index) => [name, counts[index] ?? 0])), timeZone }
}

const anyRules: fc.Arbitrary<RetentionRules> = fc
  .tuple(anyCounts, anyZone)
  .map(([counts, zone]) => rulesOf(counts, zone))

function keptIds(points: RetentionPoint[], rules: RetentionRules): Set<string> {
  const lines = decideRetention(points, rules)
  return new Set(lines.filter((line) => line.keep).map((line) => line.restorePointId))
}

describe('whatever the points and the rules', () => {
  it('speaks once of every point, newest first, always with a reason', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const lines = decideRetention(points, rules)
        expect(lines.map((line) => line.restorePointId).toSorted()).toEqual(
          points.map((p) => p.id).toSorted(),
        )
        const times = lines.map((line) => Date.parse(line.takenAt))
        expect(times).toEqual(times.toSorted((a, b) => b - a))
        expect(lines.every((line) => line.reasons.length > 0)).toBe(true)
      }),
    )
  })

  it('never removes the newest good point, a protected one or one in use', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const kept = keptIds(points, rules)
        const goodTimes = points.filter((point) => point.good).map((point) => Date.parse(point.takenAt))
        const newest = Math.max(...goodTimes)
        if (goodTimes.length > 0) {
          const keptGood = points.filter((point) => point.good && kept.has(point.id))
          expect(keptGood.some((point) => Date.parse(point.takenAt) === newest)).toBe(true)
        } else {
          expect(kept.size).toBe(points.length)
        }
        for (const point of points) if (point.protected || point.inUse) expect(kept).toContain(point.id)
      }),
    )
  })

  it('removes a damaged point only when a newer or equally new good one stays', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const kept = keptIds(points, rules)
        for (const gone of points.filter((point) => !point.good && !kept.has(point.id))) {
          const saved = points.some(
            (point) =>
              point.good && kept.has(point.id) && Date.parse(point.takenAt) >= Date.parse(gone.takenAt),
          )
          expect(saved).toBe(true)
        }
      }),
    )
  })

  it('does not depend on the order in which the points are given', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        expect(decideRetention(points.toReversed(), rules)).toEqual(decideRetention(points, rules))
      }),
    )
  })

  // Holds because rules count periods that hold a point: what a rule chose is, among what stayed, again the newest of
  // its period, and no period came in between. With "within 30 days of now" it would hold only until the clock moves.
  it('removes nothing more when asked again about what stayed', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const kept = keptIds(points, rules)
        const left = points.filter((point) => kept.has(point.id))
        expect(keptIds(left, rules)).toEqual(kept)
      }),
    )
  })

  it('never removes more under more generous rules', () => {
    fc.assert(
      fc.property(
        anyPoints,
        anyCounts,
        fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
        anyZone,
        (points, counts, extra, zone) => {
          const generous = counts.map((count, index) => count + (extra[index] ?? 0))
          const keptByStrict = keptIds(points, rulesOf(counts, zone))
          expect(keptByStrict.isSubsetOf(keptIds(points, rulesOf(generous, zone)))).toBe(true)
        },
      ),
    )
  })

  it('keeps of what the schedule made at least what it would keep without runs by hand', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const scheduled = points.filter((point) => !point.byHand && point.good)
        expect(keptIds(scheduled, rules).isSubsetOf(keptIds(points, rules))).toBe(true)
      }),
    )
  })

  it('keeps exactly what any one of the rules alone would keep', () => {
    fc.assert(
      fc.property(anyPoints, anyRules, (points, rules) => {
        const zone = rules.timeZone ?? 'UTC'
        let union = new Set<string>()
        for (const name of RULE_NAMES) {
          const count = rules[name] ?? 0
          if (count > 0) union = union.union(keptIds(points, { [name]: count, timeZone: zone }))
        }
        expect(keptIds(points, rules)).toEqual(union)
      }),
    )
  })
})
