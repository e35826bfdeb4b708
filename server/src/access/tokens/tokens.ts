import { type ApiToken, HoldfastError, type Permission } from '@holdfast/contract'
import { newId } from '../../kit/ids.ts'
import type { Access, Caller } from '../access.ts'
import { ownSession } from '../callers.ts'
import { confirmPassword } from '../confirm-password.ts'
import type { AccessParts } from '../create-access.ts'
import type { StoredToken, TokenStore } from '../ports.ts'
import { recordRevoked } from '../sign-in.ts'
import { newApiToken } from './secret-values.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** After a sign-in this recent nobody is asked for the password again. A session that was stolen later is older. */
const FRESH_MS = 15 * MINUTE
/** Of one user, expired ones too. */
const MOST_TOKENS = 50

export function publicToken(stored: StoredToken): ApiToken {
  const { id, name, user, permissions, createdAt, expiresAt, lastUsedAt } = stored
  return { id, name, user, permissions, createdAt, expiresAt, lastUsedAt }
}

type TokenMethods = Pick<Access, 'tokens' | 'createToken' | 'revokeToken'>

/** One's own API tokens. None of it is open to an API token. */
export function tokenMethods(parts: AccessParts): TokenMethods {
  const { store } = parts
  return {
    createToken: createTokenMethod(parts),

    async tokens(caller) {
      ownSession(caller)
      return (await store.tokens.list(caller.user.id)).map(publicToken)
    },

    async revokeToken(caller, id) {
      ownSession(caller)
      await parts.together(async (parts) => {
        const removed = await parts.store.tokens.remove(id, caller.user.id)
        if (!removed) throw new HoldfastError('name-unknown', `none of your API tokens has the id ${id}`)
        await recordRevoked(parts, caller, removed)
      })
    },
  }
}

function createTokenMethod(parts: AccessParts): Access['createToken'] {
  const { now } = parts
  return async (caller, { name, permissions, expiresInDays, password }) => {
    const { id: sessionId } = ownSession(caller)
    requireOwnRights(caller, permissions)
    await requirePresence(parts, caller, sessionId, password)
    const at = now()
    const expiresAt = expiresInDays === null ? null : new Date(at.getTime() + expiresInDays * DAY)
    const { value, hash } = newApiToken()
    const id = newId('token')
    const scope = [...new Set(permissions)]
    const row = { id, name, secretHash: hash, userId: caller.user.id, permissions: scope, at, expiresAt }
    const end = expiresAt?.toISOString() ?? null
    const details = { user: caller.user.name, permissions: scope.join(', '), expiresAt: end }
    await parts.together(async ({ store }) => {
      requireCreated(await store.tokens.create(row, { sessionId, most: MOST_TOKENS }), name)
      await store.audit.add({ by: caller.by, action: 'token.created', object: name, objectId: id, details })
    })
    const times = { createdAt: at.toISOString(), expiresAt: end, lastUsedAt: null }
    return { token: { id, name, user: caller.user.name, permissions: scope, ...times }, value }
  }
}

function requireOwnRights(caller: Caller, permissions: Permission[]): void {
  const missing = permissions.filter((permission) => !caller.permissions.includes(permission))
  if (missing.length === 0) return
  throw new HoldfastError(
    'not-allowed',
    `your role does not allow ${missing.join(', ')}, so no token of yours can`,
  )
}

/** A token outlives its session: whoever makes one has just signed in, or knows the password. */
async function requirePresence(
  parts: AccessParts,
  caller: Caller,
  sessionId: string,
  password: string | undefined,
): Promise<void> {
  if (password !== undefined && password !== '') {
    await confirmPassword(parts, caller, password, 'token.create-failed')
    return
  }
  const sessions = await parts.store.sessions.ofUser(caller.user.id, parts.now())
  const session = sessions.find((one) => one.id === sessionId)
  if (!session) throw sessionEnded()
  if (parts.now().getTime() - Date.parse(session.createdAt) <= FRESH_MS) return
  throw new HoldfastError('password-needed', 'the sign-in was some time ago')
}

function requireCreated(outcome: Awaited<ReturnType<TokenStore['create']>>, name: string): void {
  if (outcome === 'session-ended') throw sessionEnded()
  if (outcome === 'too-many') {
    throw new HoldfastError('config-invalid', `a user has at most ${MOST_TOKENS} API tokens`, {
      hint: 'Revoke one that is not needed any more.',
    })
  }
  if (outcome === 'name-taken') {
    throw new HoldfastError('object-exists', `you have an API token called ${name} already`, {
      hint: 'Name it after what uses it, or revoke the other one first.',
    })
  }
}

function sessionEnded(): HoldfastError {
  return new HoldfastError('not-signed-in', 'the session has ended')
}
