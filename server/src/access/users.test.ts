import { type NewUser, PERMISSIONS, type UserChange } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import type { Rights } from './access.ts'
import { losesRights } from './callers.ts'
import { type AccessBench, accessBench, BETTER, DESK, GOOD, STRANGER } from './testkit/access-bench.ts'

const WRONG = 'not the right password'

const refused = expect.objectContaining({ code: 'not-allowed' })
const PLAIN = { language: 'en', timeZone: 'UTC' } as const

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
  return bench.access.replaceUser(name, whole, { by: 'user:root', rights: null, revision: null })
}

describe('one’s own password', () => {
  it('is changed by who knows it, and ends the other sessions and the old cookie', async () => {
    const bench = await benchWith('anna')
    const here = await bench.signIn('anna')
    const there = await bench.signIn('anna', STRANGER)
    const token = await bench.token(here.caller, ['read'])
    const renewed = await bench.access.changePassword(here.caller, GOOD, BETTER, DESK)
    expect(await bench.access.bySession(renewed.cookie)).toEqual(renewed.caller)
    // A copy of the cookie is worth nothing any more.
    expect(await bench.access.bySession(here.cookie)).toBeNull()
    expect(await bench.access.byToken(token)).not.toBeNull()
    expect(await bench.access.bySession(there.cookie)).toBeNull()
    expect(bench.store.entries.at(-1)).toMatchObject({ by: 'user:anna', action: 'user.password-changed' })
    await expect(bench.signIn('anna')).rejects.toMatchObject({ code: 'sign-in-failed' })
    await expect(bench.access.signIn('anna', BETTER, DESK)).resolves.toBeDefined()
  })

  it('is not guessed with a stolen session, and the guessing locks no sign-in', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    for (let times = 1; times <= 10; times++) {
      await expect(bench.access.changePassword(caller, WRONG, BETTER, DESK)).rejects.toMatchObject({
        code: 'password-wrong',
      })
    }
    await expect(bench.access.changePassword(caller, GOOD, BETTER, DESK)).rejects.toMatchObject({
      code: 'sign-in-locked',
    })
    await expect(bench.signIn('anna')).resolves.toBeDefined()
  })

  it.each(['password1234', 'anna-anna-77'])('does not become %s', async (weak) => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    await expect(bench.access.changePassword(caller, GOOD, weak, DESK)).rejects.toMatchObject({
      code: 'password-weak',
    })
  })

  it('is not changed when an administrator sets another one meanwhile', async () => {
    const bench = await benchWith('anna')
    const { caller } = await bench.signIn('anna')
    bench.whileHashing(() => replace(bench, 'anna', { password: BETTER }))
    const changing = bench.access.changePassword(caller, GOOD, 'nine purple ploughs', DESK)
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
    await bench.access.revokeSessionsOf('anna', 'user:root', null)
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

  it('have no more rights than the token that makes or changes them, which sets no password', async () => {
    const bench = await benchWith()
    const rights = ['read', 'administer'] as const
    const make = (role: NewUser['role'], may: Rights) =>
      bench.access.createUser(
        { ...PLAIN, name: `new-${role}`, password: GOOD, role, nodes: null },
        'token',
        may,
      )
    for (const role of ['admin', 'operator'] as const)
      await expect(make(role, rights)).rejects.toEqual(refused)
    await make('viewer', rights)
    await make('operator', PERMISSIONS)
    const change = (name: string, changed: Partial<UserChange>, may: Rights = rights) => {
      const same = { ...PLAIN, name, role: 'viewer', nodes: null, isDisabled: false } as const
      return bench.access.replaceUser(
        name,
        { ...same, ...changed },
        { by: 'token', rights: may, revision: null },
      )
    }
    await expect(change('new-viewer', { role: 'admin' })).rejects.toEqual(refused)
    await expect(change('new-operator', { role: 'viewer' })).rejects.toEqual(refused)
    await expect(change('new-viewer', { password: BETTER })).rejects.toEqual(refused)
    await change('new-viewer', { language: 'de' })
    await change('new-viewer', { password: BETTER, role: 'admin' }, PERMISSIONS)
  })

  it('are shut out by no token that may do less than they', async () => {
    const bench = await benchWith('anna')
    await bench.user('chief')
    const { caller, cookie } = await bench.signIn('chief')
    const value = await bench.token(caller, ['read'])
    const [token] = await bench.access.tokens(caller)
    const rights = ['read', 'administer'] as const
    const { access } = bench
    for (const name of ['chief', 'anna']) {
      await expect(access.deleteUser(name, 'token', rights)).rejects.toEqual(refused)
      await expect(access.revokeSessionsOf(name, 'token', rights)).rejects.toEqual(refused)
    }
    await expect(access.revokeAnyToken(token?.id ?? '', 'token', rights)).rejects.toEqual(refused)
    expect(await access.bySession(cookie)).not.toBeNull()
    expect(await access.byToken(value)).not.toBeNull()
    await access.revokeAnyToken(token?.id ?? '', 'token', PERMISSIONS)
    await access.deleteUser('chief', 'token', PERMISSIONS)
    await bench.user('guest', { role: 'viewer' })
    await access.deleteUser('guest', 'token', rights)
  })

  it('are recorded as made, changed and deleted', async () => {
    const bench = await benchWith('anna')
    await replace(bench, 'anna', { name: 'anne', role: 'viewer', nodes: null, password: BETTER })
    await bench.access.deleteUser('anne', 'user:root', null)
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
