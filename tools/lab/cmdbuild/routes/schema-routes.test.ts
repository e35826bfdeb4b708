import { describe, expect, test } from 'vitest'
import { CmdbuildLab } from '../cmdbuild-lab.ts'
import { Rest } from '../rest.testkit.ts'

async function stage() {
  const lab = await CmdbuildLab.start()
  return { lab, rest: await Rest.as(lab), [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() }
}

describe('schema', () => {
  test('class, lookups, attributes and domains can be made, and are used at once', async () => {
    await using on = await stage()
    const make = async (path: string, body: object) => {
      const answer = await on.rest.send('POST', path, body)
      expect(answer.status).toBe(200)
      return answer.body.data
    }
    const type = '/lookup_types/BackupJob%20-%20Type'
    expect(await make('/classes', { name: 'BackupJob', parent: 'CI', type: 'standard' })).toMatchObject({
      parent: 'CI',
      prototype: false,
      _can_create: true,
    })
    await make('/lookup_types', { name: 'BackupJob - Type' })
    await make(`${type}/values`, { code: 'Copy', description: 'Copies', active: true })
    const attributes = '/classes/BackupJob/attributes'
    await make(attributes, { name: 'SourceKey', type: 'string', maxLength: 250, mode: 'write' })
    await make(attributes, { name: 'Type', type: 'lookup', lookupType: 'BackupJob - Type' })
    await make(attributes, { name: 'Size', type: 'decimal', precision: 10, scale: 2 })
    const domain = { name: 'StorageJob', source: 'Storage', destination: 'BackupJob', cardinality: '1:N' }
    expect(await make('/domains', domain)).toMatchObject({ ...domain, destinations: ['BackupJob'] })
    const reference = { name: 'Repository', type: 'reference', domain: 'StorageJob', direction: 'inverse' }
    expect(await make(attributes, reference)).toMatchObject({ targetClass: 'Storage', direction: 'inverse' })
    const storage = on.lab.store.addCard('Storage', { Code: 's' })
    const values = { Code: 'j', SourceKey: 'k', Type: 'Copy', Size: 1.239, Repository: storage }
    expect(await make('/classes/BackupJob/cards', values)).toMatchObject({
      SourceKey: 'k',
      _Type_description: 'Copies',
      Size: 1.24,
      _Repository_code: 's',
    })
    expect(on.lab.changes).toBe(on.lab.writeRequests)
  })

  test('what is there already, or cannot be, is refused', async () => {
    await using on = await stage()
    const before = on.lab.snapshot()
    const statusOf = async (path: string, body: object) => (await on.rest.send('POST', path, body)).status
    const attributes = '/classes/Storage/attributes'
    expect(await statusOf('/classes', { name: 'Storage', parent: 'CI' })).toBe(500)
    expect(await statusOf('/classes', { name: 'New', parent: 'Nope' })).toBe(404)
    expect(await statusOf('/classes', { name: 'New', parent: 'Storage' })).toBe(400)
    expect(await statusOf('/classes', { parent: 'CI' })).toBe(400)
    expect(await statusOf(attributes, { name: 'Hostname', type: 'text' })).toBe(400)
    expect(await statusOf(attributes, { name: 'Status', type: 'text' })).toBe(400)
    expect(await statusOf(attributes, { name: 'New', type: 'varchar' })).toBe(400)
    expect(await statusOf(attributes, { name: 'New', type: 'string' })).toBe(400)
    expect(await statusOf(attributes, { name: 'New', type: 'lookup', lookupType: 'Nope' })).toBe(404)
    const reference = { name: 'New', type: 'reference', domain: 'StorageDisks', direction: 'inverse' }
    expect(await statusOf(attributes, reference)).toBe(400)
    expect(await statusOf('/lookup_types', { name: 'CI - State' })).toBe(500)
    expect(await statusOf('/lookup_types/CI%20-%20State/values', { code: 'InUse' })).toBe(500)
    expect(await statusOf('/lookup_types/Nope/values', { code: 'x' })).toBe(404)
    const domain = { name: 'New', source: 'CI', destination: 'CI', cardinality: 'N:N' }
    expect(await statusOf('/domains', { ...domain, name: 'CIDependency' })).toBe(500)
    expect(await statusOf('/domains', { ...domain, cardinality: 'many' })).toBe(500)
    expect(await statusOf('/domains', { ...domain, source: 'Nope' })).toBe(404)
    expect(on.lab.snapshot()).toEqual(before)
    expect(on.lab.changes).toBe(0)
  })

  test('rights of attributes are those of the service, whatever people see', async () => {
    await using on = await stage()
    const attributesOf = async (className: string) => {
      const answer = await on.rest.get(`/classes/${className}/attributes`)
      return new Map<string, object>(answer.body.data.map((one: { name: string }) => [one.name, one]))
    }
    const storage = await attributesOf('Storage')
    expect(storage.get('Description')).toMatchObject({ mode: 'hidden', hidden: true, _can_update: true })
    expect(storage.get('Hostname')).toMatchObject({ type: 'string', maxLength: 50, inherited: true })
    expect(storage.get('Type')).toMatchObject({ type: 'lookup', lookupType: 'Storage - Type' })
    expect(storage.get('CPUSpeed')).toMatchObject({ type: 'decimal', precision: 6, scale: 2 })
    for (const name of ['Id', 'Status', 'BeginDate']) expect(storage.has(name)).toBe(false)
    expect((await attributesOf('NetworkInterface')).get('Code')).toMatchObject({
      mode: 'read',
      writable: false,
      _can_update: true,
    })
    expect((await attributesOf('VirtualServer')).get('State')).toMatchObject({ active: false })
    expect((await attributesOf('Infrastructure')).get('Name')).toMatchObject({
      mandatory: true,
      unique: true,
    })
  })

  test('domains of a class, with those of the classes above it', async () => {
    await using on = await stage()
    const answer = await on.rest.get('/classes/Storage/domains', { detailed: 'true' })
    expect(answer.body.data.map((one: { _id: string }) => one._id)).toEqual([
      'CIDependency',
      'InfrastructureCI',
      'HardwareDisk',
      'HardwareNetworkInterface',
      'HardwareSoftwareInstance',
      'StorageDisks',
    ])
    const short = await on.rest.get('/domains')
    expect(Object.keys(short.body.data[0])).toEqual(['_id', 'name', 'description'])
  })
})
