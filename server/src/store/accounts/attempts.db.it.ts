import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FailureSubject } from '../../access/ports.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'
import { failureStore } from './failures.ts'
import { idempotencyStore } from './idempotency.ts'

let place: TestStore
beforeEach(async () => {
  place = await openTestStore()
})
afterEach(() => place[Symbol.asyncDispose]())

describe('failures', () => {
  const failures = () => failureStore(place.database.db)
  const NAME = { name: 'anna', address: null }
  const ADDRESS = { name: null, address: '192.0.2.7' }
  const BOTH = { name: 'anna', address: '192.0.2.7' }
  const at = (minute: number) => new Date(Date.UTC(2026, 7, 20, 12, minute))
  const fail = (subject: FailureSubject, minute = 0) =>
    failures().update(subject, (before) => ({
      count: (before?.count ?? 0) + 1,
      firstAt: before?.firstAt ?? at(minute),
      lastAt: at(minute),
    }))
  const read = async (subject: FailureSubject) => {
    let found: unknown
    await failures().update(subject, (before) => {
      found = before
      return null
    })
    return found
  }

  test('are counted by name, by address and by both, apart from each other', async () => {
    await fail(NAME, 1)
    await fail(NAME, 5)
    await fail(ADDRESS, 2)
    expect(await read(NAME)).toEqual({ count: 2, firstAt: at(1), lastAt: at(5) })
    expect(await read(ADDRESS)).toEqual({ count: 1, firstAt: at(2), lastAt: at(2) })
    expect(await read(BOTH)).toBeNull()
  })

  test('are all counted when they happen at the same moment', async () => {
    await Promise.all(Array.from({ length: 30 }, () => fail(BOTH)))
    expect(await read(BOTH)).toMatchObject({ count: 30 })
  })

  test('are forgotten one by one, by name, by age, and all', async () => {
    const counts = async () =>
      await Promise.all([NAME, ADDRESS, BOTH].map(async (subject) => (await read(subject)) !== null))
    const failAll = async () => {
      await fail(NAME, 1)
      await fail(ADDRESS, 2)
      await fail(BOTH, 3)
    }
    await failAll()
    await failures().remove(NAME)
    expect(await counts()).toEqual([false, true, true])
    await failAll()
    await failures().removeName('anna')
    expect(await counts()).toEqual([false, true, false])
    await failAll()
    await failures().removeBefore(at(2))
    expect(await counts()).toEqual([false, true, true])
    await failures().removeAll()
    expect(await counts()).toEqual([false, false, false])
  })
})

describe('idempotency keys', () => {
  const keys = () => idempotencyStore(place.database.db)
  const REQUEST = Buffer.from('request')
  const ANSWER = { status: 201, headers: { location: '/api/runs/1' }, body: '{"id":1}' }
  const age = (interval: string) =>
    place.database.pool.query(`update idempotency_keys set created_at = created_at - $1::interval`, [
      interval,
    ])

  test('belong to one request of one owner, and give back its answer', async () => {
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'begun' })
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'busy' })
    expect(await keys().begin('usr_2', 'k', REQUEST)).toEqual({ state: 'begun' })
    await keys().answer('usr_1', 'k', REQUEST, ANSWER)
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'answered', ...ANSWER })
    expect(await keys().begin('usr_1', 'k', Buffer.from('another'))).toEqual({ state: 'other' })
    expect(await keys().begin('usr_2', 'k', REQUEST)).toEqual({ state: 'busy' })
  })

  test('begin once, of ten at the same moment', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => keys().begin('usr_1', 'k', REQUEST)))
    expect(results.map((result) => result.state).sort()).toEqual(
      ['begun', ...Array<string>(9).fill('busy')].sort(),
    )
  })

  test('are free again after a failure that a repetition may mend, never after an answer', async () => {
    await keys().begin('usr_1', 'k', REQUEST)
    await keys().forget('usr_1', 'k', REQUEST)
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'begun' })
    await keys().answer('usr_1', 'k', REQUEST, ANSWER)
    await keys().forget('usr_1', 'k', REQUEST)
    expect(await keys().begin('usr_1', 'k', REQUEST)).toMatchObject({ state: 'answered' })
    await keys().answer('usr_1', 'k', REQUEST, { ...ANSWER, body: 'late' })
    expect(await keys().begin('usr_1', 'k', REQUEST)).toMatchObject({ body: ANSWER.body })
  })

  test('without an answer are free after five minutes, with one after a day', async () => {
    await keys().begin('usr_1', 'k', REQUEST)
    await age('4 minutes 50 seconds')
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'busy' })
    await age('11 seconds')
    expect(await keys().begin('usr_1', 'k', Buffer.from('another'))).toEqual({ state: 'begun' })
    // The first request comes to its end late: what it answers is not for the one that has the key now.
    await keys().answer('usr_1', 'k', REQUEST, { ...ANSWER, body: 'of the first' })
    await keys().forget('usr_1', 'k', REQUEST)
    expect(await keys().begin('usr_1', 'k', Buffer.from('another'))).toEqual({ state: 'busy' })
    await keys().answer('usr_1', 'k', Buffer.from('another'), ANSWER)
    await age('23 hours 59 minutes')
    expect(await keys().begin('usr_1', 'k', Buffer.from('another'))).toMatchObject({ state: 'answered' })
    await age('2 minutes')
    expect(await keys().begin('usr_1', 'k', REQUEST)).toEqual({ state: 'begun' })
  })

  test('of yesterday go when somebody begins another', async () => {
    for (let index = 0; index < 5; index++) await keys().begin('usr_1', `k${index}`, REQUEST)
    await age('25 hours')
    await keys().begin('usr_2', 'new', REQUEST)
    const left = await place.database.pool.query('select owner, key from idempotency_keys')
    expect(left.rows).toEqual([{ owner: 'usr_2', key: 'new' }])
  })

  test('of one owner are a thousand at most: the oldest answers go, and none that is awaited', async () => {
    await keys().begin('usr_1', 'awaited', REQUEST)
    await place.database.pool.query(
      `insert into idempotency_keys (owner, key, request_hash, status, headers, body, created_at)
       select owner, 'k' || n, 'x', 201, '{}', '', now() - n * interval '1 second'
       from generate_series(1, 1100) n, (values ('usr_1'), ('usr_2')) owners(owner)`,
    )
    await age('1 minute')
    await keys().begin('usr_1', 'new', REQUEST)
    const left = await place.database.pool.query(
      'select owner, count(*)::int, max(substr(key, 2)::int) filter (where status is not null) as oldest from idempotency_keys group by 1 order by 1',
    )
    expect(left.rows).toEqual([
      { owner: 'usr_1', count: 1000, oldest: 998 },
      { owner: 'usr_2', count: 1100, oldest: 1100 },
    ])
    expect(await keys().begin('usr_1', 'awaited', REQUEST)).toEqual({ state: 'busy' })
  })
})
