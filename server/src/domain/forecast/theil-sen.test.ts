import { describe, expect, it } from 'vitest'
import { pairwiseSlopes, quantile } from './theil-sen.ts'

describe('pairwiseSlopes', () => {
  it('has one slope per pair, ascending', () => {
    expect(pairwiseSlopes([])).toEqual([])
    expect(pairwiseSlopes([[1, 5]])).toEqual([])
    expect(
      pairwiseSlopes([
        [0, 0],
        [1, 3],
        [3, 3],
      ]),
    ).toEqual([0, 1, 3])
  })
})

describe('quantile', () => {
  it.each([
    [[7], 0.25, 7],
    [[1, 3], 0.5, 2],
    [[0, 10, 20], 0.5, 10],
    [[0, 10, 20], 0.75, 15],
    [[0, 10, 20], 1, 20],
    [[0, 10, 20], 0, 0],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected)
  })
})
