import { describe, expect, it } from 'vitest'
import type { BackupObject, RestorePoint } from '../../../../clients/veeam/connect.ts'
import {
  backup,
  estateOf,
  inventoryOf,
  itemsOf,
  jobState,
  managedServer,
  object,
  point,
  proxy,
  repository,
} from './estate.testkit.ts'

const THIS = '6745a759-2205-4cd2-b172-8ec8f7e60ef8'
const [T1, T2] = ['2026-11-18T01:00:00.000Z', '2026-11-19T01:00:00.000Z'] as const

describe('servers', () => {
  it.each([
    ['the managed servers', { managedServers: [managedServer(THIS, 'own.example')] }, 'own.example'],
    [
      'the backup server among the managed servers',
      { managedServers: [managedServer('h9', 'own.example', { isBackupServer: true })] },
      'own.example',
    ],
    [
      'a repository of it',
      { repositories: [repository('r1', { hostId: THIS, hostName: 'own.example' })] },
      'own.example',
    ],
    ['the server itself', {}, 'vbr01.example'],
  ])('calls this server as %s', (_where, lists, name) => {
    const proxies = [proxy('p1', THIS, { hostName: 'This server' })]
    expect(itemsOf(estateOf({ proxies, ...lists }), 'server')[THIS]).toMatchObject({
      name,
      evidence: { names: [name] },
    })
  })

  it('leaves out machines without a name, and is incomplete then', () => {
    const estate = {
      ...estateOf({
        proxies: [proxy('p1', THIS), proxy('p2', null), proxy('p3', 'h1', { name: 'px.example' })],
      }),
      // What older revisions say.
      serverInfo: {
        vbrId: 'vbr',
        name: 'Veeam Backup and Replication',
        buildVersion: '12.3',
        platform: null,
      },
    }
    const inventory = inventoryOf(estate)
    const servers = inventory.items.filter(({ kind }) => kind === 'server')
    expect(servers.map(({ name }) => name)).toEqual(['px.example'])
    expect([...inventory.incomplete.keys()]).toEqual(['server'])
  })

  it('takes no address for evidence that is not of one machine alone', () => {
    const managedServers = [
      managedServer('h1', '192.0.2.1'),
      managedServer('h2', '192.0.2.2'),
      managedServer('h3', '192.0.2.2'),
      managedServer('h4', '127.0.0.1'),
      managedServer('h5', 'px.example.'),
    ]
    const proxies = managedServers.map(({ id }) => proxy(`p-${id}`, id))
    const items = itemsOf(estateOf({ managedServers, proxies }), 'server')
    expect(Object.values(items).map(({ evidence }) => [...evidence.names, ...evidence.addresses])).toEqual([
      ['192.0.2.1'],
      [],
      [],
      [],
      ['px.example'],
    ])
  })

  it.each([
    [[{}, {}], 'Online'],
    [[{}, { isOnline: false }], 'Offline'],
    [[{}, { isOnline: false, isDisabled: true }], 'Online'],
    [[{ isDisabled: true }], 'Disabled'],
    [[{}, { isOutOfDate: true }], 'OutOfDate'],
    [[{ isOnline: null }], undefined],
  ])('sums up the states of its proxies %j as %s', (states, status) => {
    const proxies = states.map((state, index) =>
      proxy(`p${index}`, 'h1', { hostName: 'px.example', ...state }),
    )
    expect(itemsOf(estateOf({ proxies }), 'server').h1?.facts.status).toBe(status)
  })
})

describe('storages', () => {
  const pool = (ids: readonly string[]) => ({
    id: 's',
    name: 'S',
    description: '',
    performanceExtentIds: [...ids],
  })
  const extentOf = (extentType: string) => ({ scaleOutRepositoryId: 's', extentType })

  it('sums the performance extents up, named by either side, and no others', () => {
    const repositories = [
      repository('r1', { capacityGb: 0.1, freeGb: 0.1 }),
      repository('r2', { capacityGb: 0.2, freeGb: 0, extentOf: extentOf('Performance') }),
      repository('r3', { extentOf: extentOf('Capacity') }),
    ]
    const estate = estateOf({ repositories, scaleOutRepositories: [pool(['r1'])] })
    expect(itemsOf(estate, 'storage').s?.facts).toMatchObject({
      capacityGb: 0.3,
      freeGb: 0.1,
      status: 'Online',
    })
  })

  it('does not sum up what it does not know whole', () => {
    const estate = estateOf({ repositories: [repository('r1')], scaleOutRepositories: [pool(['r1', 'r2'])] })
    expect(itemsOf(estate, 'storage').s?.facts).not.toHaveProperty('capacityGb')
  })

  it('takes the size that the server itself gives', () => {
    const repositories = [repository('r1'), repository('s', { capacityGb: 777 })]
    const items = itemsOf(estateOf({ repositories, scaleOutRepositories: [pool(['r1'])] }), 'storage')
    expect(Object.keys(items)).toEqual(['r1', 's'])
    expect(items.s?.facts).toMatchObject({ capacityGb: 777, role: 'ScaleOut' })
  })

  it('is degraded while some of its extents are away', () => {
    const repositories = [repository('r1'), repository('r2', { isOnline: false })]
    const estate = estateOf({ repositories, scaleOutRepositories: [pool(['r1', 'r2'])] })
    expect(itemsOf(estate, 'storage').s?.facts.status).toBe('Degraded')
  })

  it('forgets no size because a repository is away', () => {
    const away = repository('r1', { capacityGb: 0, freeGb: 0, isOnline: false })
    const bucket = repository('r2', { capacityGb: 0, freeGb: 0 })
    const items = itemsOf(estateOf({ repositories: [away, bucket] }), 'storage')
    expect(items.r1?.facts).not.toHaveProperty('capacityGb')
    expect(items.r2?.facts).toMatchObject({ capacityGb: null, freeGb: null })
  })
})

describe('jobs', () => {
  it.each([
    ['Running', 'Enabled'],
    ['Inactive', 'Enabled'],
    ['Disabled', 'Disabled'],
    ['Hibernating', 'Hibernating'],
  ])('calls a job that is %s %s', (status, said) => {
    expect(itemsOf(estateOf({ jobStates: [jobState('j1', { status })] }), 'job').j1?.facts.status).toBe(said)
  })

  it('names its storage only where that is known', () => {
    const jobStates = [
      jobState('j1', { repositoryId: 'r1' }),
      jobState('j2', { repositoryId: 'gone' }),
      jobState('j3'),
    ]
    const items = itemsOf(estateOf({ jobStates, repositories: [repository('r1')] }), 'job')
    expect(Object.values(items).map(({ facts }) => facts.storage)).toEqual([
      { kind: 'storage', id: 'r1' },
      undefined,
      null,
    ])
  })
})

describe('machines', () => {
  const jobStates = [jobState('j1'), jobState('j2')]
  const repositories = [repository('r1'), repository('r2')]
  const backups = [
    backup('b1', 'j1', { repositoryId: 'r1' }),
    backup('b2', 'j2', { repositoryId: 'r2' }),
    backup('b3', 'deleted'),
    backup('b4', null),
  ]
  const vm = { objectId: 'vm-1' }
  const machine = (objects: readonly BackupObject[], restorePoints: readonly RestorePoint[] = []) => {
    const estate = estateOf({ jobStates, repositories, backups, backupObjects: objects, restorePoints })
    return itemsOf(estate, 'machine')['vmware:vc1:vm-1']
  }

  it('belongs to the job with its newest point, and to the first by id at the same instant', () => {
    const objects = [object('o2', 'b2', 'web', vm), object('o1', 'b1', 'web', vm)]
    const points = (...at: string[]) => at.map((one, index) => point(`b${index + 1}`, 'web', one))
    expect(machine(objects, points(T1, T2))?.facts).toMatchObject({
      job: { id: 'j2' },
      storage: { id: 'r2' },
      lastBackup: T2,
    })
    expect(machine(objects, points(T2, T1))?.facts).toMatchObject({ job: { id: 'j1' }, lastBackup: T2 })
    expect(machine(objects, points(T2, T2))?.facts).toMatchObject({
      job: { id: 'j1' },
      storage: { id: 'r1' },
    })
    expect(machine(objects.toReversed(), points(T2, T2))).toEqual(machine(objects, points(T2, T2)))
  })

  it('names no job of several that it cannot tell apart, but the only one', () => {
    expect(machine([object('o1', 'b1', 'web', vm), object('o2', 'b2', 'web', vm)])?.facts).not.toHaveProperty(
      'job',
    )
    expect(machine([object('o1', 'b1', 'web', vm), object('o3', 'b3', 'web', vm)])?.facts).toMatchObject({
      job: { kind: 'job', id: 'j1' },
    })
  })

  it('has no job when its chains are of none, and an unknown one when its chain is unknown', () => {
    expect(machine([object('o3', 'b3', 'web', vm), object('o4', 'b4', 'web', vm)])?.facts.job).toBe(null)
    expect(machine([object('o5', null, 'web', vm)])?.facts).not.toHaveProperty('job')
    expect(machine([object('o5', 'b9', 'web', vm)])?.facts).not.toHaveProperty('job')
  })

  it('is called as its newest point has it', () => {
    const objects = [object('o1', 'b1', 'old', vm), object('o2', 'b2', 'new.example', vm)]
    expect(machine(objects, [point('b1', 'old', T1), point('b2', 'new.example', T2)])).toMatchObject({
      name: 'new.example',
      facts: { hostname: 'new.example' },
      evidence: { names: ['new.example'], addresses: [] },
    })
  })

  it.each([
    ['Windows 2022', 'Windows'],
    ['Linux', 'Linux'],
    ['Other', undefined],
  ])('runs %s: %s', (guestOs, os) => {
    expect(machine([object('o1', 'b1', 'web', vm)], [point('b1', 'web', T1, { guestOs })])?.facts.os).toBe(os)
  })

  it('says nothing of the protection of a machine whose restore points nobody counted', () => {
    const status = (restorePointsCount: number | null) => {
      const backupObjects = [object('o1', 'b1', 'web', { ...vm, restorePointsCount })]
      return inventoryOf(estateOf({ backups, backupObjects })).items.find(({ kind }) => kind === 'machine')
        ?.facts.status
    }
    expect([status(null), status(0), status(3)]).toEqual([undefined, 'Unprotected', 'Protected'])
  })

  it('links to each of its jobs once', () => {
    const backupObjects = ['b1', 'b2', 'b3'].map((id) => object(`o-${id}`, id, 'web', vm))
    const { links } = inventoryOf(estateOf({ jobStates, backups, backupObjects }))
    const jobs = links.filter(({ rule }) => rule === 'machine-in-job').map(({ to }) => to.id)
    expect(jobs).toEqual(['j1', 'j2'])
  })
})

it('is called by the code of the site, which never bears a slash', () => {
  const inventory = inventoryOf({ ...estateOf(), serverInfo: null }, ' SITE/1 ')
  expect(inventory).toMatchObject({ instance: 'SITE-1', aliases: ['SITE-1'], version: '' })
  expect(inventory.items).toMatchObject([{ kind: 'infrastructure', id: 'SITE-1', facts: { name: 'SITE-1' } }])
})
