import { afterEach, describe, expect, it } from 'vitest'
import { CmdbuildLab } from '../../../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { errorOf, openLab, signal } from '../../../../clients/cmdbuild/cmdbuild.testkit.ts'
import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import { testMapping } from '../mapping.testkit.ts'
import { readCmdb } from '../read-cmdb.ts'
import { createLacking } from './create-lacking.ts'
import { canBeMade, type Lacking } from './lack.ts'
import { lackingOf } from './lacking.ts'
import { readSchema } from './read-schema.ts'

const mapping = testMapping()

describe.each(['3.3', '4.2'] as const)('a CMDB of version %s', (version) => {
  let lab: CmdbuildLab | undefined
  let server: CmdbuildServer | undefined

  afterEach(async () => {
    await server?.[Symbol.asyncDispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  async function start(fixture: 'extended' | 'ready2use', role = 'SuperUser') {
    lab = await CmdbuildLab.start({ version, fixture, role })
    server = await openLab(lab)
    return { lab, server }
  }

  const find = async (of: CmdbuildServer) => lackingOf(await readSchema(of, mapping, { signal }), mapping)

  const shortly = (one: Lacking) =>
    'attribute' in one && one.what === 'attribute'
      ? `${one.className}.${one.attribute}`
      : one.what === 'lookup-value'
        ? `${one.lookupType}: ${one.code}`
        : one.what === 'lookup-type'
          ? one.lookupType
          : one.what === 'domain'
            ? `${one.domain} ${one.cardinality} ${one.ends?.source} ${one.ends?.destination}`
            : one.what === 'class'
              ? `${one.className} < ${one.parent}`
              : one.what

  it('as it is shipped lacks these, in the order in which they are made', async () => {
    const { server } = await start('ready2use')
    const lacking = await find(server)
    expect(lacking.map(shortly)).toEqual([
      'BackupJob < CI',
      'Backup - State',
      'Infrastructure - Type: VeeamBackup',
      'Backup - State: Removed',
      'Storage - Type: VeeamRepository',
      'BackupJobVirtualServer 1:N BackupJob VirtualServer',
      'Infrastructure.SourceKey',
      ...['Name', 'Capacity', 'BackupState', 'SourceKey'].map((one) => `Storage.${one}`),
      ...['BackupState', 'LastBackup', 'BackupJob', 'LastUpdate', 'SourceKey'].map(
        (one) => `VirtualServer.${one}`,
      ),
      ...['BackupState', 'LastUpdate', 'SourceKey'].map((one) => `PhysicalServer.${one}`),
      ...['Name', 'BackupState', 'LastRun', 'SourceKey'].map((one) => `BackupJob.${one}`),
    ])
    expect(lacking.every(canBeMade)).toBe(true)
    const cmdb = await readCmdb(server, mapping, { signal })
    expect(lackingOf(cmdb, mapping)).toEqual(lacking)
  })

  it('lacks nothing more once that is made, and nothing is made twice', async () => {
    const { lab, server } = await start('ready2use')
    const lacking = await find(server)
    const said: Lacking[] = []
    const { made, wereThere, left } = await createLacking(server, lacking, {
      signal,
      onMade: (one) => said.push(one),
    })
    expect([made, said, wereThere, left]).toEqual([lacking, lacking, [], []])
    expect(await find(server)).toEqual([])
    const schema = lab.snapshot()
    const writes = lab.writeRequests
    const again = await createLacking(server, lacking, { signal })
    expect([again.made, again.wereThere]).toEqual([[], lacking])
    expect(lab.writeRequests).toBe(writes)
    expect(lab.snapshot()).toEqual(schema)
  })

  it('takes what a synchronisation writes once that is made', async () => {
    const { lab, server } = await start('ready2use')
    await createLacking(server, await find(server), { signal })
    const job = lab.store.addCard('BackupJob', {
      Code: 'j',
      Name: 'Nightly',
      LastRun: '2025-07-28T10:44:39Z',
    })
    const id = lab.store.addCard('VirtualServer', { Code: 'v', BackupJob: job, BackupState: 'Removed' })
    expect(lab.store.shown(id)).toMatchObject({ BackupJob: 'j', BackupState: 'Removed' })
    const key = lab.store.schema.attributesOf('Storage').get('SourceKey')
    expect(key).toMatchObject({ type: 'string', maxLength: 250 })
    const other = lab.store.addCard('VirtualServer', { Code: 'w' })
    lab.store.addRelation('CIDependency', other, job)
  })

  it('killed after any step, is finished by the next run', async () => {
    const { lab, server } = await start('ready2use')
    for (let writes = 1; writes < 60; writes += 1) {
      const lacking = await find(server)
      if (lacking.length === 0) break
      lab.faults.everyWrite(2, { lose: true })
      const error = await errorOf(createLacking(server, lacking, { signal }))
      if (lacking.length > 1) expect(error).toMatchObject({ code: 'node-unreachable' })
      lab.faults.clear()
    }
    expect(await find(server)).toEqual([])
  })

  it('is not prepared by a user who may not administer it', async () => {
    const { lab, server } = await start('ready2use', 'Operators')
    const error = await errorOf(createLacking(server, await find(server), { signal }))
    expect(error).toMatchObject({
      code: 'privilege-missing',
      message: expect.stringContaining('create the class BackupJob'),
    })
    expect(lab.changes).toBe(0)
  })

  it('that has everything lacks nothing', async () => {
    const { server } = await start('extended')
    expect(await find(server)).toEqual([])
  })

  it('says which rights are missing, and what is switched off', async () => {
    const { lab, server } = await start('extended')
    lab.store.setRights('PhysicalServer', { canCreate: false })
    lab.store.setRights('Storage', { canUpdate: false })
    lab.store.setAttribute('VirtualServer', 'Hostname', { isActive: false })
    lab.store.setAttribute('VirtualServer', 'LastBackup', { rights: { canUpdate: false } })
    lab.store.setAttribute('BackupJob', 'Name', { rights: { canCreate: false } })
    lab.store.setDomain('CIDependency', { canCreate: false })
    lab.store.setDomain('InfrastructureCI', { disabledDestinations: ['Storage'] })
    const lacking = await find(server)
    expect(lacking).toEqual([
      { what: 'inactive-attribute', className: 'VirtualServer', attribute: 'Hostname' },
      { what: 'right', className: 'VirtualServer', attribute: 'LastBackup', right: 'update' },
      { what: 'right', className: 'PhysicalServer', attribute: null, right: 'create' },
      { what: 'right', className: 'Storage', attribute: null, right: 'update' },
      { what: 'right', className: 'BackupJob', attribute: 'Name', right: 'create' },
      { what: 'domain-end', domain: 'InfrastructureCI', className: 'Storage', end: 'destination' },
      { what: 'domain-right', domain: 'CIDependency' },
    ])
    const { left } = await createLacking(server, lacking, { signal })
    expect(left).toEqual(lacking)
    expect(lab.writeRequests).toBe(0)
  })
})
