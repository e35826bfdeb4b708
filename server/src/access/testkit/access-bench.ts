import { createHash } from 'node:crypto'
import type { NewUser, Permission } from '@holdfast/contract'
import type { Access, Caller, Origin } from '../access.ts'
import { createAccess } from '../create-access.ts'
import { createHasher, type Derive } from '../passwords/hashing.ts'
import { type MemoryStore, memoryStore } from './memory-store.ts'

export const GOOD = 'seven green tractors'
export const BETTER = 'eight yellow harvesters'
export const DESK: Origin = { address: '192.0.2.7', userAgent: 'Firefox' }
export const STRANGER: Origin = { address: '198.51.100.9', userAgent: 'curl' }

/** Accounts in memory with a clock that stands until it is moved, and a quick hash that counts its uses. */
export interface AccessBench {
  access: Access
  store: MemoryStore
  hashes(): number
  warnings: { fields: object; message: string }[]
  pass(ms: number): void
  /** Instead of the hash: what happens while a password is being looked at. */
  whileHashing(work: () => Promise<unknown>): void
  user(name: string, change?: Partial<NewUser>): Promise<void>
  signIn(name: string, origin?: Origin): Promise<{ caller: Caller; cookie: string }>
  token(caller: Caller, permissions: Permission[], name?: string): Promise<string>
}

export function accessBench(cost = { memory: 64, passes: 1, parallelism: 1 }): AccessBench {
  let at = Date.parse('2026-08-20T12:00:00.000Z')
  let hashes = 0
  let between: (() => Promise<unknown>) | null = null
  const now = () => new Date(at)
  const derive: Derive = async (password, salt) => {
    hashes += 1
    const work = between
    between = null
    await work?.()
    return createHash('sha256').update(salt).update(password).digest()
  }
  const store = memoryStore(now)
  const warnings: AccessBench['warnings'] = []
  const log = { warn: (fields: object, message: string) => void warnings.push({ fields, message }) }
  const access = createAccess({ store, now, log, hasher: createHasher(cost, derive) })
  return {
    access,
    store,
    warnings,
    hashes: () => hashes,
    pass(ms) {
      at += ms
    },
    whileHashing(work) {
      between = work
    },
    async user(name, change = {}) {
      const user = {
        name,
        password: GOOD,
        role: 'admin',
        nodes: null,
        language: 'en',
        timeZone: 'UTC',
      } as const
      await access.createUser({ ...user, ...change }, 'cli:root', null)
    },
    signIn: (name, origin = DESK) => access.signIn(name, GOOD, origin),
    async token(caller, permissions, name = 'ci') {
      return (await access.createToken(caller, { name, permissions, expiresInDays: 30 })).value
    },
  }
}
