import { newToken, type UserChange } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { type AccessBench, accessBench, BETTER, DESK, GOOD } from '../testkit/access-bench.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const refused = expect.objectContaining({ code: 'not-allowed' })

async function benchWith(...names: string[]): Promise<AccessBench> {
  const bench = accessBench()
  await bench.user('root')
  for (const name of names) await bench.user(name, { role: 'operator', nodes: ['pve1', 'pve2'] })
  return bench
}

function replace(bench: AccessBench, change: Partial<UserChange>) {
  const same = { name: 'anna', role: 'operator', nodes: ['pve1', 'pve2'], isDisabled: false } as const
  const whole: UserChange = { ...same, nodes: [...same.nodes], language: 'en', timeZone: 'UTC', ...change }
  return bench.access.replaceUser('anna', whole, { by: 'user:root', rights: null, revision: null })
}

describe('an API token', () => {
  it('may what its scope and the role of its user allow, at each use', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    const value = await bench.token(caller, ['operate', 'read'])
    expect(await bench.access.byToken(value)).toMatchObject({
      permissions: ['read', 'operate'],
      nodeIds: ['nod_pve1', 'nod_pve2'],
      by: 'token:ci of anna',
      via: { kind: 'token', name: 'ci' },
    })
    await replace(bench, { role: 'viewer' })
    expect((await bench.access.byToken(value))?.permissions).toEqual(['read'])
    await bench.access.deleteUser('anna', 'user:root', null)
    expect(await bench.access.byToken(value)).toBeNull()
  })

  it('is not made with more than its user may, nor by a token', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    await expect(bench.token(caller, ['read', 'configure'])).rejects.toEqual(refused)
    const byToken = await bench.access.byToken(await bench.token(caller, ['read']))
    if (!byToken) throw new Error('the token is no good')
    const { access } = bench
    expect(access.me(byToken).session).toBeNull()
    await expect(bench.token(byToken, ['read'])).rejects.toEqual(refused)
    await expect(access.changePassword(byToken, GOOD, BETTER, DESK)).rejects.toEqual(refused)
    await expect(access.changeMe(byToken, { language: 'de', timeZone: 'UTC' })).rejects.toEqual(refused)
    await expect(access.sessions(byToken)).rejects.toEqual(refused)
    await expect(access.tokens(byToken)).rejects.toEqual(refused)
    await expect(access.refresh(byToken, DESK)).rejects.toEqual(refused)
    await expect(access.revokeSession(byToken, 'x')).rejects.toEqual(refused)
    await expect(access.revokeToken(byToken, 'x')).rejects.toEqual(refused)
  })

  it('ends itself when it signs out, whatever its scope, and nothing else', async () => {
    const bench = await benchWith('anna')
    const { caller, cookie } = await bench.signIn('anna')
    const [value, other] = [await bench.token(caller, ['lock']), await bench.token(caller, ['lock'], 'other')]
    const byToken = await bench.access.byToken(value)
    if (!byToken) throw new Error('the token is no good')
    await bench.access.signOut(byToken)
    expect(await bench.access.byToken(value)).toBeNull()
    expect(await bench.access.byToken(other)).not.toBeNull()
    expect(await bench.access.bySession(cookie)).not.toBeNull()
    const entry = { by: 'token:ci of anna', action: 'token.revoked', object: 'ci', objectId: byToken.via.id }
    expect(bench.store.entries.at(-1)).toEqual({ ...entry, details: { user: 'anna' } })
  })

  it('expires, and is told as used at most once a minute', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    const value = await bench.token(caller, ['read'])
    for (let seconds = 0; seconds < 180; seconds++) {
      await bench.access.byToken(value)
      bench.pass(1000)
    }
    expect(bench.store.touches).toHaveLength(3)
    bench.pass(30 * DAY - 180_000 - 1)
    expect(await bench.access.byToken(value)).not.toBeNull()
    bench.pass(1)
    expect(await bench.access.byToken(value)).toBeNull()
    const request = { name: 'x', permissions: ['read' as const], expiresInDays: null, password: GOOD }
    const again = await bench.signIn('anna')
    const { value: eternal } = await bench.access.createToken(again.caller, request)
    bench.pass(10_000 * DAY)
    expect(await bench.access.byToken(eternal)).not.toBeNull()
  })

  it('has a name that no other of its user has', async () => {
    const bench = await benchWith('anna', 'bert')
    const { caller } = await bench.signIn('anna')
    await bench.token(caller, ['read'])
    await expect(bench.token(caller, ['read'])).rejects.toMatchObject({ code: 'object-exists' })
    expect(await bench.access.tokens(caller)).toHaveLength(1)
    await bench.token((await bench.signIn('bert')).caller, ['read'])
    await bench.token(caller, ['read'], 'web')
  })

  it('is revoked by its user or an administrator, and its value is written down nowhere', async () => {
    const bench = await benchWith('anna', 'bert')
    const anna = await bench.signIn('anna')
    const bert = await bench.signIn('bert')
    const values = [await bench.token(anna.caller, ['read']), await bench.token(anna.caller, ['read'], 'web')]
    const [first, second] = await bench.access.tokens(anna.caller)
    await expect(bench.access.revokeToken(bert.caller, first?.id ?? '')).rejects.toMatchObject({
      code: 'name-unknown',
    })
    await bench.access.revokeToken(anna.caller, first?.id ?? '')
    await bench.access.revokeAnyToken(second?.id ?? '', 'user:root', null)
    for (const value of values) expect(await bench.access.byToken(value)).toBeNull()
    expect(await bench.access.allTokens()).toEqual([])
    await expect(bench.access.revokeAnyToken('tok_x', 'user:root', null)).rejects.toMatchObject({
      code: 'name-unknown',
    })
    expect(bench.store.entries.slice(-4).map(({ by, action, object }) => [by, action, object])).toEqual([
      ['user:anna', 'token.created', 'ci'],
      ['user:anna', 'token.created', 'web'],
      ['user:anna', 'token.revoked', 'ci'],
      ['user:root', 'token.revoked', 'web'],
    ])
    expect(JSON.stringify([first, bench.store.entries])).not.toContain(values[0]?.slice(4, 20))
  })

  it.each([
    ['a password set by an administrator', (bench) => replace(bench, { password: BETTER }), false],
    ['being disabled', (bench) => replace(bench, { isDisabled: true }), false],
    ['a reset on the machine', (bench) => bench.access.resetPassword('anna', BETTER, 'cli:root'), false],
    ['the end of all sessions', (bench) => bench.access.revokeSessionsOf('anna', 'user:root', null), false],
    ['a lower role', (bench) => replace(bench, { role: 'viewer' }), true],
  ] as const satisfies [string, (bench: AccessBench) => Promise<unknown>, boolean][])(
    'after %s',
    async (_, takeBack, isKept) => {
      const bench = await benchWith('anna', 'bert')
      const value = await bench.token((await bench.signIn('anna')).caller, ['read'])
      const other = await bench.token((await bench.signIn('bert')).caller, ['read'])
      await takeBack(bench)
      await replace(bench, {})
      expect((await bench.access.byToken(value)) !== null).toBe(isKept)
      expect(await bench.access.byToken(other)).not.toBeNull()
    },
  )

  it('is made just after a sign-in, later with the password only, which is not guessed so', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    let made = 0
    const make = (password?: string) => {
      const request = { name: `ci ${made++}`, permissions: ['read' as const], expiresInDays: 1, password }
      return bench.access.createToken(caller, request)
    }
    bench.pass(15 * MINUTE)
    await make()
    bench.pass(1)
    await expect(make()).rejects.toMatchObject({ code: 'password-needed' })
    // A new cookie is no new sign-in.
    await bench.access.refresh(caller, DESK)
    await expect(make()).rejects.toMatchObject({ code: 'password-needed' })
    await make(GOOD)
    for (let times = 1; times <= 10; times++)
      await expect(make('a wrong one')).rejects.toMatchObject({ code: 'password-wrong' })
    expect(bench.store.entries.at(-1)).toMatchObject({ by: 'user:anna', action: 'token.create-failed' })
    await expect(make(GOOD)).rejects.toMatchObject({ code: 'sign-in-locked' })
    await bench.access.signOut(caller)
    await expect(make()).rejects.toMatchObject({ code: 'not-signed-in' })
  })

  it('is one of at most fifty', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    for (let count = 1; count <= 50; count++) await bench.token(caller, ['read'], `ci ${count}`)
    await expect(bench.token(caller, ['read'])).rejects.toMatchObject({
      code: 'config-invalid',
      hint: expect.stringContaining('Revoke one'),
    })
    await bench.access.revokeToken(caller, (await bench.access.tokens(caller))[0]?.id ?? '')
    await bench.token(caller, ['read'])
  })
})

it.each(['a\u202eb', 'a\nb', 'a\u0007', '<b>', 'a of b\u200b', ''])('no API token is called %j', (name) => {
  expect(newToken.safeParse({ name: 'ci of anna', permissions: ['read'] }).success).toBe(true)
  expect(newToken.safeParse({ name, permissions: ['read'] }).success).toBe(false)
})
