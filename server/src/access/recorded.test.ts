import { describe, expect, it } from 'vitest'
import { type AccessBench, accessBench, BETTER, DESK, GOOD } from './testkit/access-bench.ts'

const PLAIN = { language: 'en', timeZone: 'UTC' } as const
const NO_RECORD = new Error('the records cannot be written')

/** What can be seen of the accounts. */
async function state({ access, store }: AccessBench) {
  const users = await store.users.list()
  const at = new Date('2026-08-20T12:00:00.000Z')
  const sessions = await Promise.all(users.map(({ id }) => store.sessions.ofUser(id, at)))
  return JSON.stringify([users, sessions, await access.allTokens()])
}

type Change = (bench: AccessBench) => Promise<unknown>

const anna = async (bench: AccessBench) =>
  (await bench.access.bySession(cookies.get(bench) ?? '')) ?? missing()
const cookies = new WeakMap<AccessBench, string>()
function missing(): never {
  throw new Error('anna is not signed in')
}

const CHANGES: [string, Change][] = [
  ['a sign-in', (bench) => bench.signIn('anna')],
  ['a sign-out', async (bench) => bench.access.signOut(await anna(bench))],
  [
    'a change of oneself',
    async (bench) => bench.access.changeMe(await anna(bench), { language: 'de', timeZone: 'UTC' }),
  ],
  ['another password', async (bench) => bench.access.changePassword(await anna(bench), GOOD, BETTER, DESK)],
  [
    'an end of a session',
    async (bench) => {
      const caller = await anna(bench)
      await bench.access.revokeSession(caller, caller.via.id)
    },
  ],
  ['a new token', async (bench) => bench.token(await anna(bench), ['read'], 'another')],
  [
    'a revoked token',
    async (bench) => {
      const caller = await anna(bench)
      const [token] = await bench.access.tokens(caller)
      await bench.access.revokeToken(caller, token?.id ?? '')
    },
  ],
  [
    'a token revoked by another',
    async ({ access }) => {
      const [token] = await access.allTokens()
      await access.revokeAnyToken(token?.id ?? '', 'user:root', null)
    },
  ],
  ['a new user', (bench) => bench.user('bert')],
  [
    'a changed user',
    ({ access }) =>
      access.replaceUser(
        'anna',
        { ...PLAIN, name: 'anne', role: 'viewer', nodes: null, isDisabled: true, password: BETTER },
        { by: 'user:root', rights: null, revision: null },
      ),
  ],
  ['a deleted user', ({ access }) => access.deleteUser('anna', 'user:root', null)],
  ['the end of all sessions', ({ access }) => access.revokeSessionsOf('anna', 'user:root', null)],
  ['a reset on the machine', ({ access }) => access.resetPassword('anna', BETTER, 'cli:root')],
]

describe('what cannot be recorded is not done', () => {
  it.each(CHANGES)('%s', async (_, change) => {
    const bench = accessBench()
    await bench.user('root')
    await bench.user('anna', { role: 'operator' })
    const { caller, cookie } = await bench.signIn('anna')
    cookies.set(bench, cookie)
    await bench.token(caller, ['read'])
    const before = await state(bench)
    const { add } = bench.store.audit
    bench.store.audit.add = async () => {
      throw NO_RECORD
    }
    await expect(change(bench)).rejects.toBe(NO_RECORD)
    expect(await state(bench)).toBe(before)
    bench.store.audit.add = add
    await change(bench)
    expect(await state(bench)).not.toBe(before)
  })

  it('the first user', async () => {
    const bench = accessBench()
    const token = (await bench.access.newSetupToken()) ?? ''
    const { add } = bench.store.audit
    bench.store.audit.add = async () => {
      throw NO_RECORD
    }
    const setUp = () => bench.access.setUp({ ...PLAIN, token, name: 'root', password: GOOD }, DESK)
    await expect(setUp()).rejects.toBe(NO_RECORD)
    bench.store.audit.add = add
    await expect(setUp()).resolves.toBeDefined()
  })
})
