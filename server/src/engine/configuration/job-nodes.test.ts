import { type JobSpec, jobSpec } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { AnyDriver } from '../../drivers/driver.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { nodeNamesOf, placesOfNode, withRenamedNode } from './job-nodes.ts'

/** Names nodes in a list and as keys. */
const driver: AnyDriver = {
  ...scriptedDriver('send'),
  config: z.strictObject({
    to: z.array(z.string()).default([]),
    label: z.string().optional(),
    weights: z.record(z.string(), z.number()).default({}),
  }),
  nodeNames: ({ to, weights }: { to: string[]; weights: object }) => [...to, ...Object.keys(weights)],
}
const job = (config: object): JobSpec => jobSpec.parse({ name: 'x', kind: 'send', config })

it('finds the names that settings refer to, and none in settings that are not valid', () => {
  expect(nodeNamesOf([driver], job({ to: ['a'], weights: { b: 1 } }))).toEqual(['a', 'b'])
  expect(nodeNamesOf([driver], job({ to: 'a' }))).toEqual([])
  expect(nodeNamesOf([], job({ to: ['a'] }))).toEqual([])
})

it('finds where a name stands as a reference, not where it is only the same word', () => {
  expect(placesOfNode([driver], job({ label: 'a', to: ['b', 'a', 'a'] }), 'a')).toEqual([
    ['to', 1],
    ['to', 2],
  ])
})

it('renames every reference and leaves the job that was given as it is', () => {
  const before = job({ label: 'a', to: ['a', 'b', 'a'] })
  const copy = structuredClone(before)
  expect(withRenamedNode([driver], before, 'a', 'c')?.config).toEqual({ label: 'a', to: ['c', 'b', 'c'] })
  expect(before).toEqual(copy)
})

it('returns the same job when it does not refer to the node, and null where a reference is no string', () => {
  const before = job({ label: 'a', to: ['b'] })
  expect(withRenamedNode([driver], before, 'a', 'c')).toBe(before)
  expect(withRenamedNode([driver], job({ to: ['a'], weights: { a: 1 } }), 'a', 'c')).toBeNull()
})
