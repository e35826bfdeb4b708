import { expect, it } from 'vitest'
import { fieldOfJob } from './job-field.ts'

const JOBS = {
  type: 'object',
  required: ['name', 'kind'],
  properties: {
    name: { type: 'string', title: 'Name', 'x-order': 1 },
    kind: { type: 'string', title: 'Kind', 'x-order': 2 },
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
