import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredUser } from '../../access/ports.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'
import { sessionStore } from './sessions.ts'
import { tokenStore } from './tokens.ts'
import { userStore } from './users.ts'

let place: TestStore
let anna: StoredUser
let bert: StoredUser
beforeEach(async () => {
  place = await openTestStore()
  const create = (name: string) =>
    users().create(
      {
        id: `usr_${name}`,
        name,
        passwordHash: 'hash',
        role: 'admin',
        nodes: null,
        language: 'en',
        timeZone: 'UTC',
      },
      { onlyFirst: false },
    )
  anna = await create('anna')
  bert = await create('bert')
})
afterEach(() => place[Symbol.asyncDispose]())

const users = () => userStore(place.database.db)
const sessions = () => sessionStore(place.database.db)
const tokens = () => tokenStore(place.database.db)

const NOON = new Date('2026-08-20T12:00:00.000Z')
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000)
const hash = (text: string) => Buffer.from(text)

function begin(id: string, user = anna) {
  const times = { at: NOON, expiresAt: later(60) }
  const where = { address: '192.0.2.7', userAgent: 'Firefox' }
  return sessions().create({
    id,
    secretHash: hash(id),
    userId: user.id,
    sessionEpoch: user.sessionEpoch,
    ...where,
    ...times,
  })
}
const alive = async (user = anna) =>
  (await sessions().ofUser(user.id, NOON)).map((session) => session.id).sort()

describe('sessions', () => {
  test('are found by the hash of their secret until they expire', async () => {
    expect(await begin('ses_1')).toBe(true)
    expect(await sessions().find(hash('ses_1'), later(59))).toEqual({
      ...{ id: 'ses_1', address: '192.0.2.7', userAgent: 'Firefox', user: anna },
      ...{
        createdAt: NOON.toISOString(),
        lastSeenAt: NOON.toISOString(),
        expiresAt: later(60).toISOString(),
      },
    })
    expect(await sessions().find(hash('ses_1'), later(60))).toBeNull()
    expect(await sessions().find(hash('ses_2'), NOON)).toBeNull()
    await sessions().seen('ses_1', later(30), later(90))
    expect(await sessions().find(hash('ses_1'), later(60))).toMatchObject({
      lastSeenAt: later(30).toISOString(),
    })
    await sessions().removeExpired(later(89))
    expect(await alive()).toEqual(['ses_1'])
    await sessions().removeExpired(later(90))
    expect(await alive()).toEqual([])
  })

  test('go on with another secret', async () => {
    await begin('ses_1')
    const next = { address: '192.0.2.8', userAgent: 'curl', at: later(10), expiresAt: later(70) }
    expect(await sessions().rotate('ses_1', { ...next, secretHash: hash('new') })).toBe(true)
    expect(await sessions().find(hash('ses_1'), later(10))).toBeNull()
    expect(await sessions().find(hash('new'), later(69))).toMatchObject({ id: 'ses_1', address: '192.0.2.8' })
    expect(await sessions().rotate('ses_1', { ...next, at: later(70), secretHash: hash('late') })).toBe(false)
    expect(await sessions().rotate('ses_x', { ...next, secretHash: hash('none') })).toBe(false)
  })

  test('are removed for their own user only', async () => {
    await begin('ses_1')
    await begin('ses_2')
    await begin('ses_3', bert)
    expect(await sessions().remove('ses_1', bert.id)).toBe(false)
    expect(await sessions().remove('ses_1', anna.id)).toBe(true)
    await sessions().removeAllOf(anna.id)
    expect(await alive()).toEqual([])
    expect(await alive(bert)).toEqual(['ses_3'])
  })

  test.each([
    ['all are ended', () => sessions().removeAllOf(anna.id)],
    [
      'the rights change',
      () => users().change(anna.id, { role: 'viewer' }, { revision: null, endSessions: 'all' }),
    ],
    [
      'the password changes',
      () =>
        users().change(
          anna.id,
          { passwordHash: 'new' },
          { revision: null, endSessions: { except: 'ses_1' } },
        ),
    ],
    [
      'the user is disabled',
      () => users().change(anna.id, { isDisabled: true }, { revision: null, endSessions: 'none' }),
    ],
    ['the user is deleted', () => users().remove(anna.id)],
  ])('do not begin when they were on their way while %s', async (_, work) => {
    await work()
    expect(await begin('ses_1')).toBe(false)
    expect(await alive()).toEqual([])
  })

  test('end with a change of the user, all but the one named', async () => {
    for (const id of ['ses_1', 'ses_2', 'ses_3']) await begin(id)
    await begin('ses_4', bert)
    await users().change(anna.id, { language: 'de' }, { revision: null, endSessions: 'none' })
    expect(await alive()).toEqual(['ses_1', 'ses_2', 'ses_3'])
    await users().change(
      anna.id,
      { passwordHash: 'new' },
      { revision: null, endSessions: { except: 'ses_2' } },
    )
    expect(await alive()).toEqual(['ses_2'])
    await users().change(anna.id, { role: 'viewer' }, { revision: null, endSessions: 'all' })
    expect(await alive()).toEqual([])
    expect(await alive(bert)).toEqual(['ses_4'])
  })

  test('that begin while all are ended do not outlive it', async () => {
    for (let round = 0; round < 20; round++) {
      anna = (await users().get('anna')) ?? anna
      await Promise.all([
        begin(`ses_${round}a`),
        users().change(anna.id, { passwordHash: `${round}` }, { revision: null, endSessions: 'all' }),
        begin(`ses_${round}b`),
      ])
      expect(await alive()).toEqual([])
    }
  })
})

describe('API tokens', () => {
  const make = (id: string, user = anna, expiresAt: Date | null = null, sessionId = `ses_${user.name}`) =>
    tokens().create(
      {
        ...{ id, name: `name of ${id}`, secretHash: hash(id), userId: user.id },
        ...{ permissions: ['read', 'operate'], at: NOON, expiresAt },
      },
      { sessionId, most: 4 },
    )
  const count = async () => (await tokens().list(anna.id)).length
  beforeEach(async () => {
    for (const user of [anna, bert]) await begin(`ses_${user.name}`, user)
  })

  test('are found with their owner until they expire', async () => {
    await make('tok_1', anna, later(60))
    await make('tok_2')
    expect(await tokens().find(hash('tok_1'), later(59))).toEqual({
      ...{ id: 'tok_1', name: 'name of tok_1', user: 'anna', permissions: ['read', 'operate'], owner: anna },
      ...{ createdAt: NOON.toISOString(), expiresAt: later(60).toISOString(), lastUsedAt: null },
    })
    expect(await tokens().find(hash('tok_1'), later(60))).toBeNull()
    expect(await tokens().find(hash('tok_2'), later(1e6))).toMatchObject({ id: 'tok_2' })
    await tokens().used('tok_2', later(5))
    expect(await tokens().find(hash('tok_2'), NOON)).toMatchObject({ lastUsedAt: later(5).toISOString() })
  })

  test('are listed and removed for one user or for all, and go with their user', async () => {
    for (const id of ['tok_1', 'tok_2', 'tok_3']) await make(id)
    await make('tok_4', bert, later(-60))
    const ids = async (user: string | null) => (await tokens().list(user)).map((token) => token.id)
    expect(await ids(null)).toEqual(['tok_1', 'tok_2', 'tok_3', 'tok_4'])
    expect(await ids(bert.id)).toEqual(['tok_4'])
    expect(await tokens().remove('tok_1', bert.id)).toBeNull()
    expect(await tokens().remove('tok_1', anna.id)).toMatchObject({ name: 'name of tok_1', user: 'anna' })
    expect(await tokens().remove('tok_1', anna.id)).toBeNull()
    expect(await tokens().remove('tok_2', null)).toMatchObject({ id: 'tok_2' })
    await users().remove(anna.id)
    expect(await ids(null)).toEqual(['tok_4'])
  })

  test.each([
    [
      'a change that says so',
      () => users().change(anna.id, {}, { revision: null, endSessions: 'none', endTokens: true }),
      0,
    ],
    ['another change', () => users().change(anna.id, {}, { revision: null, endSessions: 'all' }), 1],
    ['the end of all sessions', () => sessions().removeAllOf(anna.id), 0],
  ])('after %s', async (_, work, left) => {
    await make('tok_1')
    await make('tok_2', bert)
    await work()
    expect(await count()).toBe(left)
    expect(await tokens().list(bert.id)).toHaveLength(1)
  })

  test('are made by a session of their user that has not ended, also when it ends at this moment', async () => {
    expect(await make('tok_1', anna, null, 'ses_bert')).toBe('session-ended')
    for (let round = 0; round < 20; round++) {
      anna = (await users().get('anna')) ?? anna
      await begin(`ses_${round}`)
      await Promise.all([
        make(`tok_${round}a`, anna, null, `ses_${round}`),
        sessions().removeAllOf(anna.id),
        make(`tok_${round}b`, anna, null, `ses_${round}`),
      ])
      expect(await count()).toBe(0)
    }
  })

  test('are no more than allowed, also of ten at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => make(`tok_${index}`)))
    expect(results.filter((result) => result === 'created')).toHaveLength(4)
    expect(results.filter((result) => result === 'too-many')).toHaveLength(6)
    expect(await count()).toBe(4)
  })
})
