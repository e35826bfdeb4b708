import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { HoldfastError } from '@holdfast/contract'

const argon2Async = promisify(argon2)

/** Cost of one hash: memory in KiB, passes over it, lanes. */
export interface HashCost {
  memory: number
  passes: number
  parallelism: number
}

/** The first of the equal choices that OWASP gives for Argon2id; about 90 ms on one core of a small machine. */
export const CURRENT_COST: HashCost = { memory: 47_104, passes: 1, parallelism: 1 }

/** At 46 MiB each, more at a time would let a flood of sign-ins take the memory that backups need. */
const AT_A_TIME = 2
/**
 * Whoever would wait behind this many gets an error at once, not an answer in half a minute. Who is known has places of
 * their own and goes first, so that strangers with many addresses keep nobody out.
 */
const MAX_WAITING = { known: 16, stranger: 48 }
/** Of one address or user. */
const MAX_WAITING_EACH = 4

const HASH_BYTES = 32
const SALT_BYTES = 16

/** Who waits for a hash: an address or the id of a user; known is a user at an address of theirs, or signed in. */
export interface Asker {
  key: string
  isKnown: boolean
}

export interface PasswordHasher {
  /** A PHC string. Throws `rate-limited` when too many others wait. */
  hash(password: string, asker: Asker): Promise<string>
  /** One hash of work, whatever the answer. Throws `rate-limited`, `invariant-broken` for a stored text that is no PHC string. */
  verify(password: string, stored: string, asker: Asker): Promise<boolean>
  /** True when it was made at another cost than new ones. */
  isOutdated(stored: string): boolean
  /** A well-formed hash of no password: what an unknown user is checked against. */
  readonly nobody: string
}

/** What the hasher hands to Argon2id; replaced in tests to count and to be quick. */
export type Derive = (password: string, salt: Buffer, cost: HashCost, length: number) => Promise<Buffer>

const deriveArgon2id: Derive = (message, nonce, { memory, passes, parallelism }, tagLength) =>
  argon2Async('argon2id', { message, nonce, memory, passes, parallelism, tagLength })

export function createHasher(cost: HashCost = CURRENT_COST, derive: Derive = deriveArgon2id): PasswordHasher {
  const queue = createQueue()
  const work = (password: string, salt: Buffer, at: HashCost, length: number, asker: Asker) =>
    // The same letters typed on another system may come composed differently.
    queue(asker, () => derive(password.normalize('NFKC'), salt, at, length))
  return {
    async hash(password, asker) {
      const salt = randomBytes(SALT_BYTES)
      return phc(cost, salt, await work(password, salt, cost, HASH_BYTES, asker))
    },

    async verify(password, stored, asker) {
      const { cost: at, salt, hash } = parsePhc(stored)
      return timingSafeEqual(await work(password, salt, at, hash.length, asker), hash)
    },

    isOutdated(stored) {
      const { cost: at } = parsePhc(stored)
      return at.memory !== cost.memory || at.passes !== cost.passes || at.parallelism !== cost.parallelism
    },

    nobody: phc(cost, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES)),
  }
}

interface Waiting {
  key: string
  go(): void
}

function createQueue() {
  let running = 0
  const waiting: Record<keyof typeof MAX_WAITING, Waiting[]> = { known: [], stranger: [] }

  async function wait({ key, isKnown }: Asker): Promise<void> {
    const lane = isKnown ? 'known' : 'stranger'
    const before = waiting[lane]
    const own = before.filter((one) => one.key === key).length
    if (before.length >= MAX_WAITING[lane] || own >= MAX_WAITING_EACH) {
      throw new HoldfastError('rate-limited', 'too many passwords are being checked at this moment', {
        details: { retryAfterSeconds: 10 },
      })
    }
    // The place is handed over, so `running` stays as it is.
    await new Promise<void>((go) => before.push({ key, go }))
  }

  return async <T>(asker: Asker, work: () => Promise<T>): Promise<T> => {
    if (running >= AT_A_TIME) await wait(asker)
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.known.shift() ?? waiting.stranger.shift()
      if (next) next.go()
      else running -= 1
    }
  }
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

function phc({ memory, passes, parallelism }: HashCost, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function parsePhc(stored: string): { cost: HashCost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(stored) ?? []
  if (!salt || !hash) {
    throw new HoldfastError('invariant-broken', 'a stored password is not in the form that Holdfast writes')
  }
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}
