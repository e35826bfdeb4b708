import { type ApiToken, HoldfastError } from '@holdfast/contract'
import { newId } from '../kit/ids.ts'
import type { Access } from './access.ts'
import { ownSession, publicUser } from './callers.ts'
import type { AccessParts } from './create-access.ts'
import { requireStrongPassword } from './passwords/strength.ts'
import type { StoredToken } from './ports.ts'
import { newApiToken } from './secret-values.ts'
import { recordSelf } from './sign-in.ts'
import { ownPasswordSubject } from './throttle.ts'

const DAY = 86_400_000

export function publicToken(stored: StoredToken): ApiToken {
  const { id, name, user, permissions, createdAt, expiresAt, lastUsedAt } = stored
  return { id, name, user, permissions, createdAt, expiresAt, lastUsedAt }
}

type AccountMethods = Pick<
  Access,
  'changeMe' | 'changePassword' | 'sessions' | 'revokeSession' | 'tokens' | 'createToken' | 'revokeToken'
>

/** What people do about themselves. None of it is open to an API token. */
export function accountMethods(parts: AccessParts): AccountMethods {
  const { store, now } = parts
  return {
    changePassword: changePasswordMethod(parts),
    createToken: createTokenMethod(parts),

    async changeMe(caller, { language, timeZone }) {
      ownSession(caller)
      const change = { language, timeZone }
      const user = await store.users.change(caller.user.id, change, { revision: null, endSessions: 'none' })
      await recordSelf(parts, caller, 'user.changed', change)
      return publicUser(user)
    },

    async sessions(caller) {
      const current = ownSession(caller)
      const stored = await store.sessions.ofUser(caller.user.id, now())
      return stored.map(({ user: _, ...session }) => ({ ...session, isCurrent: session.id === current.id }))
    },

    async revokeSession(caller, id) {
      ownSession(caller)
      if (!(await store.sessions.remove(id, caller.user.id))) {
        throw new HoldfastError('name-unknown', `none of your sessions has the id ${id}`)
      }
      await recordSelf(parts, caller, 'session.revoked', { session: id })
    },

    async tokens(caller) {
      ownSession(caller)
      return (await store.tokens.list(caller.user.id)).map(publicToken)
    },

    async revokeToken(caller, id) {
      ownSession(caller)
      const removed = await store.tokens.remove(id, caller.user.id)
      if (!removed) throw new HoldfastError('name-unknown', `none of your API tokens has the id ${id}`)
      const details = { user: caller.user.name }
      await store.audit.add({
        by: caller.by,
        action: 'token.revoked',
        object: removed.name,
        objectId: id,
        details,
      })
    },
  }
}

function changePasswordMethod(parts: AccessParts): Access['changePassword'] {
  const { store, hasher, throttle } = parts
  return async (caller, current, password) => {
    const { id: except } = ownSession(caller)
    const user = await store.users.get(caller.user.id)
    if (!user) throw new HoldfastError('not-signed-in', 'the user was deleted')
    requireStrongPassword(password, user.name)
    const attempt = await throttle.begin([ownPasswordSubject(user.name)])
    let passwordHash: string | null
    try {
      const isRight = await hasher.verify(current, user.passwordHash)
      passwordHash = isRight ? await hasher.hash(password) : null
    } catch (error) {
      await attempt.undo()
      throw error
    }
    if (passwordHash === null) {
      await recordSelf(parts, caller, 'user.password-change-failed')
      throw new HoldfastError('sign-in-failed', 'the current password is another one')
    }
    await attempt.succeeded()
    // An administrator may have set another one since it was checked: then this is no longer somebody who knows it.
    const { revision } = user
    await store.users.change(user.id, { passwordHash }, { revision, endSessions: { except } })
    await recordSelf(parts, caller, 'user.password-changed')
  }
}

function createTokenMethod({ store, now }: AccessParts): Access['createToken'] {
  return async (caller, { name, permissions, expiresInDays }) => {
    ownSession(caller)
    const missing = permissions.filter((permission) => !caller.permissions.includes(permission))
    if (missing.length > 0) {
      throw new HoldfastError(
        'not-allowed',
        `your role does not allow ${missing.join(', ')}, so no token of yours can`,
      )
    }
    const at = now()
    const expiresAt = expiresInDays === null ? null : new Date(at.getTime() + expiresInDays * DAY)
    const { value, hash } = newApiToken()
    const id = newId('token')
    const scope = [...new Set(permissions)]
    await store.tokens.create({
      id,
      name,
      secretHash: hash,
      userId: caller.user.id,
      permissions: scope,
      at,
      expiresAt,
    })
    const end = expiresAt?.toISOString() ?? null
    const details = { user: caller.user.name, permissions: scope.join(', '), expiresAt: end }
    await store.audit.add({ by: caller.by, action: 'token.created', object: name, objectId: id, details })
    const token: ApiToken = {
      id,
      name,
      user: caller.user.name,
      permissions: scope,
      createdAt: at.toISOString(),
      expiresAt: end,
      lastUsedAt: null,
    }
    return { token, value }
  }
}
