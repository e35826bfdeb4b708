import { expect, it } from 'vitest'
import type { Change } from '../../model/changes.ts'
import { stagesOf } from './stages.ts'

const item = { kind: 'machine', className: 'VirtualServer', key: 'k', name: 'n' } as const
const create: Change = { do: 'create', number: 1, values: {}, ...item }
const update = (card: number): Change => ({ do: 'update', why: 'differs', card, values: {}, ...item })
const relate: Change = {
  do: 'relate',
  domain: 'D',
  from: { created: 1 },
  to: { created: 1 },
  names: ['a', 'b'],
}
const unrelate: Change = { do: 'unrelate', domain: 'D', relation: 1, names: ['a', 'b'] }
const remove: Change = { do: 'delete', card: 7, ...item }

it('lets cards be written side by side, and nothing else of another kind with them', () => {
  const changes = [create, update(1), update(2), relate, { ...relate }, unrelate, remove]
  expect(stagesOf(changes).map((stage) => stage.map((change) => changes.indexOf(change)))).toEqual([
    [0, 1, 2],
    [3, 4],
    [5],
    [6],
  ])
})

it('changes no card twice at the same time', () => {
  const changes = [update(1), update(2), update(1), update(1)]
  expect(stagesOf(changes).map((stage) => stage.map((change) => changes.indexOf(change)))).toEqual([
    [0, 1],
    [2],
    [3],
  ])
})

it('has no stage for no changes', () => {
  expect(stagesOf([])).toEqual([])
})
