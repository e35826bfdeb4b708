import { expect, it } from 'vitest'
import { outcomeMatrix } from './matrix.ts'

it('counts every outcome once, the kind with the most failures first', () => {
  expect(
    outcomeMatrix([
      { jobKind: 'a', outcome: 'success', count: 9 },
      { jobKind: 'a', outcome: 'skipped', count: 1 },
      { jobKind: 'b', outcome: 'failed', count: 2 },
      { jobKind: 'b', outcome: 'lost', count: 1 },
      { jobKind: 'b', outcome: 'missed', count: 4 },
      { jobKind: 'b', outcome: 'canceled', count: 5 },
    ]),
  ).toEqual([
    { kind: 'b', counts: { failed: 3, warning: 4, ok: 0, other: 5 } },
    { kind: 'a', counts: { failed: 0, warning: 0, ok: 9, other: 1 } },
  ])
})
