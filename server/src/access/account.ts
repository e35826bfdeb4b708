import { HoldfastError } from '@holdfast/contract'
import type { Access } from './access.ts'
import { ownSession, publicUser } from './callers.ts'
import { confirmPassword } from './confirm-password.ts'
import type { AccessParts } from './create-access.ts'
import { requireStrongPassword } from './passwords/strength.ts'
import { recordSelf, renewSession } from './sign-in.ts'

type AccountMethods = Pick<Access, 'changeMe' | 'changePassword' | 'sessions' | 'revokeSession'>

/** What people do about themselves. None of it is open to an API token. */
export function accountMethods(parts: AccessParts): AccountMethods {
  const { store, now } = parts
  return {
    changePassword: changePasswordMethod(parts),

    async changeMe(caller, { language, timeZone }) {
      ownSession(caller)
      const change = { language, timeZone }
      return await parts.together(async (parts) => {
        const options = { revision: null, endSessions: 'none' } as const
        const user = await parts.store.users.change(caller.user.id, change, options)
        await recordSelf(parts, caller, 'user.changed', change)
        return publicUser(user)
      })
    },

    async sessions(caller) {
      const current = ownSession(caller)
      const stored = await store.sessions.ofUser(caller.user.id, now())
      return stored.map(({ user: _, ...session }) => ({ ...session, isCurrent: session.id === current.id }))
    },

    async revokeSession(caller, id) {
      ownSession(caller)
      await parts.together(async (parts) => {
        if (!(await parts.store.sessions.remove(id, caller.user.id))) {
          throw new HoldfastError('name-unknown', `none of your sessions has the id ${id}`)
        }
        await recordSelf(parts, caller, 'session.revoked', { session: id })
      })
    },
  }
}

function changePasswordMethod(parts: AccessParts): Access['changePassword'] {
  const { hasher } = parts
  return async (caller, current, password, origin) => {
    const { id: except } = ownSession(caller)
    requireStrongPassword(password, caller.user.name)
    const user = await confirmPassword(parts, caller, current, 'user.password-change-failed')
    const passwordHash = await hasher.hash(password, { key: user.id, isKnown: true })
    // An administrator may have set another one since it was checked: then this is no longer somebody who knows it.
    const { revision } = user
    return await parts.together(async (parts) => {
      await parts.store.users.change(user.id, { passwordHash }, { revision, endSessions: { except } })
      await recordSelf(parts, caller, 'user.password-changed')
      // Whoever had a copy of the cookie loses it as well.
      return await renewSession(parts, caller, origin)
    })
  }
}
