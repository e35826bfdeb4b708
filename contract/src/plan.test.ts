import { expect, it } from 'vitest'
import { type StoredPlan, toldPlan } from './plan.ts'

const told: StoredPlan = {
  summary: 'changes 2 cards',
  items: [{ what: 'web01', reason: 'its address changed', expectedBytes: null }],
  guards: [{ code: 'mass-change', message: 'half of all' }],
  expectedBytes: null,
}

it('tells of a plan what everybody reads, and nothing that only its driver does', () => {
  expect(toldPlan({ ...told, changes: [{ id: 'a' }], inventory: { vms: 3 } })).toEqual(told)
  expect(toldPlan({ ...told, replaces: ['rp_0123456789ab'], from: '@auto' })).toEqual({
    ...told,
    replaces: ['rp_0123456789ab'],
  })
})
