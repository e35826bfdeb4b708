import { HoldfastError } from '@holdfast/contract'
import type {
  AccessStore,
  AuditStore,
  FailureSubject,
  Failures,
  StoredSession,
  StoredToken,
  StoredUser,
} from '../ports.ts'

interface SecretRow {
  secretHash: Buffer
  userId: string
}
type SessionRow = Omit<StoredSession, 'user'> & SecretRow
type TokenRow = Omit<StoredToken, 'user' | 'owner'> & SecretRow

/** The ports of access in memory. What holds between processes is tested on the real store. */
export interface MemoryStore extends AccessStore {
  readonly entries: Parameters<AuditStore['add']>[0][]
  /** Writes that only say when something was used. */
  readonly touches: string[]
}

export function memoryStore(now: () => Date): MemoryStore {
  const users = new Map<string, StoredUser>()
  const addresses = new Map<string, Date>()
  const sessions = new Map<string, SessionRow>()
  const tokens = new Map<string, TokenRow>()
  const failures = new Map<string, Failures>()
  const settings = new Map<string, unknown>()
  const entries: MemoryStore['entries'] = []
  const touches: string[] = []

  const byName = (name: string) => [...users.values()].find((user) => user.name === name) ?? null
  const userOf = (id: string): StoredUser => {
    const user = users.get(id)
    if (!user) throw new HoldfastError('name-unknown', `no user ${id}`)
    return user
  }
  const withUser = ({ secretHash: _, userId, ...row }: SessionRow): StoredSession => ({
    ...row,
    user: userOf(userId),
  })
  const withOwner = ({ secretHash: _, userId, ...row }: TokenRow): StoredToken => {
    const owner = userOf(userId)
    return { ...row, user: owner.name, owner }
  }
  const endSessions = (userId: string, except?: string) => {
    for (const session of sessions.values()) {
      if (session.userId === userId && session.id !== except) sessions.delete(session.id)
    }
  }
  const endTokens = (userId: string) => {
    for (const token of tokens.values()) if (token.userId === userId) tokens.delete(token.id)
  }
  const refuseWithoutAdmin = (without: string) => {
    const rest = [...users.values()].filter((user) => user.id !== without)
    if (!rest.some((user) => user.role === 'admin' && !user.isDisabled))
      throw new HoldfastError('last-admin', without)
  }
  const failureKey = (subject: FailureSubject) => JSON.stringify(subject)

  const store: MemoryStore = {
    entries,
    touches,
    async atomically(work) {
      const tables: Map<string, unknown>[] = [users, sessions, tokens, failures, settings]
      const before = tables.map((table) => [...table])
      try {
        return await work(store)
      } catch (error) {
        tables.forEach((table, index) => {
          table.clear()
          for (const [key, row] of before[index] ?? []) table.set(key, row)
        })
        throw error
      }
    },
    users: {
      count: async () => users.size,
      list: async () => [...users.values()],
      get: async (ref) => users.get(ref) ?? byName(ref),
      byName: async (name) => byName(name),
      async create({ ...row }, { onlyFirst }) {
        if (onlyFirst && users.size > 0) throw new HoldfastError('setup-link-invalid', 'there is a user')
        if (byName(row.name)) throw new HoldfastError('object-exists', row.name)
        const fresh = { isDisabled: false, createdAt: now().toISOString(), lastSignInAt: null, revision: 1 }
        const nodeIds = row.nodes?.map((name) => `nod_${name}`) ?? null
        users.set(row.id, { ...row, ...fresh, nodeIds, sessionEpoch: 0 })
        return userOf(row.id)
      },
      async change(id, change, options) {
        const before = userOf(id)
        if (options.revision !== null && options.revision !== before.revision) {
          throw new HoldfastError('edit-conflict', before.name)
        }
        const after = { ...before, ...change, revision: before.revision + 1 }
        if (before.role === 'admin' && (after.role !== 'admin' || after.isDisabled)) refuseWithoutAdmin(id)
        if (change.nodes !== undefined) after.nodeIds = change.nodes?.map((name) => `nod_${name}`) ?? null
        if (options.endSessions !== 'none') {
          after.sessionEpoch += 1
          endSessions(id, options.endSessions === 'all' ? undefined : options.endSessions.except)
        }
        if (options.endTokens) endTokens(id)
        users.set(id, after)
        return after
      },
      async remove(id) {
        if (userOf(id).role === 'admin') refuseWithoutAdmin(id)
        endSessions(id)
        endTokens(id)
        users.delete(id)
      },
      async rehash(id, before, after) {
        const user = userOf(id)
        if (user.passwordHash === before) users.set(id, { ...user, passwordHash: after })
      },
      async signedIn(id, at, { address }) {
        const user = userOf(id)
        users.set(id, { ...user, lastSignInAt: at.toISOString() })
        addresses.set(`${id} ${address}`, at)
      },
      async isKnownAddress(name, address, since) {
        const at = addresses.get(`${byName(name)?.id} ${address}`)
        return at !== undefined && at >= since
      },
    },
    sessions: {
      async create({ at, expiresAt, sessionEpoch, ...row }) {
        const user = users.get(row.userId)
        if (!user || user.isDisabled || user.sessionEpoch !== sessionEpoch) return false
        const createdAt = at.toISOString()
        sessions.set(row.id, { ...row, createdAt, lastSeenAt: createdAt, expiresAt: expiresAt.toISOString() })
        return true
      },
      async find(secretHash, at) {
        const row = [...sessions.values()].find((one) => one.secretHash.equals(secretHash))
        return row && row.expiresAt > at.toISOString() ? withUser(row) : null
      },
      async seen(id, at, expiresAt) {
        const row = sessions.get(id)
        if (row) Object.assign(row, { lastSeenAt: at.toISOString(), expiresAt: expiresAt.toISOString() })
        touches.push(id)
      },
      async rotate(id, { at, expiresAt, ...next }) {
        const row = sessions.get(id)
        if (!row || row.expiresAt <= at.toISOString()) return false
        Object.assign(row, { ...next, lastSeenAt: at.toISOString(), expiresAt: expiresAt.toISOString() })
        return true
      },
      ofUser: async (userId, at) =>
        [...sessions.values()]
          .filter((row) => row.userId === userId && row.expiresAt > at.toISOString())
          .map(withUser),
      remove: async (id, userId) => sessions.get(id)?.userId === userId && sessions.delete(id),
      async removeAllOf(userId) {
        endSessions(userId)
        endTokens(userId)
      },
      async removeExpired(at) {
        for (const row of sessions.values()) if (row.expiresAt <= at.toISOString()) sessions.delete(row.id)
      },
    },
    tokens: {
      async create({ at, expiresAt, ...row }, { sessionId, most }) {
        if (sessions.get(sessionId)?.userId !== row.userId) return 'session-ended'
        const own = [...tokens.values()].filter((one) => one.userId === row.userId)
        if (own.length >= most) return 'too-many'
        if (own.some((one) => one.name === row.name)) return 'name-taken'
        const instants = {
          createdAt: at.toISOString(),
          expiresAt: expiresAt?.toISOString() ?? null,
          lastUsedAt: null,
        }
        tokens.set(row.id, { ...row, ...instants })
        return 'created'
      },
      async find(secretHash, at) {
        const row = [...tokens.values()].find((one) => one.secretHash.equals(secretHash))
        return row && (row.expiresAt === null || row.expiresAt > at.toISOString()) ? withOwner(row) : null
      },
      async used(id, at) {
        const row = tokens.get(id)
        if (row) row.lastUsedAt = at.toISOString()
        touches.push(id)
      },
      list: async (userId) =>
        [...tokens.values()].filter((row) => userId === null || row.userId === userId).map(withOwner),
      async remove(id, userId) {
        const row = tokens.get(id)
        if (!row || (userId !== null && row.userId !== userId)) return null
        tokens.delete(id)
        return withOwner(row)
      },
    },
    failures: {
      async update(subject, decide) {
        const after = decide(failures.get(failureKey(subject)) ?? null)
        if (after) failures.set(failureKey(subject), after)
      },
      async remove(subject) {
        failures.delete(failureKey(subject))
      },
      async removeName(name) {
        for (const key of failures.keys()) if (JSON.parse(key).name === name) failures.delete(key)
      },
      removeAll: async () => failures.clear(),
      async removeBefore(lastAt) {
        for (const [key, { lastAt: last }] of failures) if (last < lastAt) failures.delete(key)
      },
    },
    audit: {
      async add(entry) {
        entries.push(entry)
      },
    },
    settings: {
      get: async (key) => settings.get(key) ?? null,
      async set(key, value) {
        settings.set(key, value)
      },
    },
  }
  return store
}
