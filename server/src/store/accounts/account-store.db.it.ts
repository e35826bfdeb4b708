import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAccess } from '../../access/create-access.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'
import { accountStore } from './account-store.ts'

let place: TestStore
beforeEach(async () => {
  place = await openTestStore()
})
afterEach(() => place[Symbol.asyncDispose]())

const DESK = { address: '192.0.2.7', userAgent: 'Firefox' }
const PASSWORD = 'seven green tractors'
const access = () =>
  createAccess({
    store: accountStore(place.database.db),
    now: () => new Date(),
    log: { warn: () => undefined },
  })
const rows = async (table: string) =>
  (await place.database.pool.query(`select t::text as text from ${table} t`)).rows
    .map((row) => row.text)
    .join('\n')

test('accounts work on the real store, in several processes at once, and no secret lies there in the clear', async () => {
  const [one, two] = [access(), access()]
  const token = (await one.newSetupToken()) ?? ''
  const request = { token, name: 'anna', password: PASSWORD, language: 'en', timeZone: 'UTC' } as const
  const made = await Promise.allSettled([one.setUp(request, DESK), two.setUp(request, DESK)])
  const first = made.find((result) => result.status === 'fulfilled')
  expect(made.find((result) => result.status === 'rejected')?.reason).toMatchObject({
    code: 'setup-link-invalid',
  })
  if (!first) throw new Error('nobody was made')

  const { caller, cookie } = await two.signIn('anna', PASSWORD, DESK)
  const renewed = await one.refresh(caller, DESK)
  expect(await two.bySession(cookie)).toBeNull()
  expect(await two.bySession(renewed.cookie)).toMatchObject({
    user: { name: 'anna' },
    permissions: caller.permissions,
  })
  const { value } = await two.createToken(caller, { name: 'ci', permissions: ['read'], expiresInDays: 30 })
  expect(await one.byToken(value)).toMatchObject({ permissions: ['read'], by: 'token:ci of anna' })
  await expect(two.signIn('anna', 'wrong', DESK)).rejects.toMatchObject({ code: 'sign-in-failed' })
  await expect(two.signIn('a\0b', 'wrong', DESK)).rejects.toMatchObject({ code: 'sign-in-failed' })

  const tables = [
    'users',
    'sessions',
    'api_tokens',
    'settings',
    'audit',
    'sign_in_failures',
    'user_addresses',
  ]
  const everything = (await Promise.all(tables.map(rows))).join('\n')
  expect(everything).toContain('anna')
  for (const secret of [token, PASSWORD, first.value.cookie, cookie, renewed.cookie, value]) {
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(Buffer.from(secret).toString('hex'))
  }
})

test('guesses in several processes at once are counted together', async () => {
  const several = [access(), access(), access()]
  const guesses = Array.from({ length: 30 }, (_, index) =>
    several[index % 3]?.signIn('anna', 'wrong', { ...DESK, address: `198.51.100.${index}` }),
  )
  const results = await Promise.allSettled(guesses)
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'signed in'))
  expect(codes.filter((code) => code === 'sign-in-failed')).toHaveLength(10)
  expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(20)
})
