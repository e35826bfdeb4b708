import { phraseText, type RetentionRules } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { decideRetention, type RetentionPoint } from './decide-retention.ts'

function point(day: string, flags: Partial<RetentionPoint> = {}): RetentionPoint {
  const takenAt = `${day}T01:00:00Z`
  return { id: `rp_${day}`, takenAt, good: true, protected: false, inUse: false, byHand: false, ...flags }
}

function kept(points: RetentionPoint[], rules: RetentionRules | undefined): string[] {
  return decideRetention(points, rules)
    .filter((line) => line.keep)
    .map((line) => line.restorePointId.slice(3))
}

function reasonsOf(points: RetentionPoint[], rules: RetentionRules | undefined, day: string): string[] {
  const line = decideRetention(points, rules).find((candidate) => candidate.restorePointId === `rp_${day}`)
  return line?.reasons.map(phraseText) ?? []
}

describe('decideRetention', () => {
  it('has nothing to say about nothing', () => {
    expect(decideRetention([], { keepLast: 1 })).toEqual([])
  })

  it('keeps everything without rules', () => {
    const lines = decideRetention([point('2026-01-01'), point('2026-01-02')], undefined)
    expect(lines.map((line) => [line.keep, line.reasons.map(phraseText)])).toEqual([
      [true, ['no retention rules: nothing is removed']],
      [true, ['no retention rules: nothing is removed']],
    ])
  })

  it('keeps everything when every rule is 0, though the configuration does not allow it', () => {
    expect(kept([point('2026-01-01'), point('2026-01-02')], { keepDaily: 0, keepLast: 0 })).toHaveLength(2)
  })

  it('answers newest first, whatever the order of the question', () => {
    const points = [point('2026-01-02'), point('2026-01-03'), point('2026-01-01')]
    const lines = decideRetention(points, { keepLast: 3 })
    expect(lines.map((line) => line.takenAt.slice(0, 10))).toEqual(['2026-01-03', '2026-01-02', '2026-01-01'])
  })

  it('orders points of the same instant by id, also when the instant is written differently', () => {
    const points = [
      { ...point('2026-01-01'), id: 'rp_a' },
      { ...point('2026-01-01'), id: 'rp_c', takenAt: '2026-01-01T01:00:00.000Z' },
      { ...point('2026-01-01'), id: 'rp_b' },
    ]
    for (const order of [points, points.toReversed()]) {
      const lines = decideRetention(order, { keepLast: 1 })
      expect(lines.map((line) => [line.restorePointId, line.keep])).toEqual([
        ['rp_c', true],
        ['rp_b', false],
        ['rp_a', false],
      ])
    }
  })

  it('lets runs by hand push out nothing that the schedule made', () => {
    const byHand = { byHand: true }
    const points = [
      ...['2026-01-07', '2026-01-08', '2026-01-09'].map((day) => point(day, byHand)),
      ...['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => point(day)),
    ]
    expect(kept(points, { keepLast: 2 })).toEqual(['2026-01-09', '2026-01-08', '2026-01-03', '2026-01-02'])
    expect(reasonsOf(points, { keepLast: 2 }, '2026-01-03')).toEqual([
      'a rule would keep it without the runs started by hand',
    ])
  })

  it('keeps the newest good point though every rule is satisfied elsewhere', () => {
    const points = [point('2026-01-02', { good: false }), point('2026-01-01')]
    expect(reasonsOf(points, { keepYearly: 1 }, '2026-01-01')).toContain(
      'the newest good restore point always stays',
    )
  })

  it('does not count a damaged point for a rule', () => {
    const points = [point('2026-01-03'), point('2026-01-02', { good: false }), point('2026-01-01')]
    expect(kept(points, { keepLast: 2 })).toEqual(['2026-01-03', '2026-01-01'])
  })

  it('removes a damaged point once a newer good one exists', () => {
    const points = [point('2026-01-02'), point('2026-01-01', { good: false })]
    expect(kept(points, { keepDaily: 30 })).toEqual(['2026-01-02'])
    expect(reasonsOf(points, { keepDaily: 30 }, '2026-01-01')).toEqual([
      'failed verification, and a newer good restore point exists',
    ])
  })

  it('keeps a damaged point that is newer than every good one', () => {
    const points = [point('2026-01-03', { good: false }), point('2026-01-02'), point('2026-01-01')]
    expect(kept(points, { keepLast: 1 })).toEqual(['2026-01-03', '2026-01-02'])
    expect(reasonsOf(points, { keepLast: 1 }, '2026-01-03')).toEqual([
      'damaged, but no newer good restore point exists',
    ])
  })

  it('removes nothing at all when no point is good', () => {
    const points = [point('2026-01-02', { good: false }), point('2026-01-01', { good: false })]
    expect(kept(points, { keepLast: 1 })).toHaveLength(2)
    expect(reasonsOf(points, { keepLast: 1 }, '2026-01-01')).toEqual([
      'no good restore point exists: nothing is removed',
    ])
  })

  it('keeps protected points and points in use, damaged ones too', () => {
    const points = [
      point('2026-01-05'),
      point('2026-01-04', { protected: true }),
      point('2026-01-03', { inUse: true }),
      point('2026-01-02', { good: false, protected: true }),
      point('2026-01-01', { good: false, inUse: true }),
    ]
    expect(kept(points, { keepLast: 1 })).toHaveLength(5)
    expect(reasonsOf(points, { keepLast: 1 }, '2026-01-04')).toEqual(['protected'])
    expect(reasonsOf(points, { keepLast: 1 }, '2026-01-01')).toEqual(['in use by a restore or check'])
  })

  it('lets a protected point fill the place of its period', () => {
    const points = [point('2026-01-03'), point('2026-01-02', { protected: true }), point('2026-01-01')]
    expect(kept(points, { keepDaily: 2 })).toEqual(['2026-01-03', '2026-01-02'])
  })

  it('gives every reason there is', () => {
    const points = [point('2026-08-20', { protected: true })]
    expect(reasonsOf(points, { keepLast: 5, keepDaily: 7, keepWeekly: 8 }, '2026-08-20')).toEqual([
      'last 1 of 5',
      'newest of 2026-08-20 (daily 1 of 7)',
      'newest of 2026-W34 (weekly 1 of 8)',
      'the newest good restore point always stays',
      'protected',
    ])
  })

  it('does not let a period without points use up the number', () => {
    const points = [point('2026-06-01'), point('2026-03-01'), point('2025-01-01'), point('2024-01-01')]
    expect(kept(points, { keepMonthly: 3 })).toEqual(['2026-06-01', '2026-03-01', '2025-01-01'])
  })
})
