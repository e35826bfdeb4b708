import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewUserRow } from '../../access/ports.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'
import { userStore } from './users.ts'

let place: TestStore
beforeEach(async () => {
  place = await openTestStore()
})
afterEach(() => place[Symbol.asyncDispose]())

const users = () => userStore(place.database.db)
const sql = (text: string, values: unknown[] = []) => place.database.pool.query(text, values)

function row(name: string, change: Partial<NewUserRow> = {}): NewUserRow {
  const id = `usr_${name.padStart(12, '0')}`
  return {
    id,
    name,
    passwordHash: `hash of ${name}`,
    role: 'admin',
    nodes: null,
    language: 'en',
    timeZone: 'UTC',
    ...change,
  }
}
const create = (name: string, change?: Partial<NewUserRow>) =>
  users().create(row(name, change), { onlyFirst: false })
const quietly = { revision: null, endSessions: 'none' } as const

async function addNode(name: string): Promise<string> {
  const id = `nod_${name.padStart(12, '0')}`
  await sql(`insert into nodes (id, name, spec, revision) values ($1, $2, '{}', 1)`, [id, name])
  return id
}

describe('users', () => {
  test('come back as they were stored, by id and by name', async () => {
    const anna = await create('anna', { role: 'viewer', language: 'it', timeZone: 'Europe/Rome' })
    expect(anna).toMatchObject({
      ...{
        name: 'anna',
        role: 'viewer',
        nodes: null,
        nodeIds: null,
        language: 'it',
        timeZone: 'Europe/Rome',
      },
      ...{
        passwordHash: 'hash of anna',
        isDisabled: false,
        revision: 1,
        sessionEpoch: 0,
        lastSignInAt: null,
      },
    })
    // A name may look like the id of somebody else: the id wins, and signing in goes by the name alone.
    const impostor = await create(anna.id, { id: 'usr_00000000000x' })
    expect((await users().get(anna.id))?.name).toBe('anna')
    expect(await users().byName(anna.id)).toEqual(impostor)
    expect(await users().get('anna')).toEqual(anna)
    expect(await users().byName(anna.id.toUpperCase())).toBeNull()
    expect((await users().list()).map((user) => user.name)).toEqual(['anna', anna.id])
    expect(await users().count()).toBe(2)
  })

  test('have names of their own', async () => {
    await create('anna')
    const bert = await create('bert')
    await expect(create('anna', { id: 'usr_00000000000x' })).rejects.toMatchObject({ code: 'object-exists' })
    await expect(users().change(bert.id, { name: 'anna' }, quietly)).rejects.toMatchObject({
      code: 'object-exists',
    })
    expect((await users().get('bert'))?.revision).toBe(1)
  })

  test('are first only once, also of ten at the same moment', async () => {
    const names = Array.from({ length: 10 }, (_, index) => `u${index}`)
    const results = await Promise.allSettled(
      names.map((name) => users().create(row(name), { onlyFirst: true })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'setup-link-invalid' })
    }
    expect(await users().count()).toBe(1)
  })

  test('are changed only from the state that was read', async () => {
    const anna = await create('anna')
    const changed = await users().change(anna.id, { language: 'de' }, { ...quietly, revision: 1 })
    expect(changed).toMatchObject({
      language: 'de',
      revision: 2,
      role: 'admin',
      passwordHash: 'hash of anna',
    })
    const stale = users().change(anna.id, { language: 'fr' }, { ...quietly, revision: 1 })
    await expect(stale).rejects.toMatchObject({ code: 'edit-conflict', details: { revision: 2 } })
    await expect(users().change('usr_x', {}, quietly)).rejects.toMatchObject({ code: 'name-unknown' })
  })

  test('get the hash of a new cost only for the password that it was made of', async () => {
    const anna = await create('anna')
    await users().rehash(anna.id, 'hash of anna', 'costlier')
    await users().rehash(anna.id, 'hash of anna', 'too late')
    expect(await users().get('anna')).toMatchObject({ passwordHash: 'costlier', revision: 1 })
  })

  test('are known at the addresses they signed in from', async () => {
    const anna = await create('anna')
    const known = (name: string, address: string, since: string) =>
      users().isKnownAddress(name, address, new Date(since))
    const forgetBefore = new Date('2026-08-20T00:00:00Z')
    const signIn = (id: string, at: string, address: string) =>
      users().signedIn(id, new Date(at), { address, forgetBefore })
    await signIn(anna.id, '2026-08-19T12:00:00Z', '192.0.2.9')
    await signIn(anna.id, '2026-08-20T12:00:00Z', '192.0.2.7')
    await signIn(anna.id, '2026-08-21T12:00:00Z', '192.0.2.7')
    expect((await users().get('anna'))?.lastSignInAt).toBe('2026-08-21T12:00:00.000Z')
    expect(await known('anna', '192.0.2.7', '2026-08-21T00:00:00Z')).toBe(true)
    expect(await known('anna', '192.0.2.7', '2026-08-22T00:00:00Z')).toBe(false)
    expect(await known('anna', '192.0.2.8', '2026-08-21T00:00:00Z')).toBe(false)
    expect(await known('bert', '192.0.2.7', '2026-08-21T00:00:00Z')).toBe(false)
    expect(await known('anna', '192.0.2.9', '2026-08-01T00:00:00Z')).toBe(false)
    await expect(signIn('usr_gone', '2026-08-21T12:00:00Z', '192.0.2.7')).resolves.toBeUndefined()
  })
})

describe('the last administrator', () => {
  const lastAdmin = expect.objectContaining({ code: 'last-admin' })

  test('stays one', async () => {
    const anna = await create('anna')
    const bert = await create('bert', { role: 'operator' })
    await expect(users().change(anna.id, { role: 'operator' }, quietly)).rejects.toEqual(lastAdmin)
    await expect(users().change(anna.id, { isDisabled: true }, quietly)).rejects.toEqual(lastAdmin)
    await expect(users().remove(anna.id)).rejects.toEqual(lastAdmin)
    expect(await users().get('anna')).toEqual(anna)
    await users().remove(bert.id)
    expect(await users().get('bert')).toBeNull()
    await expect(users().remove(bert.id)).rejects.toMatchObject({ code: 'name-unknown' })
  })

  test('is not one who is disabled', async () => {
    const anna = await create('anna')
    const bert = await create('bert')
    await users().change(bert.id, { isDisabled: true }, quietly)
    await expect(users().remove(anna.id)).rejects.toEqual(lastAdmin)
  })

  test('is left when all demote each other at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      await sql('delete from users')
      const admins = await Promise.all(['a', 'b', 'c', 'd'].map((name) => create(name)))
      const ways = [
        (id: string) => users().change(id, { role: 'viewer' }, quietly),
        (id: string) => users().change(id, { isDisabled: true }, quietly),
        (id: string) => users().remove(id),
        (id: string) => users().change(id, { role: 'operator' }, quietly),
      ]
      const results = await Promise.allSettled(admins.map(async ({ id }, index) => await ways[index]?.(id)))
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
      expect(refused).toEqual([lastAdmin])
      const left = (await users().list()).filter((user) => user.role === 'admin' && !user.isDisabled)
      expect(left).toHaveLength(1)
    }
  })
})

describe('a limit to nodes', () => {
  test('is given by names, and follows the node when it is renamed', async () => {
    const [one, two] = [await addNode('pve1'), await addNode('pve2')]
    const anna = await create('anna', { role: 'viewer', nodes: ['pve2', 'pve1'] })
    expect(anna.nodes).toEqual(['pve1', 'pve2'])
    expect([...(anna.nodeIds ?? [])].sort()).toEqual([one, two])
    await sql(`update nodes set name = 'zeta' where id = $1`, [one])
    expect((await users().get('anna'))?.nodes).toEqual(['pve2', 'zeta'])
    expect(await users().change(anna.id, { nodes: null }, quietly)).toMatchObject({
      nodes: null,
      nodeIds: null,
    })
    expect(await users().change(anna.id, { nodes: ['zeta'] }, quietly)).toMatchObject({ nodeIds: [one] })
    expect(await users().change(anna.id, { language: 'de' }, quietly)).toMatchObject({ nodeIds: [one] })
  })

  test('to deleted nodes only is a limit to nothing', async () => {
    const id = await addNode('pve1')
    await create('anna', { role: 'viewer', nodes: ['pve1'] })
    await sql('update nodes set deleted_at = now() where id = $1', [id])
    expect(await users().get('anna')).toMatchObject({ nodes: [], nodeIds: [id] })
    // A new node of the old name is another one.
    await sql(`insert into nodes (id, name, spec, revision) values ('nod_new', 'pve1', '{}', 1)`)
    expect(await users().get('anna')).toMatchObject({ nodes: [], nodeIds: [id] })
  })

  test('to a node that is not there is refused', async () => {
    const id = await addNode('pve1')
    const unknown = expect.objectContaining({ code: 'name-unknown', message: 'no node is called "pve9"' })
    await expect(create('anna', { nodes: ['pve1', 'pve9'] })).rejects.toEqual(unknown)
    const anna = await create('anna', { nodes: ['pve1'] })
    await expect(users().change(anna.id, { nodes: ['pve9'] }, quietly)).rejects.toEqual(unknown)
    await sql('update nodes set deleted_at = now() where id = $1', [id])
    await expect(users().change(anna.id, { nodes: ['pve1'] }, quietly)).rejects.toMatchObject({
      code: 'name-unknown',
    })
  })
})
