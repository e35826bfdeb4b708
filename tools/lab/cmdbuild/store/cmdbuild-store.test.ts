import { describe, expect, test } from 'vitest'
import { buildExtended } from '../fixtures/extended.ts'
import { CmdbuildStore } from './cmdbuild-store.ts'
import { LabError } from './lab-error.ts'

function newStore(version: '3.3' | '4.2' = '4.2'): CmdbuildStore {
  const store = new CmdbuildStore(version)
  buildExtended(store)
  return store
}

function errorOf(work: () => unknown): { status: number; code: string | null; message: string } {
  try {
    work()
  } catch (error) {
    if (error instanceof LabError) return { status: error.status, code: error.code, message: error.message }
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('cards', () => {
  test('code and name are unique on Infrastructure alone', () => {
    const store = newStore()
    store.addCard('Infrastructure', { Code: 'A', Name: 'a', Type: 'VeeamBackup' })
    const second = store.addCard('Infrastructure', { Code: 'B', Name: 'b', Type: 'VeeamBackup' })
    const again = (values: object) =>
      errorOf(() => store.addCard('Infrastructure', { Type: 'VeeamBackup', ...values }))
    expect(again({ Code: 'A', Name: 'c' })).toMatchObject({ status: 500, code: '201' })
    expect(again({ Code: 'C', Name: 'b' })).toMatchObject({ status: 500, code: '201' })
    expect(errorOf(() => store.setCard(second, { Code: 'A' }))).toMatchObject({ status: 500, code: '201' })
    store.setCard(second, { Code: 'B2' })
    store.addCard('Infrastructure', { Code: 'B', Name: 'c', Type: 'VeeamBackup' })
    for (const className of ['Storage', 'Storage', 'VirtualServer']) store.addCard(className, { Code: 'A' })
    expect(store.cards('CI').map(({ values }) => values.Code)).toEqual(['A', 'A', 'A'])
  })

  test('version 3 tells of a duplicate in the words of the database', () => {
    const store = newStore('3.3')
    const add = () => store.addCard('Infrastructure', { Code: 'A', Name: 'a', Type: 'VeeamBackup' })
    add()
    const { status, code, message } = errorOf(add)
    expect([status, code]).toEqual([500, null])
    expect(message).toContain('violates unique constraint "_cm3_Infrastructure_Code"')
  })

  test('what is mandatory may not be empty, neither at first nor later', () => {
    const store = newStore()
    const refused = { status: 500, code: '208' }
    expect(errorOf(() => store.addCard('Infrastructure', { Code: 'A', Name: 'a' }))).toMatchObject(refused)
    const id = store.addCard('Infrastructure', { Code: 'A', Name: 'a', Type: 'VeeamBackup' })
    expect(errorOf(() => store.setCard(id, { Name: ' ' }))).toMatchObject(refused)
    expect(store.shown(id)).toEqual({ Code: 'A', Name: 'a', Type: 'VeeamBackup' })
  })

  test('no card is made of a superclass', () => {
    expect(errorOf(() => newStore().addCard('Server', { Code: 'A' }))).toMatchObject({ status: 400 })
  })

  test('a trigger writes the description of every CI, and of nothing else', () => {
    const store = newStore()
    const vm = store.addCard('VirtualServer', { Code: 'v', Description: 'mine', Hostname: 'h', Model: 'M1' })
    expect(store.card(vm).values.Description).toBe('v - M1 [h]')
    store.setCard(vm, { Description: 'mine' })
    expect(store.card(vm).values.Description).toBe('v - M1 [h]')
    // The server compared what it was sent, so that it counts as a change.
    expect(store.history(vm)).toHaveLength(1)
    const job = store.addCard('BackupJob', { Code: 'j', Description: 'mine' })
    expect(store.card(job).values.Description).toBe('j')
    const disk = store.addCard('Disk', { Description: 'mine', Hardware: vm })
    expect(store.card(disk).values.Description).toBe('mine')
  })

  test('what is the same already is not written; a real change leaves the row before it', () => {
    const store = newStore()
    const id = store.addCard('VirtualServer', { Code: 'v', VSState: 'On' })
    const { beganAt } = store.card(id)
    const { revision } = store
    store.setCard(id, { Code: 'v', VSState: 'On', Alias: '' })
    expect([store.card(id).beganAt, store.revision]).toEqual([beganAt, revision])
    expect(store.history(id)).toEqual([])
    store.setCard(id, { VSState: 'Off' })
    expect(store.card(id).beganAt > beganAt).toBe(true)
    expect(store.history(id)).toMatchObject([{ status: 'U', endedAt: store.card(id).beganAt }])
    expect(store.shown(id)).toMatchObject({ Code: 'v', VSState: 'Off' })
  })

  test('a card that is changed goes to the end of its table', () => {
    const store = newStore()
    const ids = ['a', 'b', 'c'].map((Code) => store.addCard('Storage', { Code }))
    store.setCard(ids[0] ?? 0, { Path: '/' })
    expect(store.cards('Storage').map(({ values }) => values.Code)).toEqual(['b', 'c', 'a'])
  })

  test('a test that names an attribute wrongly is told so', () => {
    expect(() => newStore().addCard('Storage', { Codee: 'a' })).toThrow('Storage has no attribute Codee')
  })
})

describe('references and the relations of their domains say the same', () => {
  test('a reference makes, moves and takes away its relation', () => {
    const store = newStore()
    const [one, two] = ['one', 'two'].map((Code) => store.addCard('BackupJob', { Code }))
    const vm = store.addCard('VirtualServer', { Code: 'v', BackupJob: one })
    const pairs = () =>
      store.relations('BackupJobVirtualServer').map((each) => [each.sourceId, each.destinationId])
    expect(pairs()).toEqual([[one, vm]])
    store.setCard(vm, { BackupJob: two })
    expect(pairs()).toEqual([[two, vm]])
    expect(store.shown(vm).BackupJob).toBe('two')
    store.setCard(vm, { BackupJob: null })
    expect(pairs()).toEqual([])
    expect(store.history(vm)).toHaveLength(2)
  })

  test('a relation fills and empties the reference', () => {
    const store = newStore()
    const job = store.addCard('BackupJob', { Code: 'j' })
    const vm = store.addCard('VirtualServer', { Code: 'v' })
    const relation = store.addRelation('BackupJobVirtualServer', job, vm)
    expect(store.card(vm).values.BackupJob).toBe(job)
    store.deleteRelation(relation)
    expect(store.card(vm).values.BackupJob).toBe(null)
    expect(store.history(vm)).toHaveLength(2)
  })

  test('a reference that is made later is filled from the relations that are there', () => {
    const store = newStore()
    store.removeAttribute('VirtualServer', 'BackupJob')
    const job = store.addCard('BackupJob', { Code: 'j' })
    const vm = store.addCard('VirtualServer', { Code: 'v' })
    store.addRelation('BackupJobVirtualServer', job, vm)
    expect(store.shown(vm)).not.toHaveProperty('BackupJob')
    store.addAttribute('VirtualServer', {
      name: 'Job',
      type: 'reference',
      description: 'Job',
      mode: 'write',
      isActive: true,
      isMandatory: false,
      isUnique: false,
      domain: 'BackupJobVirtualServer',
      direction: 'inverse',
    })
    expect(store.shown(vm).Job).toBe('j')
  })

  test('one to a card that is not there, or of the wrong class, changes nothing', () => {
    const store = newStore()
    const storage = store.addCard('Storage', { Code: 's' })
    const vm = store.addCard('VirtualServer', { Code: 'v' })
    const before = store.snapshot()
    for (const target of [7, storage])
      expect(errorOf(() => store.setCard(vm, { BackupJob: target })).status).toBe(500)
    expect(store.snapshot()).toEqual(before)
  })
})

describe('relations', () => {
  function stage() {
    const store = newStore()
    const infrastructure = store.addCard('Infrastructure', { Code: 'I', Name: 'i', Type: 'VeeamBackup' })
    const [storage = 0, other = 0] = ['s', 't'].map((Code) => store.addCard('Storage', { Code }))
    const [disk = 0] = [store.addCard('Disk', { Hardware: storage })]
    return { store, infrastructure, storage, other, disk }
  }

  test('each pair is there once', () => {
    const { store, infrastructure, storage } = stage()
    store.addRelation('InfrastructureCI', infrastructure, storage)
    const { status, code, message } = errorOf(() =>
      store.addRelation('InfrastructureCI', infrastructure, storage),
    )
    expect([status, code]).toEqual([500, null])
    expect(message).toContain(
      'duplicate key value violates unique constraint "_cm3_Map_InfrastructureCI_relations"',
    )
  })

  test('what belongs to one cannot belong to a second', () => {
    const { store, other, disk } = stage()
    expect(errorOf(() => store.addRelation('HardwareDisk', other, disk)).message).toContain(
      '_cm3_Map_HardwareDisk_target',
    )
  })

  test('only cards of the classes of a domain, without those that it leaves out', () => {
    const { store, infrastructure, storage } = stage()
    const application = store.addCard('Application', { Code: 'a' })
    for (const [source, destination] of [
      [storage, infrastructure],
      [infrastructure, application],
    ] as const)
      expect(errorOf(() => store.addRelation('InfrastructureCI', source, destination))).toMatchObject({
        status: 400,
        message: expect.stringContaining('card = CardImpl'),
      })
    store.addRelation('CIDependency', application, storage)
  })

  test('a card that others belong to cannot be deleted; other relations go with it', () => {
    const { store, infrastructure, storage, other, disk } = stage()
    for (const one of [storage, other]) store.addRelation('InfrastructureCI', infrastructure, one)
    const before = store.snapshot()
    expect(errorOf(() => store.deleteCard(storage))).toMatchObject({ status: 500, code: '205' })
    expect(store.snapshot()).toEqual(before)
    store.deleteCard(disk)
    store.deleteCard(storage)
    expect(store.findCard(storage)).toBeUndefined()
    expect(store.history(storage)).toMatchObject([{ status: 'N' }])
    expect(store.relations('InfrastructureCI').map(({ destinationId }) => destinationId)).toEqual([other])
  })

  test('where a domain says so, what belongs to the card is deleted with it', () => {
    const { store, storage, disk } = stage()
    store.setDomain('HardwareDisk', { cascadeDirect: 'delete' })
    store.deleteCard(storage)
    expect(store.findCard(disk)).toBeUndefined()
  })
})

describe('attributes', () => {
  test('come from above, and a class may say otherwise of them', () => {
    const { schema } = newStore()
    const ofVirtual = schema.attributesOf('VirtualServer')
    expect(ofVirtual.get('Hostname')).toMatchObject({ isInherited: true, isActive: true, maxLength: 50 })
    expect(ofVirtual.get('State')).toMatchObject({ isInherited: true, isActive: false })
    expect(schema.attributesOf('PhysicalServer').get('State')?.isActive).toBe(true)
    expect(ofVirtual.get('Alias')?.isInherited).toBe(false)
    expect([...schema.attributesOf('Server').keys()]).not.toContain('Alias')
  })

  test('one that is made above is there below, too', () => {
    const store = newStore()
    expect(store.schema.attributesOf('PhysicalServer').has('SourceKey')).toBe(true)
    store.setAttribute('Server', 'SourceKey', { isActive: false })
    expect(store.schema.attributesOf('PhysicalServer').get('SourceKey')?.isActive).toBe(false)
  })
})
