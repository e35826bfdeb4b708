import type { JobKind } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { fieldOfJob } from './job-field.ts'

const JOBS = {
  type: 'object',
  required: ['name', 'kind'],
  properties: {
    name: { type: 'string', title: 'Name', 'x-order': 1 },
    kind: { type: 'string', title: 'Kind', 'x-order': 2 },
    node: { type: 'string', title: 'Node', 'x-widget': 'reference', 'x-reference': 'nodes', 'x-order': 2.2 },
    vault: {
      type: 'string',
      title: 'Vault',
      'x-widget': 'reference',
      'x-reference': 'vaults',
      'x-order': 2.5,
    },
    policy: { type: 'string', title: 'Policy', 'x-order': 2.7 },
    schedule: { type: 'object', properties: {}, title: 'Schedule', 'x-order': 3 },
    config: { type: 'object', additionalProperties: {}, title: 'Settings', 'x-order': 4 },
  },
}
const KIND: JobKind = {
  kind: 'anything',
  collection: 'anythings',
  title: 'Anything',
  protects: [],
  vaultKinds: [],
  vaultOptional: false,
  nodeKinds: null,
  namedNodeKinds: null,
  prepares: false,
  restore: null,
  restoreNodeKinds: null,
  config: { type: 'object', required: ['source'], properties: { source: { type: 'string' } } },
}

const COPY_TEXTS = { sourceNode: 'Source', sourceNodeHint: 'Where from', otherVaultHint: 'Or none' }

it('puts the settings of the kind before the schedule, under the name that all jobs give them', () => {
  const field = fieldOfJob(JOBS, KIND, COPY_TEXTS)
  if (field.shape !== 'group') throw new Error('not a group')
  expect(field.fields.map(({ name, title }) => `${name}: ${title}`)).toEqual([
    'name: Name',
    'node: Node',
    'config: Settings',
    'schedule: Schedule',
  ])
  expect(field.fields[2]).toMatchObject({ isRequired: true, fields: [{ name: 'source', isRequired: true }] })
})

function fieldOf(name: string, kind: Partial<JobKind>) {
  const field = fieldOfJob(JOBS, { ...KIND, ...kind }, COPY_TEXTS)
  return field.shape === 'group' ? field.fields.find((one) => one.name === name) : undefined
}

it('asks for a policy only where something is protected', () => {
  expect(fieldOf('policy', {})).toBeUndefined()
  expect(fieldOf('policy', { protects: ['guest'] })).toBeDefined()
  expect(fieldOf('policy', { vaultKinds: ['directory'] })).toBeDefined()
})

it('offers only vaults that the kind can use, and asks for one unless the kind can do without', () => {
  const vaultKinds = ['directory']
  const expected = { to: 'vaults', kinds: vaultKinds }
  expect(fieldOf('vault', { vaultKinds })).toMatchObject({ ...expected, isRequired: true })
  expect(fieldOf('vault', { vaultKinds, vaultOptional: true })).toMatchObject({
    ...expected,
    isRequired: false,
  })
  expect(fieldOf('vault', { vaultKinds: [] })).toBeUndefined()
})

it('offers only nodes that the kind works on, in its settings too, and asks for one where the kind names them', () => {
  const reference = { type: 'string', 'x-widget': 'reference', 'x-reference': 'nodes' }
  const to = {
    oneOf: ['a', 'b'].map((kind) => ({
      type: 'object',
      properties: { kind: { const: kind }, node: reference },
    })),
  }
  const config = {
    type: 'object',
    properties: { to, more: { type: 'array', items: { type: 'object', properties: { node: reference } } } },
  }
  const kinds = ['influxdb']
  expect(fieldOf('node', {})).toMatchObject({ to: 'nodes', kinds: ['host'], isRequired: false })
  expect(fieldOf('node', { nodeKinds: kinds })).toMatchObject({ kinds, isRequired: true })
  const text = JSON.stringify(fieldOf('config', { config, nodeKinds: kinds }))
  expect(text.match(/"to":"nodes","kinds":\["influxdb"\]/g)).toHaveLength(3)
})

it('tells the nodes of a copy apart, and what its vault is for', () => {
  const target = { type: 'string', 'x-widget': 'reference', 'x-reference': 'nodes' }
  const config = {
    type: 'object',
    properties: { destination: { type: 'object', properties: { node: target } } },
  }
  const kind = { nodeKinds: ['database'], vaultKinds: ['directory'], vaultOptional: true, config }
  expect(fieldOf('node', kind)).toMatchObject({ title: 'Source', description: 'Where from' })
  expect(fieldOf('vault', kind)).toMatchObject({ title: 'Vault', description: 'Or none' })
  expect(fieldOf('vault', { ...kind, config: KIND.config })).toMatchObject({ description: '' })
  expect(fieldOf('node', { ...kind, config: KIND.config })).toMatchObject({ title: 'Node' })
})
