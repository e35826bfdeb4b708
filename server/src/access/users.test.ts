import type { UserChange } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { losesRights } from './callers.ts'
import { type AccessBench, accessBench, BETTER, DESK, GOOD, STRANGER } from './testkit/access-bench.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const WRONG = 'not the right password'
const refused = expect.objectContaining({ code: 'not-allowed' })

async function benchWith(...names: string[]): Promise<AccessBench> {
  const bench = accessBench()
  await bench.user('root')
  for (const name of names) await bench.user(name, { role: 'operator', nodes: ['pve1', 'pve2'] })
  return bench
}

function replace(bench: AccessBench, name: string, change: Partial<UserChange>) {
  const whole: UserChange = {
    ...{
      name,
      role: 'operator',
      nodes: ['pve1', 'pve2'],
      isDisabled: false,
      language: 'en',
      timeZone: 'UTC',
    },
    ...change,
  }
  return bench.access.replaceUser(name, whole, { by: 'user:root', revision: null })
}

describe('one’s own password', () => {
  it('is changed by who knows it, and ends the other sessions', async () => {
    const bench = await benchWith('anna')
    const here = await bench.signIn('anna')
    const there = await bench.signIn('anna', STRANGER)
    await bench.access.changePassword(here.caller, GOOD, BETTER)
    expect(await bench.access.bySession(here.cookie)).not.toBeNull()
    expect(await bench.access.bySession(there.cookie)).toBeNull()
    expect(bench.store.entries.at(-1)).toMatchObject({ by: 'user:anna', action: 'user.password-changed' })
    await expect(bench.signIn('anna')).rejects.toMatchObject({ code: 'sign-in-failed' })
    await expect(bench.access.signIn('anna', BETTER, DESK)).resolves.toBeDefined()
  })

  it('is not guessed with a stolen session, and the guessing locks no sign-in', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    for (let times = 1; times <= 10; times++) {
      await expect(bench.access.changePassword(caller, WRONG, BETTER)).rejects.toMatchObject({
        code: 'sign-in-failed',
      })
    }
    await expect(bench.access.changePassword(caller, GOOD, BETTER)).rejects.toMatchObject({
      code: 'sign-in-locked',
    })
    await expect(bench.signIn('anna')).resolves.toBeDefined()
  })

  it.each(['password1234', 'anna-anna-77'])('does not become %s', async (weak) => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    await expect(bench.access.changePassword(caller, GOOD, weak)).rejects.toMatchObject({
      code: 'password-weak',
    })
  })

  it('is not changed when an administrator sets another one meanwhile', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    bench.whileHashing(() => replace(bench, 'anna', { password: BETTER }))
    const changing = bench.access.changePassword(caller, GOOD, 'nine purple ploughs')
    await expect(changing).rejects.toMatchObject({ code: 'edit-conflict' })
    await expect(bench.access.signIn('anna', BETTER, DESK)).resolves.toBeDefined()
  })
})

describe('sessions', () => {
  it('are seen and ended by their own user only', async () => {
    const bench = await benchWith('anna', 'bert')
    const anna = await bench.signIn('anna')
    const other = await bench.signIn('anna', STRANGER)
    const bert = await bench.signIn('bert')
    const sessions = await bench.access.sessions(anna.caller)
    expect(sessions.map((session) => session.isCurrent)).toEqual([true, false])
    expect(Object.keys(sessions[0] ?? {})).not.toContain('user')
    await expect(bench.access.revokeSession(bert.caller, other.caller.via.id)).rejects.toMatchObject({
      code: 'name-unknown',
    })
    await bench.access.revokeSession(anna.caller, other.caller.via.id)
    expect(await bench.access.bySession(other.cookie)).toBeNull()
    await bench.access.revokeSessionsOf('anna', 'user:root')
    expect(await bench.access.bySession(anna.cookie)).toBeNull()
    expect(await bench.access.bySession(bert.cookie)).not.toBeNull()
    const actions = bench.store.entries.slice(-2).map(({ by, action }) => [by, action])
    expect(actions).toEqual([
      ['user:anna', 'session.revoked'],
      ['user:root', 'session.all-revoked'],
    ])
  })

  it.each([
    ['a new password', { password: BETTER }, false],
    ['being disabled', { isDisabled: true }, false],
    ['a lower role', { role: 'viewer' }, false],
    ['fewer nodes', { nodes: ['pve1'] }, false],
    ['other nodes', { nodes: ['pve1', 'pve3'] }, false],
    ['more nodes', { nodes: ['pve1', 'pve2', 'pve3'] }, true],
    ['all nodes', { nodes: null }, true],
    ['another language', { language: 'de' }, true],
  ] as const)('after %s: %o', async (_, change, isKept) => {
    const bench = await benchWith('anna')
    const { cookie } = await bench.signIn('anna')
    await replace(bench, 'anna', change as Partial<UserChange>)
    expect((await bench.access.bySession(cookie)) !== null).toBe(isKept)
  })
})

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
    await replace(bench, 'anna', { role: 'viewer' })
    expect((await bench.access.byToken(value))?.permissions).toEqual(['read'])
    await replace(bench, 'anna', { isDisabled: true })
    expect(await bench.access.byToken(value)).toBeNull()
    await replace(bench, 'anna', {})
    expect(await bench.access.byToken(value)).not.toBeNull()
    await bench.access.deleteUser('anna', 'user:root')
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
    await expect(access.changePassword(byToken, GOOD, BETTER)).rejects.toEqual(refused)
    await expect(access.changeMe(byToken, { language: 'de', timeZone: 'UTC' })).rejects.toEqual(refused)
    await expect(access.sessions(byToken)).rejects.toEqual(refused)
    await expect(access.tokens(byToken)).rejects.toEqual(refused)
    await expect(access.refresh(byToken, DESK)).rejects.toEqual(refused)
    await expect(access.signOut(byToken)).rejects.toEqual(refused)
    await expect(access.revokeSession(byToken, 'x')).rejects.toEqual(refused)
    await expect(access.revokeToken(byToken, 'x')).rejects.toEqual(refused)
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
    const request = { name: 'x', permissions: ['read' as const], expiresInDays: null }
    const { value: eternal } = await bench.access.createToken(caller, request)
    bench.pass(10_000 * DAY)
    expect(await bench.access.byToken(eternal)).not.toBeNull()
  })

  it('is revoked by its user or an administrator, and its value is written down nowhere', async () => {
    const bench = await benchWith('anna', 'bert')
    const anna = await bench.signIn('anna')
    const bert = await bench.signIn('bert')
    const values = [await bench.token(anna.caller, ['read']), await bench.token(anna.caller, ['read'])]
    const [first, second] = await bench.access.tokens(anna.caller)
    await expect(bench.access.revokeToken(bert.caller, first?.id ?? '')).rejects.toMatchObject({
      code: 'name-unknown',
    })
    await bench.access.revokeToken(anna.caller, first?.id ?? '')
    await bench.access.revokeAnyToken(second?.id ?? '', 'user:root')
    for (const value of values) expect(await bench.access.byToken(value)).toBeNull()
    expect(await bench.access.allTokens()).toEqual([])
    await expect(bench.access.revokeAnyToken('tok_x', 'user:root')).rejects.toMatchObject({
      code: 'name-unknown',
    })
    expect(bench.store.entries.slice(-4).map(({ by, action, object }) => [by, action, object])).toEqual([
      ['user:anna', 'token.created', 'ci'],
      ['user:anna', 'token.created', 'ci'],
      ['user:anna', 'token.revoked', 'ci'],
      ['user:root', 'token.revoked', 'ci'],
    ])
    expect(JSON.stringify([first, bench.store.entries])).not.toContain(values[0]?.slice(4, 20))
  })
})

describe('users', () => {
  it('are told without what nobody is told', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    const changed = await bench.access.changeMe(caller, { language: 'fr', timeZone: 'Europe/Paris' })
    expect(changed).toMatchObject({ language: 'fr', timeZone: 'Europe/Paris' })
    const told = [
      changed,
      ...(await bench.access.listUsers()),
      await bench.access.getUser('anna'),
      caller.user,
    ]
    for (const user of told) {
      expect(Object.keys(user).sort().join(' ')).toBe(
        'createdAt id isDisabled language lastSignInAt name nodes revision role timeZone',
      )
    }
    await expect(bench.access.getUser('nobody')).rejects.toMatchObject({ code: 'name-unknown' })
  })

  it('get no weak password, by whomever', async () => {
    const bench = await benchWith('anna')
    const weak = expect.objectContaining({ code: 'password-weak' })
    await expect(bench.user('bert', { password: 'password1234' })).rejects.toEqual(weak)
    await expect(replace(bench, 'anna', { password: 'password1234' })).rejects.toEqual(weak)
    await expect(bench.access.resetPassword('anna', 'password1234', 'cli:root')).rejects.toEqual(weak)
  })

  it('that were disabled get in again after a reset on the machine', async () => {
    const bench = await benchWith('anna')
    const { cookie } = await bench.signIn('anna')
    await replace(bench, 'anna', { isDisabled: true })
    await expect(bench.access.resetPassword('nobody', BETTER, 'cli:root')).rejects.toMatchObject({
      code: 'name-unknown',
    })
    await bench.access.resetPassword('anna', BETTER, 'cli:root')
    expect(await bench.access.bySession(cookie)).toBeNull()
    await expect(bench.access.signIn('anna', BETTER, DESK)).resolves.toBeDefined()
    expect(bench.store.entries.at(-2)).toMatchObject({
      by: 'cli:root',
      action: 'user.password-reset',
      object: 'anna',
    })
  })

  it('are reset by name, also one that is called like the id of somebody else', async () => {
    const bench = await benchWith('anna')
    const { id } = await bench.access.getUser('anna')
    await bench.user(id)
    await bench.access.resetPassword(id, BETTER, 'cli:root')
    await expect(bench.signIn('anna')).resolves.toBeDefined()
    await expect(bench.access.signIn(id, BETTER, DESK)).resolves.toMatchObject({
      caller: { user: { name: id } },
    })
  })

  it('are recorded as made, changed and deleted', async () => {
    const bench = await benchWith('anna')
    await replace(bench, 'anna', { name: 'anne', role: 'viewer', nodes: null, password: BETTER })
    await bench.access.deleteUser('anne', 'user:root')
    expect(bench.store.entries.slice(-3)).toMatchObject([
      { action: 'user.created', object: 'anna', details: { role: 'operator', nodes: 'pve1, pve2' } },
      {
        by: 'user:root',
        action: 'user.changed',
        object: 'anne',
        details: { wasCalled: 'anna', isNewPassword: true },
      },
      { by: 'user:root', action: 'user.deleted', object: 'anne' },
    ])
    expect(JSON.stringify(bench.store.entries)).not.toContain(BETTER)
  })
})

it('somebody limited to deleted nodes only, whose names are gone, loses rights with any limit but theirs', async () => {
  const bench = await benchWith('anna')
  const stored = await bench.store.users.byName('anna')
  if (!stored) throw new Error('anna is gone')
  const limited = { ...stored, nodes: [] }
  expect(losesRights(limited, { role: 'operator', nodes: [] })).toBe(false)
  expect(losesRights({ ...stored, nodes: null }, { role: 'operator', nodes: [] })).toBe(true)
})
