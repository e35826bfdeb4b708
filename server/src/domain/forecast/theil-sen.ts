/** Slopes between all pairs of points with different x, ascending: what the Theil-Sen estimator takes the median of. */
export function pairwiseSlopes(points: readonly (readonly [x: number, y: number])[]): number[] {
  const slopes: number[] = []
  for (const [index, [x, y]] of points.entries()) {
    for (const [otherX, otherY] of points.slice(0, index)) {
      slopes.push((y - otherY) / (x - otherX))
    }
  }
  return slopes.toSorted((a, b) => a - b)
}

/** The value below which a share (0 to 1) of ascending values lies, with a straight line between neighbours. */
export function quantile(ascending: readonly number[], share: number): number {
  const position = (ascending.length - 1) * share
  const below = ascending[Math.floor(position)] ?? 0
  const above = ascending[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}
