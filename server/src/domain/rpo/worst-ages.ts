import type { Interval } from './intervals.ts'

/**
 * An age that grows with time, is 0 during each reset and begins anew at its end: the greatest value it reaches in each
 * of the given days. Before the first reset there is no age: 0. Days and resets come in order of time and do not overlap
 * among themselves: one sweep over both.
 */
export function worstAges(days: readonly Interval[], resets: readonly Interval[]): number[] {
  let next = 0
  const ageAt = (atMs: number) => Math.max(0, atMs - (resets[next - 1]?.toMs ?? atMs))
  return days.map(({ fromMs, toMs }) => {
    while ((resets[next]?.fromMs ?? Number.POSITIVE_INFINITY) <= fromMs) next++
    let worst = 0
    for (let reset = resets[next]; reset && reset.fromMs < toMs; reset = resets[next]) {
      worst = Math.max(worst, ageAt(reset.fromMs))
      next++
    }
    return Math.max(worst, ageAt(toMs))
  })
}
