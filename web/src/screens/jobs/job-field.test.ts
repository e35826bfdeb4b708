import { expect, it } from 'vitest'
import { fieldOfJob } from './job-field.ts'

const JOBS = {
  type: 'object',
  required: ['name', 'kind'],
  properties: {
    name: { type: 'string', title: 'Name', 'x-order': 1 },
    kind: { type: 'string', title: 'Kind', 'x-order': 2 },
    vault: {
      type: 'string',
      title: 'Vault',
      'x-widget': 'reference',
      'x-reference': 'vaults',
      'x-order': 2.5,
    },
    schedule: { type: 'object', properties: {}, title: 'Schedule', 'x-order': 3 },
    config: { type: 'object', additionalProperties: {}, title: 'Settings', 'x-order': 4 },
  },
}
const KIND = {
  kind: 'anything',
  collection: 'anythings',
  title: 'Anything',
  protects: [],
  vaultKinds: [],
  restore: null,
  config: { type: 'object', required: ['source'], properties: { source: { type: 'string' } } },
}

it('puts the settings of the kind before the schedule, under the name that all jobs give them', () => {
  const field = fieldOfJob(JOBS, KIND)
  if (field.shape !== 'group') throw new Error('not a group')
  expect(field.fields.map(({ name, title }) => `${name}: ${title}`)).toEqual([
    'name: Name',
    'config: Settings',
    'schedule: Schedule',
  ])
  expect(field.fields[1]).toMatchObject({ isRequired: true, fields: [{ name: 'source', isRequired: true }] })
})

it('offers only vaults that the kind can use, and asks for one', () => {
  const fieldOf = (vaultKinds: string[]) => {
    const field = fieldOfJob(JOBS, { ...KIND, vaultKinds })
    return field.shape === 'group' ? field.fields.find(({ name }) => name === 'vault') : undefined
  }
  expect(fieldOf(['directory'])).toMatchObject({ to: 'vaults', kinds: ['directory'], isRequired: true })
  expect(fieldOf([])).toBeUndefined()
})
