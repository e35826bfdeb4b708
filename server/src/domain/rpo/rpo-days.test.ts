import { describe, expect, it } from 'vitest'
import { expectGolden } from '../golden.testkit.ts'
import { type RpoDaysInput, rpoDays, rpoSummary } from './rpo-days.ts'

const HOUR_MS = 3_600_000

function ask(rest: Partial<RpoDaysInput>): RpoDaysInput {
  return {
    points: [],
    rpoMs: 24 * HOUR_MS,
    fromDay: '2026-08-10',
    toDay: '2026-08-14',
    timeZone: 'UTC',
    now: new Date('2026-08-20T00:00:00Z'),
    unknown: [],
    excluded: [],
    firstSeenAt: '2026-08-01T00:00:00Z',
    ...rest,
  }
}

/** One word per day: state, worst gap in hours, points. */
function told(rest: Partial<RpoDaysInput>): string[] {
  return rpoDays(ask(rest)).map(({ day, state, worstGapMs, points }) => {
    const gap = worstGapMs === null ? '-' : `${Math.round((worstGapMs / HOUR_MS) * 100) / 100}h`
    return `${day.slice(5)} ${state} ${gap} ${points}`
  })
}

function daily(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * 24 * HOUR_MS).toISOString())
}

describe('rpoDays', () => {
  it('is met while points come in time', () => {
    expect(told({ points: daily('2026-08-09T02:00:00Z', 6) })).toEqual([
      '08-10 met 24h 1',
      '08-11 met 24h 1',
      '08-12 met 24h 1',
      '08-13 met 24h 1',
      '08-14 met 24h 1',
    ])
  })

  it('is late up to a quarter more, then missed, until a point comes', () => {
    const points = [
      '2026-08-10T02:00:00Z',
      '2026-08-11T06:00:00Z',
      '2026-08-12T12:00:01Z',
      '2026-08-14T23:00:00Z',
    ]
    expect(told({ points })).toEqual([
      '08-10 missed 218h 1',
      '08-11 late 28h 1',
      '08-12 missed 30h 1',
      '08-13 missed 36h 0',
      '08-14 missed 59h 1',
    ])
  })

  it('counts the age at the end of a day, though no point ends the gap', () => {
    const points = ['2026-08-10T00:00:00Z', '2026-08-10T23:00:00Z']
    expect(told({ points }).slice(1, 3)).toEqual(['08-11 late 25h 0', '08-12 missed 49h 0'])
  })

  it('gives a new asset one RPO of time, and judges nothing before', () => {
    const firstSeenAt = '2026-08-11T12:00:00Z'
    expect(told({ firstSeenAt, points: ['2026-08-13T00:00:00Z'] })).toEqual([
      '08-10 excluded - 0',
      '08-11 met 12h 0',
      '08-12 missed 36h 0',
      '08-13 met 24h 1',
      '08-14 missed 48h 0',
    ])
  })

  it('begins with the first point when that is older than the first look', () => {
    expect(told({ firstSeenAt: '2026-08-12T00:00:00Z', points: ['2026-08-10T00:00:00Z'] })).toEqual([
      '08-10 met 24h 1',
      '08-11 missed 48h 0',
      '08-12 missed 72h 0',
      '08-13 missed 96h 0',
      '08-14 missed 120h 0',
    ])
  })

  it('counts today up to now and leaves out the days to come', () => {
    const points = [...daily('2026-08-09T02:00:00Z', 3), '2026-08-12T23:00:00Z']
    expect(told({ points, now: new Date('2026-08-12T01:00:00Z') })).toEqual([
      '08-10 met 24h 1',
      '08-11 met 24h 1',
      '08-12 met 23h 0',
    ])
    expect(told({ points, now: new Date('2026-08-11T00:00:00Z') })).toHaveLength(1)
  })

  it('lets the age stand still in excluded times', () => {
    const points = ['2026-08-10T00:00:00Z', '2026-08-13T06:00:00Z', '2026-08-14T06:00:00Z']
    const excluded = [
      { from: '2026-08-10T18:00:00Z', to: '2026-08-12T00:00:00Z' },
      { from: '2026-08-11T12:00:00Z', to: '2026-08-13T00:00:00Z' },
    ]
    expect(told({ points, excluded })).toEqual([
      '08-10 met 18h 1',
      '08-11 excluded - 0',
      '08-12 excluded - 0',
      '08-13 met 24h 1',
      '08-14 met 24h 1',
    ])
  })

  it('calls a day unknown when points nobody knows of could have saved it', () => {
    const points = ['2026-08-09T12:00:00Z', '2026-08-10T12:00:00Z', '2026-08-14T12:00:00Z']
    const unknown = [{ from: '2026-08-11T00:00:00Z', to: '2026-08-12T00:00:00Z' }]
    expect(told({ points, unknown })).toEqual([
      '08-10 met 24h 1',
      '08-11 unknown - 0',
      '08-12 unknown - 0',
      '08-13 missed 84h 0',
      '08-14 missed 96h 1',
    ])
  })

  it('keeps a day met that points prove, whatever is unknown', () => {
    const unknown = [{ from: '2026-08-01T00:00:00Z', to: '2026-08-20T00:00:00Z' }]
    expect(
      told({ points: daily('2026-08-09T02:00:00Z', 6), unknown }).every((row) => row.includes(' met ')),
    ).toBe(true)
  })

  it('follows the calendar of the zone through the short and the long day', () => {
    const rome = { timeZone: 'Europe/Rome', rpoMs: 24 * HOUR_MS, firstSeenAt: '2026-01-01T00:00:00Z' }
    const short = {
      ...rome,
      fromDay: '2026-03-28',
      toDay: '2026-03-30',
      now: new Date('2026-04-02T00:00:00Z'),
    }
    const nightly = [
      '2026-03-28T00:30:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-30T00:30:00Z',
      '2026-03-31T00:30:00Z',
    ]
    expect(told({ ...short, points: ['2026-03-27T01:30:00Z', ...nightly] })).toEqual([
      '03-28 met 23h 1',
      '03-29 late 24.5h 1',
      '03-30 met 23.5h 1',
    ])
    const long = {
      ...rome,
      fromDay: '2026-10-24',
      toDay: '2026-10-26',
      now: new Date('2026-11-02T00:00:00Z'),
    }
    const midnights = [
      '2026-10-22T22:00:00Z',
      '2026-10-23T22:00:00Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
      '2026-10-26T23:00:00Z',
    ]
    expect(told({ ...long, points: midnights })).toEqual([
      '10-24 met 24h 1',
      '10-25 late 25h 1',
      '10-26 met 24h 1',
    ])
  })

  it('says nothing about no days', () => {
    expect(rpoDays(ask({ fromDay: '2026-08-12', toDay: '2026-08-11' }))).toEqual([])
  })

  it('tells a whole month as people would read it', () => {
    const points = daily('2026-09-25T00:30:00Z', 40).filter(
      (_, index) => ![12, 13, 20, 27, 28, 29].includes(index),
    )
    const input = ask({
      points,
      rpoMs: 26 * HOUR_MS,
      fromDay: '2026-10-01',
      toDay: '2026-10-31',
      timeZone: 'Europe/Rome',
      now: new Date('2026-10-30T10:00:00Z'),
      excluded: [{ from: '2026-10-22T00:00:00Z', to: '2026-10-24T12:00:00Z' }],
      unknown: [{ from: '2026-10-15T00:00:00Z', to: '2026-10-15T12:00:00Z' }],
    })
    const days = rpoDays(input)
    const rows = told(input)
    expectGolden(
      new URL('./testdata/october-rome.txt', import.meta.url),
      [
        'RPO 26 h, Europe/Rome: day, state, worst gap, points',
        '',
        ...rows,
        '',
        JSON.stringify(rpoSummary(days)),
        '',
      ].join('\n'),
    )
  })
})

describe('rpoSummary', () => {
  const day = (state: 'met' | 'late' | 'missed' | 'excluded' | 'unknown', hours: number | null) => {
    return { day: '2026-08-10', state, worstGapMs: hours === null ? null : hours * HOUR_MS, points: 1 }
  }

  it('judges only the days that can be judged', () => {
    const days = [
      day('met', 20),
      day('met', 24),
      day('late', 29),
      day('excluded', null),
      day('unknown', null),
    ]
    expect(rpoSummary(days)).toEqual({
      met: 2,
      late: 1,
      missed: 0,
      excluded: 1,
      unknown: 1,
      metPercent: 66.6,
      worstGapMs: 29 * HOUR_MS,
    })
  })

  it('never rounds up to perfect', () => {
    const days = [...Array.from({ length: 2999 }, () => day('met', 1)), day('missed', 90)]
    expect(rpoSummary(days).metPercent).toBe(99.9)
  })

  it('has no percentage of nothing', () => {
    expect(rpoSummary([day('excluded', null)])).toMatchObject({ metPercent: null, worstGapMs: null })
    expect(rpoSummary([])).toMatchObject({ metPercent: null, worstGapMs: null })
  })
})
