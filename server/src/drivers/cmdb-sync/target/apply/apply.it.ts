import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CmdbuildLab } from '../../../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { errorOf, openLab } from '../../../../clients/cmdbuild/cmdbuild.testkit.ts'
import type { CmdbuildServer } from '../../../../clients/cmdbuild/connect.ts'
import type { Change, CreateCard, Relate, UpdateCard } from '../../model/changes.ts'
import { type ApplyOptions, applyChanges } from './apply.ts'

const { signal } = new AbortController()

function create(number: number, className: string, values: CreateCard['values']): CreateCard {
  const name = `card ${number}`
  return { do: 'create', number, kind: 'machine', className, key: `k/${number}`, name, values }
}

function update(card: number, values: Record<string, UpdateCard['values'][string]['after']>): UpdateCard {
  const changed = Object.entries(values).map(([attribute, after]) => [attribute, { before: null, after }])
  return {
    do: 'update',
    why: 'differs',
    kind: 'machine',
    className: 'VirtualServer',
    card,
    key: 'k',
    name: `card ${card}`,
    values: Object.fromEntries(changed),
  }
}

function relate(from: Relate['from'], to: Relate['to'], domain = 'CIDependency'): Relate {
  return { do: 'relate', domain, from, to, names: ['from', 'to'] }
}

const remove = (card: number): Change => ({
  do: 'delete',
  kind: 'machine',
  className: 'VirtualServer',
  card,
  key: 'k',
  name: 'gone',
})

describe.each(['3.3', '4.2'] as const)('applying changes to CMDBuild %s', (version) => {
  let lab: CmdbuildLab
  let server: CmdbuildServer

  beforeEach(async () => {
    lab = await CmdbuildLab.start({ version, fixture: 'extended' })
    server = await openLab(lab)
    lab.forgetRequests()
  })

  afterEach(async () => {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  const apply = (changes: readonly Change[], options: Partial<ApplyOptions> = {}) =>
    applyChanges(server, changes, { writers: 4, signal, onDone: () => undefined, ...options })

  const there = (className: string) => lab.store.cards(className).map((card) => lab.store.shown(card.id))
  const vm = (code: string) => lab.store.addCard('VirtualServer', { Code: code })

  it('makes cards, what refers to them, and the relations between them', async () => {
    const changes: Change[] = [
      create(1, 'Infrastructure', {
        Code: 'VBR',
        Name: 'VBR',
        Type: lookup('Infrastructure - Type', 'VeeamBackup'),
      }),
      create(2, 'BackupJob', { Code: 'job', Name: 'Nightly' }),
      create(3, 'VirtualServer', {
        Code: 'vm',
        BackupJob: { created: 2 },
        LastBackup: '2025-07-28T08:44:39.690Z',
      }),
      relate({ created: 1 }, { created: 3 }, 'InfrastructureCI'),
      relate({ created: 3 }, { created: 2 }),
    ]
    const done: number[] = []
    const applied = await apply(changes, { onDone: (_, count) => done.push(count) })
    expect(applied).toEqual({ done: 5, failed: [], skipped: [], notTaken: [] })
    expect(done).toEqual([1, 2, 3, 4, 5])
    expect(there('VirtualServer')).toContainEqual(expect.objectContaining({ Code: 'vm', BackupJob: 'job' }))
    expect(lab.store.relations('InfrastructureCI')).toHaveLength(1)
    expect(lab.store.relations('CIDependency')).toHaveLength(1)
    expect(server.writes).toBe(5)
  })

  it('changes, unlinks and deletes, the deletions last', async () => {
    const [a, b] = [vm('a'), vm('b')]
    const relation = lab.store.addRelation('CIDependency', a, b)
    const applied = await apply([
      update(a, { Hostname: 'new' }),
      { do: 'unrelate', domain: 'CIDependency', relation, names: ['a', 'b'] },
      remove(b),
    ])
    expect(applied.done).toBe(3)
    expect(lab.store.shown(a)).toMatchObject({ Hostname: 'new' })
    expect(lab.store.findCard(b)).toBeUndefined()
    expect(lab.requests.map(({ method }) => method)).toEqual(['PUT', 'DELETE', 'DELETE'])
  })

  it('keeps each failure to itself, and skips what depends on it', async () => {
    const [a, b] = [vm('a'), vm('b')]
    const changes: Change[] = [
      create(1, 'BackupJob', { Code: 'x'.repeat(101) }),
      create(2, 'VirtualServer', { Code: 'depends', BackupJob: { created: 1 } }),
      create(3, 'VirtualServer', { Code: 'well' }),
      update(a, { Hostname: 'y'.repeat(51) }),
      update(b, { Hostname: 'well' }),
      relate({ created: 2 }, { created: 3 }),
      relate({ created: 3 }, { card: a, className: 'VirtualServer' }),
    ]
    const applied = await apply(changes)
    expect(applied.done).toBe(3)
    expect(applied.failed.map(({ change }) => changes.indexOf(change))).toEqual([0, 3])
    expect(applied.failed.map(({ error }) => error.code)).toEqual(['node-refused', 'node-refused'])
    expect(applied.skipped.map(({ change, because }) => [changes.indexOf(change), because])).toEqual([
      [1, 1],
      [5, 2],
    ])
    expect(lab.store.shown(b)).toMatchObject({ Hostname: 'well' })
  })

  it('says of a duplicate on a unique attribute what it is', async () => {
    lab.store.addCard('Infrastructure', { Code: 'VBR', Name: 'VBR', Type: 'VeeamBackup' })
    const type = lookup('Infrastructure - Type', 'VeeamBackup')
    const applied = await apply([create(1, 'Infrastructure', { Code: 'VBR', Name: 'Other', Type: type })])
    expect(applied.failed[0]?.error.message).toMatch(/create a card of Infrastructure.*duplicate/s)
  })

  it('takes one class that is forbidden for the failure of its items', async () => {
    lab.store.setRights('PhysicalServer', { canCreate: false })
    const applied = await apply([
      create(1, 'PhysicalServer', { Code: 'p' }),
      create(2, 'VirtualServer', { Code: 'v' }),
    ])
    expect(applied).toMatchObject({ done: 1, failed: [{ error: { code: 'privilege-missing' } }] })
  })

  it('names attributes that were not taken', async () => {
    const a = vm('a')
    lab.store.setAttribute('VirtualServer', 'OSVersion', { isActive: false })
    lab.store.setAttribute('VirtualServer', 'Alias', { rights: { canCreate: false, canUpdate: false } })
    const applied = await apply([
      create(1, 'VirtualServer', { Code: 'n', Status: 'N', Alias: 'x', NoSuch: 1, Hostname: 'h' }),
      update(a, { Hostname: 'new', Alias: 'y' }),
    ])
    expect(applied.done).toBe(2)
    expect(applied.notTaken.map(({ attributes }) => attributes)).toEqual([
      ['Status', 'Alias', 'NoSuch'],
      ['Alias'],
    ])
  })

  it('takes for taken what CMDBuild stores in another form', async () => {
    const storage = await apply([
      create(1, 'Storage', {
        Code: 's',
        Capacity: 299.4,
        FreeSpace: 100,
        Name: null,
        LastUpdate: '2025-07-28T08:44:39.690Z',
      }),
      create(2, 'VirtualServer', { Code: 'v', IPAddress: '2001:db8::1', OS: lookup('HW - OS', 'Linux') }),
    ])
    expect(storage).toMatchObject({ done: 2, notTaken: [] })
  })

  it('takes a relation that is there already for made, and no other failure', async () => {
    const [a, b] = [vm('a'), vm('b')]
    const job = lab.store.addCard('BackupJob', { Code: 'j' })
    lab.store.addRelation('CIDependency', a, b)
    lab.store.addRelation('BackupJobVirtualServer', job, a)
    const other = lab.store.addCard('BackupJob', { Code: 'k' })
    const card = (id: number, className = 'VirtualServer') => ({ card: id, className })
    const applied = await apply([
      relate(card(a), card(b)),
      relate(card(other, 'BackupJob'), card(a), 'BackupJobVirtualServer'),
    ])
    expect(applied).toMatchObject({ done: 1, failed: [{ change: { domain: 'BackupJobVirtualServer' } }] })
    expect(lab.store.relations('CIDependency')).toHaveLength(1)
  })

  it('fails with a relation to a class that the domain leaves out', async () => {
    const a = vm('a')
    lab.store.setDomain('CIDependency', { disabledDestinations: ['VirtualServer'] })
    const card = { card: a, className: 'VirtualServer' }
    const applied = await apply([relate(card, { card: vm('b'), className: 'VirtualServer' })])
    expect(applied).toMatchObject({ done: 0, failed: [{ error: { code: 'node-refused' } }] })
  })

  it('writes no history where the card is so already', async () => {
    const a = vm('a')
    await apply([update(a, { Hostname: 'new' })])
    await apply([update(a, { Hostname: 'new' })])
    expect(lab.store.history(a)).toHaveLength(1)
  })

  it('takes what is deleted already for deleted', async () => {
    const a = vm('a')
    lab.store.deleteCard(a)
    const applied = await apply([
      { do: 'unrelate', domain: 'CIDependency', relation: 4711, names: ['a', 'b'] },
      remove(a),
    ])
    expect(applied).toMatchObject({ done: 2, failed: [] })
  })

  it('ends when an answer is lost, and a repeat is not its business', async () => {
    lab.faults.next({ lose: true }, { method: 'POST', path: '/classes/VirtualServer/cards' })
    const changes = Array.from({ length: 20 }, (_, number) =>
      create(number, 'VirtualServer', { Code: `n-${number}` }),
    )
    expect(await errorOf(apply(changes, { writers: 2 }))).toMatchObject({ code: 'node-unreachable' })
    expect(lab.requests.length).toBeLessThan(6)
    expect(there('VirtualServer').filter(({ Code }) => Code === 'n-0')).toHaveLength(1)
  })

  it('goes on with a new session when the old one ran out', async () => {
    lab.faults.expireSessions()
    const changes = Array.from({ length: 10 }, (_, number) =>
      create(number, 'VirtualServer', { Code: `s-${number}` }),
    )
    expect(await apply(changes)).toMatchObject({ done: 10, failed: [] })
    expect(there('VirtualServer').filter(({ Code }) => String(Code).startsWith('s-'))).toHaveLength(10)
  })

  it('stops at the signal, and sends nothing after it', async () => {
    const stop = new AbortController()
    const changes = Array.from({ length: 50 }, (_, number) =>
      create(number, 'VirtualServer', { Code: `c-${number}` }),
    )
    const applying = apply(changes, {
      writers: 2,
      signal: stop.signal,
      onDone: (_, count) => {
        if (count === 5) stop.abort()
      },
    })
    expect(await errorOf(applying)).toMatchObject({ code: 'run-canceled' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    // The other writer may have had one on the way.
    expect(lab.requests.length).toBeLessThanOrEqual(6)
  })

  it('stops at the signal also when the server hangs', async () => {
    const stop = new AbortController()
    lab.faults.next({ hang: true }, { method: 'POST' })
    setTimeout(() => stop.abort(), 50)
    const began = performance.now()
    const applying = apply([create(1, 'VirtualServer', { Code: 'c' })], { signal: stop.signal })
    expect(await errorOf(applying)).toMatchObject({ code: 'run-canceled' })
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('refuses a plan that refers to what it makes later', async () => {
    const changes = [relate({ created: 1 }, { created: 1 }), create(1, 'VirtualServer', { Code: 'c' })]
    expect(await errorOf(apply(changes))).toMatchObject({ code: 'invariant-broken' })
    expect(lab.writeRequests).toBe(0)
  })

  it('has no more on the way than it may', async () => {
    let atOnce = 0
    let most = 0
    const { createCard } = lab.store
    lab.store.createCard = function count(...sent) {
      most = Math.max(most, atOnce)
      return createCard.apply(this, sent)
    }
    lab.faults.next({ delayMs: 20 }, { method: 'POST' }, 12)
    const watch = setInterval(() => {
      atOnce = lab.requests.filter(({ status }) => status === 0).length
    }, 1)
    const changes = Array.from({ length: 12 }, (_, number) =>
      create(number, 'VirtualServer', { Code: `w-${number}` }),
    )
    await apply(changes, { writers: 3 })
    clearInterval(watch)
    expect(most).toBeLessThanOrEqual(3)
    expect(most).toBeGreaterThan(1)
  })

  function lookup(type: string, code: string): number {
    return lab.store.lookups.resolve(type, code) as number
  }
})
