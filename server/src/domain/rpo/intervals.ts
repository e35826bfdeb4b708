/** A stretch of time in ms, with `fromMs <= toMs`. A single instant has both equal. */
export interface Interval {
  readonly fromMs: number
  readonly toMs: number
}

/** The stretch between two ISO instants; a span that ends before it begins is the instant of its beginning. */
export function intervalOf(span: { readonly from: string; readonly to: string }): Interval {
  const fromMs = Date.parse(span.from)
  return { fromMs, toMs: Math.max(fromMs, Date.parse(span.to)) }
}

/** The same stretches in order of time, with those that touch or overlap made one. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: { fromMs: number; toMs: number }[] = []
  for (const { fromMs, toMs } of intervals.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1)
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs)
    else merged.push({ fromMs, toMs })
  }
  return merged
}

/**
 * What a clock shows at both ends of each stretch, if it stands still during `stops` (merged). The stretches come in
 * order and do not overlap: one sweep over both lists.
 */
export function onStoppedClock(intervals: readonly Interval[], stops: readonly Interval[]): Interval[] {
  let index = 0
  let stoppedMs = 0
  const shownAt = (atMs: number): number => {
    for (let stop = stops[index]; stop && stop.toMs <= atMs; stop = stops[++index]) {
      stoppedMs += stop.toMs - stop.fromMs
    }
    const sinceStop = atMs - (stops[index]?.fromMs ?? atMs)
    return atMs - stoppedMs - Math.max(0, sinceStop)
  }
  return intervals.map(({ fromMs, toMs }) => ({ fromMs: shownAt(fromMs), toMs: shownAt(toMs) }))
}
