import type { ScheduleSpec } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../../tools/lab/properties.testkit.ts'
import { type DueSlots, dueSlots, nextSlot, previewSlots, replanAfterClockJump } from './slots.ts'

const at = (text: string) => new Date(`${text.replace(' ', 'T')}Z`)
const shown = (date: Date | null | undefined) => date?.toISOString().slice(0, 16).replace('T', ' ') ?? null

function schedule(cron: string, missed: ScheduleSpec['missed'] = 'run-once'): ScheduleSpec {
  return { cron, timeZone: 'UTC', missed }
}

/** One line a person can compare: what runs, what was missed, when to look again. */
function told(due: DueSlots): string {
  const run = due.run ? `${due.run.trigger} ${shown(due.run.slotAt)}` : 'nothing'
  const m = due.missed
  const missed = m
    ? `${m.countIsExact ? '' : 'more than '}${m.count} from ${shown(m.firstAt)} to ${shown(m.lastAt)}`
    : 'none'
  return `run ${run} | missed ${missed} | next ${shown(due.nextRunAt)}`
}

describe('nextSlot and previewSlots', () => {
  it('are strictly after the instant given', () => {
    const daily = schedule('30 2 * * *')
    expect(shown(nextSlot(daily, at('2026-08-20 02:29:59.999')))).toBe('2026-08-20 02:30')
    expect(shown(nextSlot(daily, at('2026-08-20 02:30:00')))).toBe('2026-08-21 02:30')
    expect(shown(nextSlot(daily, at('2026-08-20 02:30:00.001')))).toBe('2026-08-21 02:30')
  })

  it('read the schedule in its zone', () => {
    const rome = { cron: '30 2 * * *', timeZone: 'Europe/Rome' }
    expect(previewSlots(rome, at('2026-08-20 00:00:00'), 2).map(shown)).toEqual([
      '2026-08-20 00:30',
      '2026-08-21 00:30',
    ])
  })

  it('say when no slot is left', () => {
    const never = schedule('0 0 30 2 *')
    expect(nextSlot(never, at('2026-01-01 00:00:00'))).toBeNull()
    expect(previewSlots(never, at('2026-01-01 00:00:00'), 5)).toEqual([])
  })
})

describe('dueSlots', () => {
  const daily = '30 2 * * *'

  it.each([
    [
      'before the slot',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 02:29:59',
      'run nothing | missed none | next 2026-08-20 02:30',
    ],
    [
      'at the slot',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 02:30:00',
      'run schedule 2026-08-20 02:30 | missed none | next 2026-08-21 02:30',
    ],
    [
      '60 s late is on time',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 02:31:00',
      'run schedule 2026-08-20 02:30 | missed none | next 2026-08-21 02:30',
    ],
    [
      'more is a catch-up',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 02:31:00.001',
      'run catch-up 2026-08-20 02:30 | missed none | next 2026-08-21 02:30',
    ],
    [
      'three days off: the newest runs once',
      daily,
      '2026-08-17 02:30:00',
      '2026-08-20 09:00:00',
      'run catch-up 2026-08-20 02:30 | missed 3 from 2026-08-17 02:30 to 2026-08-19 02:30 | next 2026-08-21 02:30',
    ],
    [
      'woken up just in time for the newest',
      daily,
      '2026-08-17 02:30:00',
      '2026-08-20 02:30:30',
      'run schedule 2026-08-20 02:30 | missed 3 from 2026-08-17 02:30 to 2026-08-19 02:30 | next 2026-08-21 02:30',
    ],
    [
      'a slot a moment away is not due',
      '* * * * *',
      '2026-08-20 02:30:00',
      '2026-08-20 02:34:59.500',
      'run schedule 2026-08-20 02:34 | missed 4 from 2026-08-20 02:30 to 2026-08-20 02:33 | next 2026-08-20 02:35',
    ],
    [
      'minutely, 60 s late: no slot is lost',
      '* * * * *',
      '2026-08-20 02:30:00',
      '2026-08-20 02:31:00',
      'run schedule 2026-08-20 02:30 | missed none | next 2026-08-20 02:31',
    ],
    [
      'minutely after a month off',
      '* * * * *',
      '2026-07-20 02:30:00',
      '2026-08-20 02:30:30',
      'run schedule 2026-08-20 02:30 | missed more than 50 from 2026-07-20 02:30 to 2026-08-20 02:29 | next 2026-08-20 02:31',
    ],
    [
      'exactly fifty missed',
      '0 * * * *',
      '2026-08-01 00:00:00',
      '2026-08-03 02:30:00',
      'run catch-up 2026-08-03 02:00 | missed 50 from 2026-08-01 00:00 to 2026-08-03 01:00 | next 2026-08-03 03:00',
    ],
    [
      'one more than that',
      '0 * * * *',
      '2026-08-01 00:00:00',
      '2026-08-03 03:30:00',
      'run catch-up 2026-08-03 03:00 | missed more than 50 from 2026-08-01 00:00 to 2026-08-03 02:00 | next 2026-08-03 04:00',
    ],
    [
      'planned under a schedule that has since changed',
      daily,
      '2026-08-19 23:00:00',
      '2026-08-20 09:00:00',
      'run catch-up 2026-08-20 02:30 | missed 1 from 2026-08-19 23:00 to 2026-08-19 23:00 | next 2026-08-21 02:30',
    ],
    [
      'the schedule has ended',
      '0 0 30 2 *',
      '2026-02-28 00:00:00',
      '2026-08-20 09:00:00',
      'run catch-up 2026-02-28 00:00 | missed none | next null',
    ],
  ])('run-once, %s', (_name, cron, nextRunAt, now, expected) => {
    expect(told(dueSlots(schedule(cron), at(nextRunAt), at(now)))).toBe(expected)
  })

  it.each([
    [
      'at the slot',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 02:30:10',
      'run schedule 2026-08-20 02:30 | missed none | next 2026-08-21 02:30',
    ],
    [
      'one slot slept through',
      daily,
      '2026-08-20 02:30:00',
      '2026-08-20 09:00:00',
      'run nothing | missed 1 from 2026-08-20 02:30 to 2026-08-20 02:30 | next 2026-08-21 02:30',
    ],
    [
      'three slots slept through',
      daily,
      '2026-08-18 02:30:00',
      '2026-08-20 09:00:00',
      'run nothing | missed 3 from 2026-08-18 02:30 to 2026-08-20 02:30 | next 2026-08-21 02:30',
    ],
    [
      'woken up just in time for the newest',
      daily,
      '2026-08-18 02:30:00',
      '2026-08-20 02:31:00',
      'run schedule 2026-08-20 02:30 | missed 2 from 2026-08-18 02:30 to 2026-08-19 02:30 | next 2026-08-21 02:30',
    ],
    [
      'minutely after a month off',
      '*/2 * * * *',
      '2026-07-20 02:30:00',
      '2026-08-20 02:31:30',
      'run nothing | missed more than 50 from 2026-07-20 02:30 to 2026-08-20 02:30 | next 2026-08-20 02:32',
    ],
  ])('skip, %s', (_name, cron, nextRunAt, now, expected) => {
    expect(told(dueSlots(schedule(cron, 'skip'), at(nextRunAt), at(now)))).toBe(expected)
  })

  it('accounts for every slot exactly once, however often and late it is asked', () => {
    const crons = fc.constantFrom('*/10 * * * *', '0 * * * *', '30 1,2,3 * * *', '0 */6 * * *')
    const policy = fc.constantFrom('run-once', 'skip')
    const pauses = fc.array(fc.integer({ min: 1, max: 20 * 3600 }), { minLength: 1, maxLength: 15 })
    const starts = fc.constantFrom('2026-03-28 20:00:00', '2026-10-24 20:00:00')
    fc.assert(
      fc.property(crons, policy, pauses, starts, (cron, missed, seconds, start) => {
        const spec = { cron, timeZone: 'Europe/Rome', missed }
        let now = at(start)
        let nextRunAt = nextSlot(spec, now)
        let accounted = 0
        for (const pause of seconds) {
          now = new Date(now.getTime() + pause * 1000)
          while (nextRunAt && nextRunAt <= now) {
            const due = dueSlots(spec, nextRunAt, now)
            expect(due.missed === null || due.missed.countIsExact || due.missed.count === 50).toBe(true)
            if (due.missed && !due.missed.countIsExact) return
            accounted += (due.run ? 1 : 0) + (due.missed?.count ?? 0)
            nextRunAt = due.nextRunAt
          }
        }
        const all = previewSlots(spec, at(start), accounted + 1)
        expect(all.filter((slot) => slot <= now)).toHaveLength(accounted)
        expect(nextRunAt).toEqual(all.at(-1))
      }),
      { numRuns: 25 },
    )
  })
})

describe('replanAfterClockJump', () => {
  const daily = schedule('30 2 * * *')

  it.each([
    ['the clock was years ahead', '2031-01-01 02:30:00', '2026-08-20 09:00:00', '2026-08-21 02:30'],
    ['nothing jumped', '2026-08-21 02:30:00', '2026-08-20 09:00:00', '2026-08-21 02:30'],
    [
      'the slot is overdue and must not be lost',
      '2026-08-19 02:30:00',
      '2026-08-20 09:00:00',
      '2026-08-19 02:30',
    ],
    ['nothing was planned', null, '2026-08-20 09:00:00', '2026-08-21 02:30'],
  ])('%s', (_name, nextRunAt, now, expected) => {
    expect(shown(replanAfterClockJump(daily, nextRunAt === null ? null : at(nextRunAt), at(now)))).toBe(
      expected,
    )
  })

  it('keeps the plan when the schedule has no slot left', () => {
    const planned = at('2026-08-20 02:30:00')
    expect(replanAfterClockJump(schedule('0 0 30 2 *'), planned, at('2026-08-20 09:00:00'))).toBe(planned)
    expect(replanAfterClockJump(schedule('0 0 30 2 *'), null, at('2026-08-20 09:00:00'))).toBeNull()
  })
})
