import type { MetricWindow } from './schema.ts'

const DAY_MS = 86_400_000
/** Answers that hold a day of each series at most, unless these would be too many. */
const MOST_SLICES = 32
const SHORTEST_MS = 60_000
const NS_PER_MS = 1_000_000n

export interface PartOutcome {
  readonly samples: number
  readonly copied: boolean
  readonly bytes: number
  /** Fields of which other samples are there than at the source. */
  readonly differing: readonly string[]
  /** Fields of which all is there, and more. */
  readonly surplus: readonly string[]
}

export function joined(one: PartOutcome, other: PartOutcome): PartOutcome {
  return {
    samples: one.samples + other.samples,
    copied: one.copied || other.copied,
    bytes: one.bytes + other.bytes,
    differing: [...new Set([...one.differing, ...other.differing])],
    surplus: [...new Set([...one.surplus, ...other.surplus])],
  }
}

function boundsOf({ window: { startNs, endNs } }: MetricWindow): { startMs: number; endMs: number } {
  return { startMs: Number(startNs / NS_PER_MS), endMs: Number((endNs + NS_PER_MS - 1n) / NS_PER_MS) }
}

/** Pieces of whole seconds in which a window is read back. */
export function slicesOf(part: MetricWindow): { startMs: number; endMs: number }[] {
  const { startMs, endMs } = boundsOf(part)
  const lengthMs = Math.max(Math.min(DAY_MS, endMs - startMs), Math.ceil((endMs - startMs) / MOST_SLICES))
  const slices = []
  for (let from = startMs; from < endMs; from += lengthMs)
    slices.push({ startMs: from, endMs: Math.min(from + lengthMs, endMs) })
  return slices
}

export function canHalve(part: MetricWindow): boolean {
  const { startMs, endMs } = boundsOf(part)
  return endMs - startMs > SHORTEST_MS
}

export function halvesOf(part: MetricWindow): [MetricWindow, MetricWindow] {
  const { startMs, endMs } = boundsOf(part)
  const middleNs = BigInt(Math.floor((startMs + endMs) / 2)) * NS_PER_MS
  const { window } = part
  return [
    { ...part, window: { ...window, endNs: middleNs } },
    { ...part, window: { ...window, startNs: middleNs } },
  ]
}
