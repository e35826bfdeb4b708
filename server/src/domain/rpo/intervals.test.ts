import { describe, expect, it } from 'vitest'
import { type Interval, intervalOf, mergeIntervals, onStoppedClock } from './intervals.ts'

const span = (fromMs: number, toMs = fromMs): Interval => ({ fromMs, toMs })

describe('intervalOf', () => {
  it('never ends before it begins', () => {
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z']
    expect(intervalOf({ from: early, to: late })).toEqual(span(Date.parse(early), Date.parse(late)))
    expect(intervalOf({ from: late, to: early })).toEqual(span(Date.parse(late)))
  })
})

describe('mergeIntervals', () => {
  it('orders, joins what touches or overlaps, and keeps single instants', () => {
    const mixed = [span(50), span(10, 20), span(20, 30), span(5, 12), span(15, 16), span(40, 45)]
    expect(mergeIntervals(mixed)).toEqual([span(5, 30), span(40, 45), span(50)])
  })
})

describe('onStoppedClock', () => {
  it('stands still during the stops', () => {
    const stops = [span(10, 20), span(30, 40)]
    const days = [span(0, 5), span(5, 15), span(15, 18), span(18, 35), span(35, 100)]
    expect(onStoppedClock(days, stops)).toEqual([
      span(0, 5),
      span(5, 10),
      span(10),
      span(10, 20),
      span(20, 80),
    ])
  })

  it('shows the true time without stops', () => {
    expect(onStoppedClock([span(3, 4)], [])).toEqual([span(3, 4)])
  })
})
