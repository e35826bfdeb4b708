import { expect, it } from 'vitest'
import type { BackupObject } from '../../../../clients/veeam/connect.ts'
import { object } from '../veeam/estate.testkit.ts'
import { identify } from './identity.ts'

const GUID = '8A689010-07a6-4b3c-9a26-786c8fad2e70'

/** Ids of machines to the ids of their objects. */
function machines(...objects: readonly BackupObject[]) {
  return Object.fromEntries(
    identify(objects).machines.map(({ id, objects: all }) => [id, all.map((one) => one.id)]),
  )
}

it('knows a machine by its id at its host, in whatever chain and folder it is', () => {
  const same = { objectId: 'vm-1' }
  expect(
    machines(
      object('o1', 'b1', 'web', same),
      object('o2', 'b2', 'web renamed', { ...same, path: 'VC1\\DC2\\other\\web renamed' }),
      object('o3', 'b1', 'web', { ...same, path: 'vc2\\DC\\esx\\web' }),
    ),
  ).toEqual({ 'vmware:vc1:vm-1': ['o1', 'o2'], 'vmware:vc2:vm-1': ['o3'] })
})

it('goes by platform and name where there is no such id', () => {
  expect(
    machines(
      object('o1', 'b1', 'PC-1', { platformName: 'WindowsPhysical', type: 'Server' }),
      object('o2', 'b2', 'pc-1', { platformName: 'WindowsPhysical', type: 'Computer' }),
      object('o3', 'b2', 'PC-1', { platformName: 'LinuxPhysical', type: null }),
      // An id that means nothing without its host.
      object('o4', 'b3', 'db', { objectId: 'vm-9', path: null }),
    ),
  ).toEqual({
    'windowsphysical:pc-1': ['o1', 'o2'],
    'linuxphysical:pc-1': ['o3'],
    'vmware:db': ['o4'],
  })
})

it('needs no host for ids that are unique in the world', () => {
  const of = (platformName: string, objectId: string) => ({ platformName, objectId, path: null })
  expect(
    machines(
      object('o1', 'b1', 'hv', of('HyperV', GUID)),
      object('o2', 'b1', 'hv', of('CloudDirector', 'urn:vcloud:vm:1')),
    ),
  ).toEqual({ [`hyperv:${GUID.toLowerCase()}`]: ['o1'], 'clouddirector:urn:vcloud:vm:1': ['o2'] })
})

it('gives an object that has only a name to the one machine of that name', () => {
  const exact = object('o1', 'b1', 'web', { objectId: 'vm-1' })
  const nameless = object('o2', 'b2', 'WEB')
  expect(machines(nameless, exact)).toEqual({ 'vmware:vc1:vm-1': ['o1', 'o2'] })
  const twin = object('o3', 'b1', 'web', { objectId: 'vm-1', path: 'vc2\\web' })
  const { machines: found, ambiguous } = identify([nameless, exact, twin])
  expect(found.map(({ id }) => id)).toEqual(['vmware:vc1:vm-1', 'vmware:vc2:vm-1'])
  expect(ambiguous).toEqual([nameless])
})

it.each([
  ['VMware', 'NfcDir'],
  ['VMware', 'Template'],
  ['WindowsPhysical', 'Volume of tomorrow'],
  ['UnstructuredData', 'Directory'],
  ['UnstructuredData', 'Server'],
  ['EntraID', 'VM'],
])('%s %s is no machine', (platformName, type) => {
  const { machines: found, others } = identify([object('o1', 'b1', 'x', { platformName, type })])
  expect([found.length, others.length]).toEqual([0, 1])
})

it.each([
  ['VMware', 'VM'],
  ['LinuxPhysical', 'Computer'],
  ['Platform of tomorrow', 'VM'],
  ['AWSEC2', 'Instance'],
])('%s %s is a machine', (platformName, type) => {
  expect(identify([object('o1', 'b1', 'x', { platformName, type })]).machines).toHaveLength(1)
})

it('keeps ids short, and apart', () => {
  const long = (end: string) => object(`o${end}`, 'b1', `${'very-long-'.repeat(12)}${end}`)
  const ids = Object.keys(machines(long('1'), long('2')))
  expect(ids.every((id) => id.length <= 90)).toBe(true)
  expect(new Set(ids).size).toBe(2)
})
