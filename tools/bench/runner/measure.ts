/** Does the work once. Returns what was measured, or nothing to take the time in milliseconds. */
export type Measured = () => Promise<number | undefined> | number | undefined

export interface PairedOptions {
  /** Measured rounds, at least 3. */
  rounds?: number
  /** Rounds before them that do not count: caches fill, code is compiled. */
  warmUpRounds?: number
  /** Milliseconds from any start; replaced in tests. */
  clock?: () => number
}

export interface PairedResult {
  /** Median of ours. */
  ours: number
  /** Median of the peer's. */
  peer: number
  /** Median of the ratios of each round: the machine's other load hits both sides of a round alike. */
  ratio: number
}

/**
 * Measures both in the same run, round by round, each going first in turn. On a shared machine absolute numbers vary
 * several times over; the ratio within a round does not.
 */
export async function measurePaired(
  ours: Measured,
  peer: Measured,
  options: PairedOptions = {},
): Promise<PairedResult> {
  const { rounds = 3, warmUpRounds = 1, clock = () => performance.now() } = options
  if (rounds < 3) throw new RangeError('a median wants at least 3 rounds')
  const results: { ours: number; peer: number }[] = []
  for (let round = -warmUpRounds; round < rounds; round++) {
    const isOursFirst = round % 2 === 0
    const first = await once(isOursFirst ? ours : peer, clock)
    const second = await once(isOursFirst ? peer : ours, clock)
    if (round >= 0) results.push(isOursFirst ? { ours: first, peer: second } : { ours: second, peer: first })
  }
  return {
    ours: median(results.map((result) => result.ours)),
    peer: median(results.map((result) => result.peer)),
    ratio: median(results.map((result) => result.ours / result.peer)),
  }
}

async function once(work: Measured, clock: () => number): Promise<number> {
  const startedAt = clock()
  const measured = await work()
  return measured ?? clock() - startedAt
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
