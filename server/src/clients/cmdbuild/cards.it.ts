import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CmdbuildLab } from '../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { createCard, deleteCard, readCards, updateCard } from './cards.ts'
import { countOf, errorOf, openLab, signal } from './cmdbuild.testkit.ts'
import type { CmdbuildServer } from './connect.ts'
import { createRelation, deleteRelation, isRelated, readRelations } from './relations.ts'
import { findClass, findDomain, listAttributes, listLookups } from './schema.ts'

describe.each(['3.3', '4.2'] as const)('CMDBuild %s', (version) => {
  let lab: CmdbuildLab
  let server: CmdbuildServer

  beforeEach(async () => {
    lab = await CmdbuildLab.start({ version, fixture: 'extended' })
    for (const card of [...lab.store.cards('CI'), ...lab.store.cards('Infrastructure')])
      lab.store.deleteCard(card.id)
    server = await openLab(lab, { pageSize: 3 })
    lab.forgetRequests()
  })

  afterEach(async () => {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  function addServers(count: number): number[] {
    return Array.from({ length: count }, (_, number) =>
      lab.store.addCard('VirtualServer', { Code: `vm-${number}`, Hostname: `host-${number}` }),
    )
  }

  const readIds = (attributes: string[] = ['Code']) =>
    readCards(server, { className: 'VirtualServer', attributes, signal }, (card) => card._id)

  describe('reading', () => {
    it('takes one request a page, whatever fits exactly', async () => {
      const ids = addServers(9)
      expect(await readIds()).toEqual(ids)
      expect(countOf(lab, 'GET', '/classes/VirtualServer/cards')).toBe(3)
      lab.store.addCard('VirtualServer', { Code: 'one more' })
      lab.forgetRequests()
      expect(await readIds()).toHaveLength(10)
      expect(countOf(lab, 'GET', '/classes/VirtualServer/cards')).toBe(4)
    })

    it('takes one request for an empty class', async () => {
      expect(await readIds()).toEqual([])
      expect(lab.requests).toHaveLength(1)
    })

    it('asks for id and class, and for no attribute more than it was told', async () => {
      addServers(1)
      const read = { className: 'VirtualServer', attributes: ['Hostname'], signal }
      const [card] = await readCards(server, read, (one) => one)
      expect(card).toMatchObject({ _type: 'VirtualServer', Hostname: 'host-0' })
      expect(card?._beginDate).toBeTypeOf('string')
      expect(card).not.toHaveProperty('Code')
    })

    it('misses no card when one before it is deleted meanwhile', async () => {
      const ids = addServers(8)
      const [first = 0, ...others] = ids
      let isDeleted = false
      const read = await readCards(
        server,
        { className: 'VirtualServer', attributes: [], signal },
        ({ _id }) => {
          if (!isDeleted) lab.store.deleteCard(first)
          isDeleted = true
          return _id
        },
      )
      expect(read).toEqual(others)
    })

    it('sees a card that is added meanwhile once', async () => {
      const ids = addServers(6)
      let added: number | null = null
      const read = await readCards(
        server,
        { className: 'VirtualServer', attributes: [], signal },
        ({ _id }) => {
          added ??= lab.store.addCard('VirtualServer', { Code: 'late' })
          return _id
        },
      )
      expect(read).toEqual([...ids, added])
    })

    it('says so when a list never holds still', async () => {
      const ids = addServers(30)
      const read = readCards(server, { className: 'VirtualServer', attributes: [], signal }, ({ _id }) => {
        lab.store.deleteCard(ids.shift() ?? 0)
        return _id
      })
      expect(await errorOf(read)).toMatchObject({ code: 'node-answer-invalid' })
    })

    it('finds cards of all classes below one', async () => {
      addServers(2)
      lab.store.addCard('PhysicalServer', { Code: 'ps' })
      const types = await readCards(
        server,
        { className: 'Server', attributes: [], signal },
        (one) => one._type,
      )
      expect(types.sort()).toEqual(['PhysicalServer', 'VirtualServer', 'VirtualServer'])
    })

    it('knows lookup types by names with blanks', async () => {
      const values = await listLookups(server, 'CI - State', signal)
      expect(values?.map(({ code }) => code)).toContain('Disused')
    })

    it('gives null for what is not there', async () => {
      expect(await findClass(server, 'NoClass', signal)).toBeNull()
      expect(await listAttributes(server, 'NoClass', signal)).toBeNull()
      expect(await listLookups(server, 'No - Type', signal)).toBeNull()
      expect(await findDomain(server, 'NoDomain', signal)).toBeNull()
    })

    it('gives what attributes are and what may be done with them', async () => {
      const attributes = new Map(
        (await listAttributes(server, 'VirtualServer', signal))?.map((one) => [one.name, one]),
      )
      expect(attributes.get('Hostname')).toMatchObject({ type: 'string', maxLength: 50, isActive: true })
      expect(attributes.get('OS')).toMatchObject({ type: 'lookup', lookupType: 'HW - OS' })
      expect(attributes.get('State')).toMatchObject({ isActive: false })
      expect(attributes.get('BackupJob')).toMatchObject({ type: 'reference', targetClass: 'BackupJob' })
    })
  })

  describe('writing', () => {
    it('gives the card as it is stored, less what was not taken', async () => {
      const values = { Code: 'c', Hostname: 'h', Status: 'N', NoAttribute: 'x' }
      const card = await createCard(server, { className: 'VirtualServer', values, signal })
      expect(card).toMatchObject({ _type: 'VirtualServer', Code: 'c', Hostname: 'h' })
      expect(card).not.toHaveProperty('NoAttribute')
      expect(card).not.toHaveProperty('Status')
    })

    it('changes what it is given and nothing else', async () => {
      const [id = 0] = addServers(1)
      const values = { Hostname: 'new' }
      expect(await updateCard(server, { className: 'VirtualServer', id, values, signal })).toMatchObject({
        Code: 'vm-0',
        Hostname: 'new',
      })
      expect(server.writes).toBe(1)
    })

    it('says why a value is not taken', async () => {
      const [id = 0] = addServers(1)
      const update = (values: Record<string, string>) =>
        errorOf(updateCard(server, { className: 'VirtualServer', id, values, signal }))
      expect(await update({ Hostname: 'x'.repeat(51) })).toMatchObject({ code: 'node-refused' })
      expect(await update({ OS: 'no such system' })).toMatchObject({ code: 'node-refused' })
      const twice = {
        className: 'Infrastructure',
        values: { Code: 'I', Name: 'I', Type: 'VeeamBackup' },
        signal,
      }
      await createCard(server, twice)
      const duplicate = await errorOf(createCard(server, twice))
      expect(duplicate).toMatchObject({ code: 'node-refused', details: { status: 500, reason: 'duplicate' } })
      const values = { Code: 'J', Type: 'VeeamBackup' }
      const empty = await errorOf(createCard(server, { className: 'Infrastructure', values, signal }))
      expect(empty).toMatchObject({ details: { reason: 'mandatory' } })
    })

    it('says which right is missing', async () => {
      const [id = 0] = addServers(1)
      lab.store.setRights('VirtualServer', { canCreate: false, canUpdate: false, canDelete: false })
      const card = { className: 'VirtualServer', id, values: { Hostname: 'new' }, signal }
      for (const work of [createCard, updateCard, deleteCard])
        expect(await errorOf(work(server, card))).toMatchObject({ code: 'privilege-missing' })
    })

    it('deletes a card that is not there any more', async () => {
      const [id = 0] = addServers(1)
      for (let count = 0; count < 2; count += 1)
        await deleteCard(server, { className: 'VirtualServer', id, signal })
      expect(lab.store.findCard(id)).toBeUndefined()
    })

    it('does not take a card for deleted that others hold on to', async () => {
      const cluster = lab.store.addCard('Cluster', { Code: 'cluster', Name: 'cluster' })
      const [id = 0] = addServers(1)
      lab.store.addRelation('ExecutionClusterVirtualServer', cluster, id)
      expect(await errorOf(deleteCard(server, { className: 'Cluster', id: cluster, signal }))).toMatchObject({
        details: { reason: 'still-referred-to' },
      })
    })
  })

  describe('relations', () => {
    it('are made, found, read and taken away', async () => {
      const [a = 0, b = 0] = addServers(2)
      const [source, destination] = [a, b].map((id) => ({ className: 'VirtualServer', id }))
      if (!source || !destination) throw new Error('no cards')
      const relation = { domain: 'CIDependency', source, destination }
      expect(await isRelated(server, relation, signal)).toBe(false)
      await createRelation(server, relation, signal)
      expect(await isRelated(server, relation, signal)).toBe(true)
      expect(await isRelated(server, { ...relation, source: destination, destination: source }, signal)).toBe(
        false,
      )
      const [one] = await readRelations(server, { domain: 'CIDependency', signal }, (found) => found)
      expect(one).toMatchObject({ domain: 'CIDependency', sourceId: a, destinationId: b })
      for (let count = 0; count < 2; count += 1)
        await deleteRelation(server, { domain: 'CIDependency', id: one?._id ?? 0, signal })
      expect(lab.store.relations('CIDependency')).toEqual([])
    })

    it('that are there already are refused by whatever error the version has', async () => {
      const [a = 0, b = 0] = addServers(2)
      lab.store.addRelation('CIDependency', a, b)
      const relation = {
        domain: 'CIDependency',
        source: { className: 'VirtualServer', id: a },
        destination: { className: 'VirtualServer', id: b },
      }
      expect(await errorOf(createRelation(server, relation, signal))).toMatchObject({
        code: 'node-refused',
        details: { status: 500, reason: version === '3.3' ? 'duplicate-relation' : 'other' },
      })
    })
  })

  describe('when the network fails', () => {
    it('reads again, and changes and deletes again', async () => {
      const [a = 0, b = 0] = addServers(2)
      lab.faults.next({ reset: true }, { method: 'GET' })
      expect(await readIds()).toEqual([a, b])
      lab.faults.next({ lose: true }, { method: 'PUT' })
      await updateCard(server, { className: 'VirtualServer', id: a, values: { Hostname: 'new' }, signal })
      lab.faults.next({ lose: true }, { method: 'DELETE' })
      await deleteCard(server, { className: 'VirtualServer', id: b, signal })
      expect(lab.store.cards('VirtualServer').map(({ values }) => values.Hostname)).toEqual(['new'])
      expect(lab.store.history(a)).toHaveLength(1)
    })

    it('never creates twice: what was lost is node-unreachable', async () => {
      const card = { className: 'VirtualServer', values: { Code: 'once' }, signal }
      lab.faults.next({ lose: true }, { method: 'POST' })
      expect(await errorOf(createCard(server, card))).toMatchObject({ code: 'node-unreachable' })
      lab.faults.next({ status: 503, retryAfter: 0 }, { method: 'POST' })
      expect(await errorOf(createCard(server, card))).toMatchObject({ code: 'node-unreachable' })
      expect(lab.store.cards('VirtualServer')).toHaveLength(1)
    })

    it('stops at once when it is told to', async () => {
      addServers(1)
      const stop = new AbortController()
      lab.faults.next({ hang: true }, { method: 'GET' })
      const read = readCards(
        server,
        { className: 'VirtualServer', attributes: [], signal: stop.signal },
        (one) => one,
      )
      setTimeout(() => stop.abort(), 50)
      expect(await errorOf(read)).toMatchObject({ code: 'run-canceled' })
    })
  })
})
