import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CURRENT_COST, createHasher, type Derive } from './hashing.ts'

const DESK = { key: '192.0.2.7', isKnown: false }
const CHEAP = { memory: 64, passes: 1, parallelism: 1 }

describe('a password hash', () => {
  it('is that of the reference implementation of Argon2id', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    const hasher = createHasher()
    expect(await hasher.verify('password', reference, DESK)).toBe(true)
    expect(await hasher.verify('passwort', reference, DESK)).toBe(false)
    expect(hasher.isOutdated(reference)).toBe(true)
  })

  it('costs what the parameters in it say, and has a salt of its own', async () => {
    const hasher = createHasher()
    const [one, two] = await Promise.all([hasher.hash('a b c d e f', DESK), hasher.hash('a b c d e f', DESK)])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
    expect(hasher.isOutdated(one)).toBe(false)
    expect(await hasher.verify('a b c d e f', two, DESK)).toBe(true)
  })

  it.each([{ memory: 128 }, { passes: 2 }, { parallelism: 2 }])(
    'is outdated after a change of %o',
    async (change) => {
      const stored = await createHasher(CHEAP).hash('secret', DESK)
      expect(createHasher({ ...CHEAP, ...change }).isOutdated(stored)).toBe(true)
      expect(await createHasher({ ...CHEAP, ...change }).verify('secret', stored, DESK)).toBe(true)
    },
  )

  it('does not depend on how a keyboard composes letters', async () => {
    const hasher = createHasher(CHEAP)
    expect(await hasher.verify('Zoe\u0308', await hasher.hash('Zo\u00eb', DESK), DESK)).toBe(true)
  })

  it('of nobody costs as much as a real one and fits no password', async () => {
    const hasher = createHasher()
    expect(hasher.isOutdated(hasher.nobody)).toBe(false)
    expect(hasher.nobody).toContain(`m=${CURRENT_COST.memory},`)
    expect(await hasher.verify('', hasher.nobody, DESK)).toBe(false)
  })

  it('that was damaged is an error, not a wrong password', async () => {
    await expect(createHasher(CHEAP).verify('x', '$2b$10$abc', DESK)).rejects.toMatchObject({
      code: 'invariant-broken',
    })
  })
})

describe('many hashes at once', () => {
  function slowHasher() {
    const seen = { running: 0, most: 0, order: [] as string[] }
    const derive: Derive = async (password, _salt, _cost, length) => {
      seen.running += 1
      seen.most = Math.max(seen.most, seen.running)
      seen.order.push(password)
      await turn()
      seen.running -= 1
      return Buffer.alloc(length)
    }
    return { hasher: createHasher(CHEAP, derive), seen }
  }
  const from = (count: number, isKnown: boolean) =>
    Array.from({ length: count }, (_, index) => ({ key: `${index}`, isKnown }))
  const done = (results: PromiseSettledResult<unknown>[]) =>
    results.filter((result) => result.status === 'fulfilled').length

  it('are worked on two at a time, and refused when too many wait', async () => {
    const { hasher, seen } = slowHasher()
    const results = await Promise.allSettled(from(80, false).map((asker) => hasher.hash('x', asker)))
    expect(seen.most).toBe(2)
    expect(done(results)).toBe(2 + 48)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'rate-limited',
      details: { retryAfterSeconds: 10 },
    })
    expect(await hasher.hash('after the flood', DESK)).toContain('$argon2id$')
  })

  it('leave those who are known places of their own, and let them go first', async () => {
    const { hasher, seen } = slowHasher()
    const strangers = from(80, false).map((asker) => hasher.hash('stranger', asker))
    const known = from(20, true).map((asker) => hasher.hash('known', asker))
    const [strange, familiar] = await Promise.all([Promise.allSettled(strangers), Promise.allSettled(known)])
    expect([done(strange), done(familiar)]).toEqual([2 + 48, 16])
    expect(seen.order.slice(2, 18)).toEqual(Array<string>(16).fill('known'))
  })

  it('of one address wait in four places only', async () => {
    const { hasher } = slowHasher()
    const flood = Array.from({ length: 60 }, () => hasher.hash('x', DESK))
    const other = hasher.hash('x', { ...DESK, key: '192.0.2.8' })
    expect(done(await Promise.allSettled(flood))).toBe(2 + 4)
    await expect(other).resolves.toContain('$argon2id$')
  })

  it('go on after one that failed', async () => {
    let calls = 0
    const derive: Derive = async (_password, _salt, _cost, length) => {
      calls += 1
      if (calls <= 2) throw new Error('out of memory')
      return Buffer.alloc(length)
    }
    const hasher = createHasher(CHEAP, derive)
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => hasher.hash('x', DESK)))
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled'])
  })
})
