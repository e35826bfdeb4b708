import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CURRENT_COST, createHasher, type Derive } from './hashing.ts'

const CHEAP = { memory: 64, passes: 1, parallelism: 1 }

describe('a password hash', () => {
  it('is that of the reference implementation of Argon2id', async () => {
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    const hasher = createHasher()
    expect(await hasher.verify('password', reference)).toBe(true)
    expect(await hasher.verify('passwort', reference)).toBe(false)
    expect(hasher.isOutdated(reference)).toBe(true)
  })

  it('costs what the parameters in it say, and has a salt of its own', async () => {
    const hasher = createHasher()
    const [one, two] = await Promise.all([hasher.hash('a b c d e f'), hasher.hash('a b c d e f')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
    expect(hasher.isOutdated(one)).toBe(false)
    expect(await hasher.verify('a b c d e f', two)).toBe(true)
  })

  it.each([{ memory: 128 }, { passes: 2 }, { parallelism: 2 }])(
    'is outdated after a change of %o',
    async (change) => {
      const stored = await createHasher(CHEAP).hash('secret')
      expect(createHasher({ ...CHEAP, ...change }).isOutdated(stored)).toBe(true)
      expect(await createHasher({ ...CHEAP, ...change }).verify('secret', stored)).toBe(true)
    },
  )

  it('does not depend on how a keyboard composes letters', async () => {
    const hasher = createHasher(CHEAP)
    expect(await hasher.verify('Zoe\u0308', await hasher.hash('Zo\u00eb'))).toBe(true)
  })

  it('of nobody costs as much as a real one and fits no password', async () => {
    const hasher = createHasher()
    expect(hasher.isOutdated(hasher.nobody)).toBe(false)
    expect(hasher.nobody).toContain(`m=${CURRENT_COST.memory},`)
    expect(await hasher.verify('', hasher.nobody)).toBe(false)
  })

  it('that was damaged is an error, not a wrong password', async () => {
    await expect(createHasher(CHEAP).verify('x', '$2b$10$abc')).rejects.toMatchObject({
      code: 'invariant-broken',
    })
  })
})

describe('many hashes at once', () => {
  it('are worked on two at a time, and refused when too many wait', async () => {
    let running = 0
    let most = 0
    const derive: Derive = async (_password, _salt, _cost, length) => {
      running += 1
      most = Math.max(most, running)
      await turn()
      running -= 1
      return Buffer.alloc(length)
    }
    const hasher = createHasher(CHEAP, derive)
    const results = await Promise.allSettled(Array.from({ length: 80 }, () => hasher.hash('x')))
    expect(most).toBe(2)
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(66)
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'rate-limited',
      details: { retryAfterSeconds: 10 },
    })
    expect(await hasher.hash('after the flood')).toContain('$argon2id$')
  })

  it('go on after one that failed', async () => {
    let calls = 0
    const derive: Derive = async (_password, _salt, _cost, length) => {
      calls += 1
      if (calls <= 2) throw new Error('out of memory')
      return Buffer.alloc(length)
    }
    const hasher = createHasher(CHEAP, derive)
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => hasher.hash('x')))
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled'])
  })
})
