import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CmdbuildLab } from '../../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { errorOf, openLab, signal } from '../../../clients/cmdbuild/cmdbuild.testkit.ts'
import type { CmdbuildServer } from '../../../clients/cmdbuild/connect.ts'
import { testMapping } from './mapping.testkit.ts'
import { readCmdb } from './read-cmdb.ts'

const mapping = testMapping()

describe.each(['3.3', '4.2'] as const)('reading a CMDB of version %s', (version) => {
  let lab: CmdbuildLab
  let server: CmdbuildServer

  async function start(fixture: 'extended' | 'ready2use', pageSize = 1000) {
    lab = await CmdbuildLab.start({ version, fixture })
    server = await openLab(lab, { pageSize })
    lab.forgetRequests()
  }

  beforeEach(() => start('extended'))

  afterEach(async () => {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  async function restart(fixture: 'extended' | 'ready2use', pageSize = 1000) {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
    await start(fixture, pageSize)
  }

  it('gives classes with lineage, attributes, lookups and domains', async () => {
    const cmdb = await readCmdb(server, mapping, { signal })
    expect([...cmdb.classes.keys()].sort()).toEqual(
      ['BackupJob', 'Infrastructure', 'PhysicalServer', 'Storage', 'VirtualServer'].sort(),
    )
    expect(cmdb.classes.get('VirtualServer')?.lineage.slice(0, 5)).toEqual([
      'VirtualServer',
      'Server',
      'ServerHW',
      'Hardware',
      'CI',
    ])
    const attributes = cmdb.classes.get('VirtualServer')?.attributes
    expect(attributes?.get('Hostname')).toMatchObject({ type: 'string', maxLength: 50, canUpdate: true })
    expect(attributes?.get('BackupJob')).toMatchObject({ type: 'reference', targetClass: 'BackupJob' })
    const { precision, scale } = lab.store.schema.attributesOf('Storage').get('Capacity') ?? {}
    expect(precision).toBeTypeOf('number')
    expect(cmdb.classes.get('Storage')?.attributes.get('Capacity')).toMatchObject({ precision, scale })
    expect([...cmdb.lookups.keys()].sort()).toEqual([
      'Backup - State',
      'Infrastructure - Type',
      'Storage - Type',
    ])
    expect(cmdb.lookups.get('Backup - State')?.map(({ code }) => code)).toContain('Removed')
    expect(cmdb.domains.get('InfrastructureCI')).toMatchObject({
      source: 'Infrastructure',
      destination: 'CI',
      cardinality: 'N:N',
      disabledDestinations: expect.arrayContaining(['BusinessService']),
    })
    expect([...cmdb.domains.keys()].sort()).toEqual(['CIDependency', 'InfrastructureCI'])
  })

  it('gives cards with the attributes of the mapping alone, in one form', async () => {
    const job = lab.store.addCard('BackupJob', { Code: 'job-1', LastRun: '2025-07-28T10:44:39.69+02:00' })
    const id = lab.store.addCard('VirtualServer', {
      Code: 'vm-1',
      Hostname: 'vm-1.example.org',
      OSVersion: 'not asked for',
      Notes: 'never written',
      BackupState: 'Active',
      BackupJob: job,
    })
    const cmdb = await readCmdb(server, mapping, { signal })
    const card = cmdb.cards.get('VirtualServer')?.find((one) => one.id === id)
    const active = cmdb.lookups.get('Backup - State')?.find(({ code }) => code === 'Active')?.id
    expect(card).toMatchObject({
      className: 'VirtualServer',
      values: {
        Code: 'vm-1',
        Hostname: 'vm-1.example.org',
        BackupState: active,
        BackupJob: job,
        IPAddress: null,
      },
    })
    expect(card?.values).not.toHaveProperty('OSVersion')
    expect(card?.values).not.toHaveProperty('Notes')
    expect(cmdb.cards.get('BackupJob')?.find((one) => one.id === job)?.values.LastRun).toBe(
      '2025-07-28T08:44:39.690Z',
    )
  })

  it('gives relations of the domains between cards that it read', async () => {
    const infrastructure = lab.store.addCard('Infrastructure', { Code: 'I', Name: 'I', Type: 'VeeamBackup' })
    const a = lab.store.addCard('VirtualServer', { Code: 'a' })
    const database = lab.store.addCard('Database', { Code: 'd' })
    const b = lab.store.addCard('VirtualServer', { Code: 'b' })
    const relation = lab.store.as(lab.user, () =>
      lab.store.addRelation('InfrastructureCI', infrastructure, a),
    )
    const persons = lab.store.addRelation('InfrastructureCI', infrastructure, b)
    lab.store.addRelation('InfrastructureCI', infrastructure, database)
    const cmdb = await readCmdb(server, mapping, { signal })
    const both = { domain: 'InfrastructureCI', sourceId: infrastructure }
    expect(cmdb.relations.get('InfrastructureCI')).toEqual([
      { ...both, id: relation, destinationId: a },
      { ...both, id: persons, destinationId: b, isForeign: true },
    ])
    expect(cmdb.relations.get('CIDependency')).toEqual([])
  })

  it('reads a superclass that the mapping names without its cards twice', async () => {
    const { kinds } = mapping
    const named = testMapping(
      {},
      {
        machine: {
          ...kinds.machine,
          classes: kinds.machine.classes.map((one) => ({ ...one, className: 'Server' })),
        },
        server: {
          ...kinds.server,
          classes: kinds.server.classes.filter((one) => one.className === 'VirtualServer'),
        },
      },
    )
    lab.store.addCard('VirtualServer', { Code: 'v' })
    const physical = lab.store.addCard('PhysicalServer', { Code: 'p' })
    const cmdb = await readCmdb(server, named, { signal })
    expect(cmdb.cards.get('Server')?.map(({ id, className }) => [id, className])).toContainEqual([
      physical,
      'PhysicalServer',
    ])
    expect(cmdb.cards.get('Server')?.some(({ className }) => className === 'VirtualServer')).toBe(false)
    expect(cmdb.cards.get('VirtualServer')?.map(({ values }) => values.Code)).toContain('v')
  })

  it('leaves out what the CMDB lacks, and reads the parent of a class to be made', async () => {
    await restart('ready2use')
    const cmdb = await readCmdb(server, mapping, { signal })
    expect(cmdb.classes.has('BackupJob')).toBe(false)
    expect(cmdb.classes.get('CI')?.isPrototype).toBe(true)
    expect(cmdb.cards.has('BackupJob')).toBe(false)
    expect(cmdb.cards.has('CI')).toBe(false)
    expect(cmdb.lookups.has('Backup - State')).toBe(false)
    expect(cmdb.domains.has('BackupJobVirtualServer')).toBe(false)
  })

  it('does not ask for attributes that are switched off or may not be read', async () => {
    lab.store.setAttribute('VirtualServer', 'Hostname', { isActive: false })
    lab.store.setAttribute('VirtualServer', 'IPAddress', { rights: { canRead: false } })
    await readCmdb(server, mapping, { signal })
    const { query } = lab.requests.find(({ path }) => path === '/classes/VirtualServer/cards') ?? {}
    expect(query?.attrs).toBe(
      'Id,IdClass,BeginDate,Code,SourceKey,BackupState,LastBackup,BackupJob,LastUpdate',
    )
  })

  it('takes as many requests as there are pages, and some twelve for what it is made of', async () => {
    await restart('extended', 100)
    const infrastructure = lab.store.addCard('Infrastructure', { Code: 'I', Name: 'I', Type: 'VeeamBackup' })
    for (let number = 0; number < 500; number += 1) {
      const id = lab.store.addCard('VirtualServer', { Code: `vm-${number}` })
      lab.store.addRelation('InfrastructureCI', infrastructure, id)
    }
    const cmdb = await readCmdb(server, mapping, { signal })
    expect(cmdb.cards.get('VirtualServer')).toHaveLength(500)
    expect(cmdb.relations.get('InfrastructureCI')).toHaveLength(500)
    const pages = lab.requests.filter(({ path }) => /\/(cards|relations)$/.test(path)).length
    // Five classes with one that takes five pages; of relations three times as many fit on one.
    expect(pages).toBe(4 + 5 + 2 + 1)
    expect(lab.requests.length - pages).toBeLessThanOrEqual(12)
    expect(cmdb.calls).toBe(lab.requests.length)
    expect(lab.writeRequests).toBe(0)
  })

  it('ends with the error of the class that may not be read, and sends nothing after it', async () => {
    lab.faults.next({ status: 500 }, { method: 'GET', path: '/classes/Storage/cards' })
    expect(await errorOf(readCmdb(server, mapping, { signal }))).toBeInstanceOf(Error)
    const { length } = lab.requests
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(lab.requests).toHaveLength(length)
  })
})
