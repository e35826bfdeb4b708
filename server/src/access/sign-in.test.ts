import { describe, expect, it } from 'vitest'
import { accessBench, BETTER, DESK, GOOD, STRANGER } from './testkit/access-bench.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const WRONG = 'not the right password'
const failed = expect.objectContaining({ code: 'sign-in-failed' })
const locked = expect.objectContaining({ code: 'sign-in-locked' })

describe('the first user', () => {
  const request = (token: string) =>
    ({ token, name: 'anna', password: GOOD, language: 'it', timeZone: 'UTC' }) as const

  it('is made once, by whoever has the newest link', async () => {
    const { access, store } = accessBench()
    const old = (await access.newSetupToken()) ?? ''
    const token = (await access.newSetupToken()) ?? ''
    const refused = expect.objectContaining({ code: 'setup-link-invalid' })
    for (const wrong of [old, '', 'x'.repeat(43)])
      await expect(access.setUp(request(wrong), DESK)).rejects.toEqual(refused)
    await expect(access.setUp({ ...request(token), password: 'password1234' }, DESK)).rejects.toMatchObject({
      code: 'password-weak',
    })
    const results = await Promise.allSettled([
      access.setUp(request(token), DESK),
      access.setUp(request(token), DESK),
    ])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')?.reason).toEqual(refused)
    await expect(access.setUp(request(token), DESK)).rejects.toEqual(refused)
    expect(await access.isSetupNeeded()).toBe(false)
    expect(await access.newSetupToken()).toBeNull()
    expect((await access.listUsers())[0]).toMatchObject({
      name: 'anna',
      role: 'admin',
      language: 'it',
      nodes: null,
    })
    expect(store.entries.map((entry) => entry.action)).toEqual(['user.created'])
  })
})

describe('a sign-in', () => {
  it('that fails does the same work and says the same, whatever is wrong', async () => {
    const bench = accessBench()
    await bench.user('anna')
    await bench.user('gone')
    await bench.access.replaceUser(
      'gone',
      { name: 'gone', role: 'viewer', nodes: null, isDisabled: true, language: 'en', timeZone: 'UTC' },
      { by: 'cli:root', rights: null, revision: null },
    )
    const attempt = async (name: string, password: string) => {
      const [hashes, entries] = [bench.hashes(), bench.store.entries.length]
      const error = await bench.access.signIn(name, password, STRANGER).catch((thrown) => thrown.report())
      return { error, hashes: bench.hashes() - hashes, entries: bench.store.entries.length - entries }
    }
    const wrong = await attempt('anna', WRONG)
    expect(wrong).toMatchObject({ error: { code: 'sign-in-failed' }, hashes: 1, entries: 1 })
    expect(await attempt('nobody', WRONG)).toEqual(wrong)
    expect(await attempt('not a name at all \0', WRONG)).toEqual(wrong)
    expect(await attempt('gone', GOOD)).toEqual(wrong)
    const objects = bench.store.entries.slice(-4).map(({ by, object }) => [by, object])
    expect(objects).toEqual([
      ['user:anna', 'anna'],
      ['nobody', null],
      ['nobody', null],
      ['user:gone', 'gone'],
    ])
    expect(JSON.stringify([bench.store.entries, bench.warnings])).not.toContain('not a name')
  })

  it('gives a session that is stored as a hash only and recorded', async () => {
    const bench = accessBench()
    await bench.user('anna')
    const { cookie, caller, cookieUntil } = await bench.access.signIn(' Anna', GOOD, {
      ...DESK,
      userAgent: 'x'.repeat(500),
    })
    expect(caller).toMatchObject({ by: 'user:anna', nodeIds: null, via: { kind: 'session' } })
    const end = '2026-08-21T00:00:00.000Z'
    expect(cookieUntil.toISOString()).toBe('2026-08-27T12:00:00.000Z')
    expect(JSON.stringify([caller, bench.store.entries])).not.toMatch(/argon2|passwordHash/)
    expect(await bench.access.bySession(cookie)).toEqual(caller)
    const [session] = await bench.access.sessions(caller)
    expect(session).toMatchObject({ address: DESK.address, userAgent: 'x'.repeat(200), isCurrent: true })
    expect(bench.access.me(caller).session).toEqual({ id: session?.id, expiresAt: end })
    expect(bench.store.entries.at(-1)).toMatchObject({ by: 'user:anna', action: 'session.sign-in' })
    for (const other of ['', `${cookie}x`, 'A'.repeat(43)])
      expect(await bench.access.bySession(other)).toBeNull()
  })

  it('hashes the password anew when the cost has changed', async () => {
    const bench = accessBench({ memory: 128, passes: 1, parallelism: 1 })
    await bench.user('anna')
    const before = await bench.store.users.byName('anna')
    const outdated = before?.passwordHash.replace('m=128', 'm=64') ?? ''
    await bench.store.users.rehash(before?.id ?? '', before?.passwordHash ?? '', outdated)
    await bench.signIn('anna')
    expect((await bench.store.users.byName('anna'))?.passwordHash).toContain('m=128,')
    const hashes = bench.hashes()
    await bench.signIn('anna')
    expect(bench.hashes() - hashes).toBe(1)
  })

  it('with the old password fails when it is changed at the same moment', async () => {
    const bench = accessBench()
    await bench.user('anna')
    bench.whileHashing(() => bench.access.resetPassword('anna', BETTER, 'cli:root'))
    await expect(bench.signIn('anna')).rejects.toEqual(failed)
  })
})

describe('guessing', () => {
  it.each(['anna', 'nobody'])('the password of %s locks the name, from every new address', async (name) => {
    const bench = accessBench()
    await bench.user('anna')
    const guess = (from: number, password = WRONG) =>
      bench.access.signIn(name, password, { ...STRANGER, address: `198.51.100.${from}` })
    for (let from = 1; from <= 10; from++) await expect(guess(from)).rejects.toEqual(failed)
    const hashes = bench.hashes()
    await expect(guess(11, GOOD)).rejects.toMatchObject({
      code: 'sign-in-locked',
      details: { retryAfterSeconds: 60 },
    })
    expect(bench.hashes()).toBe(hashes)
    bench.pass(MINUTE)
    await expect(guess(12)).rejects.toEqual(failed)
    await expect(guess(13)).rejects.toMatchObject({ details: { retryAfterSeconds: 300 } })
  })

  it('many at once gets no more than ten', async () => {
    const bench = accessBench()
    await bench.user('anna')
    const before = bench.hashes()
    const guesses = Array.from({ length: 50 }, (_, from) =>
      bench.access.signIn('anna', WRONG, { ...STRANGER, address: `198.51.100.${from}` }),
    )
    await Promise.allSettled(guesses)
    expect(bench.hashes() - before).toBe(10)
  })

  it('does not keep anna from her desk, and her desk is not left open', async () => {
    const bench = accessBench()
    await bench.user('anna')
    await bench.signIn('anna', DESK)
    for (let from = 1; from <= 11; from++) {
      await bench.access
        .signIn('anna', WRONG, { ...STRANGER, address: `198.51.100.${from}` })
        .catch(() => null)
    }
    await expect(bench.signIn('anna', STRANGER)).rejects.toEqual(locked)
    await expect(bench.signIn('anna', DESK)).resolves.toBeDefined()
    await expect(bench.signIn('anna', STRANGER)).rejects.toEqual(locked)
    for (let times = 1; times <= 10; times++) {
      await expect(bench.access.signIn('anna', WRONG, DESK)).rejects.toEqual(failed)
    }
    await expect(bench.signIn('anna', DESK)).rejects.toEqual(locked)
    await bench.access.resetPassword('anna', GOOD, 'cli:root')
    await expect(bench.signIn('anna', DESK)).resolves.toBeDefined()
    await expect(bench.signIn('anna', STRANGER)).resolves.toBeDefined()
  })

  it('from one address with many names locks the address, also for who knows a password', async () => {
    const bench = accessBench()
    await bench.user('anna')
    for (let name = 1; name <= 20; name++) {
      await expect(bench.access.signIn(`u${name}`, WRONG, STRANGER)).rejects.toEqual(failed)
      // An account of one's own does not buy more attempts.
      if (name === 19) await bench.signIn('anna', { ...STRANGER, address: '203.0.113.5' })
    }
    await expect(bench.access.signIn('u21', WRONG, STRANGER)).rejects.toMatchObject({
      code: 'sign-in-locked',
      details: { retryAfterSeconds: 900 },
    })
    await expect(bench.signIn('anna', STRANGER)).rejects.toEqual(locked)
    bench.pass(15 * MINUTE)
    await expect(bench.signIn('anna', STRANGER)).resolves.toBeDefined()
  })

  it('at a locked address tells nobody who is known there, and lets the right password of who is pass', async () => {
    const bench = accessBench()
    await bench.user('anna')
    await bench.signIn('anna', STRANGER)
    const guess = (name: string) =>
      bench.access.signIn(name, WRONG, STRANGER).catch((thrown) => thrown.report())
    // Those of a known user count for the address too.
    for (let times = 1; times <= 5; times++) expect((await guess('anna')).code).toBe('sign-in-failed')
    for (let name = 1; name <= 15; name++) expect((await guess(`u${name}`)).code).toBe('sign-in-failed')
    bench.pass(MINUTE)
    const refusal = await guess('nobody')
    expect(refusal).toMatchObject({ code: 'sign-in-locked', details: { retryAfterSeconds: 840 } })
    // The last two are refused by the lock of the name, which says the same.
    for (let times = 1; times <= 7; times++) expect(await guess('anna')).toEqual(refusal)
    await expect(bench.signIn('anna', STRANGER)).rejects.toEqual(locked)
    bench.pass(MINUTE)
    await expect(bench.signIn('anna', STRANGER)).resolves.toBeDefined()
    expect((await guess('nobody')).code).toBe('sign-in-locked')
  })

  it('is forgotten for a name with the right password, but not for the address', async () => {
    const bench = accessBench()
    await bench.user('anna')
    for (let times = 1; times <= 9; times++)
      await bench.access.signIn('anna', WRONG, STRANGER).catch(() => null)
    await bench.signIn('anna', STRANGER)
    for (let name = 1; name <= 11; name++) {
      await expect(bench.access.signIn(`u${name}`, WRONG, STRANGER)).rejects.toEqual(failed)
    }
    await expect(bench.access.signIn('u12', WRONG, STRANGER)).rejects.toEqual(locked)
  })

  it('is not what happens when the password could not be looked at', async () => {
    const bench = accessBench()
    await bench.user('anna')
    for (let times = 1; times <= 30; times++) {
      bench.whileHashing(() => Promise.reject(new Error('out of memory')))
      await expect(bench.signIn('anna', STRANGER)).rejects.toThrow('out of memory')
    }
    await expect(bench.signIn('anna', STRANGER)).resolves.toBeDefined()
  })
})

describe('a session', () => {
  it('ends after twelve hours without use, and moves with use', async () => {
    const bench = accessBench()
    await bench.user('anna')
    const { cookie } = await bench.signIn('anna')
    bench.pass(12 * HOUR - 1)
    expect(await bench.access.bySession(cookie)).toMatchObject({
      via: { expiresAt: '2026-08-21T11:59:59.999Z' },
    })
    bench.pass(12 * HOUR - 1)
    expect(await bench.access.bySession(cookie)).not.toBeNull()
    bench.pass(12 * HOUR)
    expect(await bench.access.bySession(cookie)).toBeNull()
  })

  it('ends after seven days, however it is used and refreshed', async () => {
    const bench = accessBench()
    await bench.user('anna')
    let { cookie } = await bench.signIn('anna')
    for (let hours = 6; hours < 7 * 24; hours += 6) {
      bench.pass(6 * HOUR)
      const caller = await bench.access.bySession(cookie)
      if (!caller) throw new Error(`ended after ${hours} hours`)
      cookie = (await bench.access.refresh(caller, DESK)).cookie
    }
    bench.pass(6 * HOUR - 1)
    expect(await bench.access.bySession(cookie)).not.toBeNull()
    bench.pass(1)
    expect(await bench.access.bySession(cookie)).toBeNull()
  })

  it('is written at most once a minute', async () => {
    const bench = accessBench()
    await bench.user('anna')
    const { cookie } = await bench.signIn('anna')
    for (let seconds = 0; seconds < 180; seconds++) {
      await bench.access.bySession(cookie)
      bench.pass(1000)
    }
    expect(bench.store.touches).toHaveLength(2)
  })

  it('goes on with a new cookie after a refresh, and the old one ends', async () => {
    const bench = accessBench()
    await bench.user('anna')
    const { cookie, caller } = await bench.signIn('anna')
    const renewed = await bench.access.refresh(caller, STRANGER)
    expect(await bench.access.bySession(cookie)).toBeNull()
    expect(await bench.access.bySession(renewed.cookie)).toEqual(renewed.caller)
    expect(await bench.access.sessions(caller)).toMatchObject([
      { address: STRANGER.address, isCurrent: true },
    ])
    await bench.access.signOut(renewed.caller)
    expect(await bench.access.bySession(renewed.cookie)).toBeNull()
    expect(bench.store.entries.at(-1)).toMatchObject({ by: 'user:anna', action: 'session.sign-out' })
    await expect(bench.access.refresh(renewed.caller, DESK)).rejects.toMatchObject({ code: 'not-signed-in' })
  })
})
