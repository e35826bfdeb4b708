import { expect, it } from 'vitest'
import { longListsBy } from './long-lists.ts'
import { ServerClock } from './server-clock.ts'

const { backupObject, restorePoint } = longListsBy(new ServerClock('Europe/Prague'))
const NIL = '00000000-0000-0000-0000-000000000000'

it('reads an object as the newest revision writes it', () => {
  const written = {
    ...{
      id: ' A-1 ',
      name: ' web01 ',
      type: ' VM ',
      platformName: 'vCD',
      objectId: 'vm-42',
      backupId: 'B-1',
    },
    ...{ path: 'vc\\dc\\web01', restorePointsCount: 3, other: true },
  }
  expect(backupObject(written)).toEqual({
    ...{ id: 'a-1', name: 'web01', type: 'VM', platformName: 'CloudDirector', objectId: 'vm-42' },
    ...{ backupId: 'b-1', path: 'vc\\dc\\web01', restorePointsCount: 3 },
  })
})

it.each([
  ['vmware', 'Vmware'],
  ['HPStoreOnceIntegration', 'HPEStoreOnce'],
  ['constructor', 'Constructor'],
  [7, ''],
])('takes the platform %j for %s', (platformName, read) => {
  for (const _ of [1, 2]) expect(backupObject({ id: 'a', platformName })?.platformName).toBe(read)
})

it.each([
  [{ type: ' ', objectId: 7, path: [], backupId: NIL, restorePointsCount: -1 }],
  [{ type: null, backupId: null, restorePointsCount: Number.NaN }],
  [{ backupId: 5, restorePointsCount: '3' }],
])('passes over what is odd in an object: %j', (odd) => {
  const unknown = { type: null, objectId: null, path: null, backupId: null, restorePointsCount: null }
  expect(backupObject({ id: 'a', ...odd })).toEqual({ id: 'a', name: '', platformName: '', ...unknown })
})

it.each([null, 'x', [], {}, { id: 7 }, { id: ' ' }])('leaves out an object without identity: %j', (entry) => {
  expect(backupObject(entry)).toBe(null)
})

const point = { id: 'p', name: ' web01 ', backupId: ' B-1', creationTime: '2026-11-20T01:00:00+01:00' }

it('reads a restore point by the clock of the server', () => {
  const read = { name: 'web01', backupId: 'b-1', createdAt: '2026-11-20T00:00:00.000Z' }
  expect(restorePoint({ ...point, guestOsFamily: 'Windows' })).toEqual({ ...read, guestOs: 'Windows' })
  expect(restorePoint({ ...point, guestOsFamily: 7, creationTime: '2026-11-20T01:00:00' })).toEqual({
    ...read,
    guestOs: null,
  })
})

it.each([{ id: '' }, { backupId: null }, { creationTime: 'never' }, { creationTime: 5 }])(
  'leaves out a restore point with %j',
  (lacking) => {
    expect(restorePoint({ ...point, ...lacking })).toBe(null)
  },
)
