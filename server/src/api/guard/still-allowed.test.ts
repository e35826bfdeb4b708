import { type ApiToken, HoldfastError, type Session, type User } from '@holdfast/contract'
import { expect, test } from 'vitest'
import { CALLERS } from '../testkit/fake-access.ts'
import { isStillAllowed } from './still-allowed.ts'

const NOW = new Date('2026-08-20T12:00:00.000Z')
const session = { id: 'ses_000000000001', expiresAt: '2026-08-20T13:00:00.000Z' } as Session
const token = { id: 'tok_000000000001', expiresAt: null } as ApiToken

function ask(
  caller: keyof typeof CALLERS,
  change: { user?: Partial<User>; session?: Partial<Session>; token?: Partial<ApiToken> } = {},
) {
  const access = {
    getUser: async () => ({ ...CALLERS[caller].user, ...change.user }),
    sessions: async () => [{ ...session, ...change.session }],
    allTokens: async () => [{ ...token, ...change.token }],
  }
  return isStillAllowed(access, CALLERS[caller], NOW)
}

test('somebody about whom nothing has changed goes on', async () => {
  expect([await ask('limited'), await ask('hft_read')]).toEqual([true, true])
})

test.each([
  { user: { isDisabled: true } },
  { user: { role: 'viewer' } },
  { user: { nodes: ['beta'] } },
  { user: { nodes: null } },
  { session: { id: 'ses_000000000002' } },
  { session: { expiresAt: NOW.toISOString() } },
] as const)('%o ends it', async (change) => {
  const { user, session: own } = change as { user?: Partial<User>; session?: Partial<Session> }
  expect(await ask('limited', { ...(user && { user }), ...(own && { session: own }) })).toBe(false)
})

test('so does a token that is gone or too old, and a user that was deleted', async () => {
  expect(await ask('hft_read', { token: { id: 'tok_000000000002' } })).toBe(false)
  expect(await ask('hft_read', { token: { expiresAt: NOW.toISOString() } })).toBe(false)
  const nobody = () => Promise.reject(new HoldfastError('name-unknown', 'no such user'))
  const access = { getUser: nobody, sessions: async () => [session], allTokens: async () => [token] }
  expect(await isStillAllowed(access, CALLERS.viewer, NOW)).toBe(false)
})
