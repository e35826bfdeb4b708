import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { type RpoDaysInput, rpoDays } from './rpo-days.ts'

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

describe('rpoDays against the definition', () => {
  const START = Date.parse('2026-08-10T00:00:00Z')
  const anyHour = fc.integer({ min: -30, max: 130 })
  const instant = (hour: number) => new Date(START + hour * HOUR_MS).toISOString()
  const anySpan = fc
    .tuple(anyHour, fc.integer({ min: 1, max: 40 }))
    .map(([from, length]) => ({ from: instant(from), to: instant(from + length) }))

  /** The age by its definition: hours of real time since the newest point, without those that are excluded. */
  function ageBefore(input: RpoDaysInput, hour: number): number {
    const begins = [input.firstSeenAt, ...input.points].map((text) => (Date.parse(text) - START) / HOUR_MS)
    const newest = Math.max(...begins.filter((begin) => begin < hour))
    let age = 0
    for (let h = newest; h < hour; h++) if (!isIn(input.excluded, h)) age++
    return age
  }

  function isIn(spans: readonly { from: string; to: string }[], hour: number): boolean {
    return spans.some(
      (span) =>
        Date.parse(span.from) <= START + hour * HOUR_MS && START + hour * HOUR_MS < Date.parse(span.to),
    )
  }

  it('agrees with counting hour by hour', () => {
    fc.assert(
      fc.property(
        fc.array(anyHour, { maxLength: 12 }),
        fc.array(anySpan, { maxLength: 3 }),
        (hours, excluded) => {
          const input = ask({ points: hours.map(instant), excluded, firstSeenAt: instant(-40) })
          for (const [index, found] of rpoDays(input).entries()) {
            const counting = Array.from({ length: 24 }, (_, h) => index * 24 + h).filter(
              (hour) => !isIn(excluded, hour),
            )
            if (counting.length === 0) expect(found.state).toBe('excluded')
            else
              expect(found.worstGapMs).toBe(
                Math.max(...counting.map((hour) => ageBefore(input, hour + 1))) * HOUR_MS,
              )
          }
        },
      ),
    )
  })

  it('counts every point once', () => {
    fc.assert(
      fc.property(fc.array(anyHour, { maxLength: 12 }), (hours) => {
        const inDays = hours.filter((hour) => hour >= 0 && hour < 120).length
        const total = rpoDays(ask({ points: hours.map(instant) })).reduce(
          (sum, found) => sum + found.points,
          0,
        )
        expect(total).toBe(inDays)
      }),
    )
  })

  it('never turns a day from known bad to good because something is unknown', () => {
    fc.assert(
      fc.property(
        fc.array(anyHour, { maxLength: 8 }),
        fc.array(anySpan, { maxLength: 3 }),
        (hours, unknown) => {
          const points = hours.map(instant)
          const sure = rpoDays(ask({ points }))
          for (const [index, found] of rpoDays(ask({ points, unknown })).entries()) {
            if (found.state !== 'unknown') expect(found).toEqual(sure[index])
            else expect(['late', 'missed']).toContain(sure[index]?.state)
          }
        },
      ),
    )
  })
})
