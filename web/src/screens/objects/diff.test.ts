import { expect, it } from 'vitest'
import { differences } from './diff.ts'

it('names each value that an edit changed by its path', () => {
  const before = { name: 'a', schedule: { cron: '0 * * * *', timeZone: 'UTC' }, locks: ['x'] }
  const after = { name: 'a', schedule: { cron: '5 * * * *', timeZone: 'UTC' }, vault: 'disk' }
  expect(differences(before, after)).toEqual([
    { path: 'schedule.cron', before: '0 * * * *', after: '5 * * * *' },
    { path: 'locks', before: ['x'], after: undefined },
    { path: 'vault', before: undefined, after: 'disk' },
  ])
})

it('tells a new object with all it has, and nothing for an edit without effect', () => {
  expect(differences(null, { name: 'a' })).toEqual([{ path: 'name', before: undefined, after: 'a' }])
  expect(differences({ on: ['a', 'b'] }, { on: ['a', 'b'] })).toEqual([])
})
