import { HoldfastError, PERMISSIONS, type Permission, ROLES, type User } from '@holdfast/contract'
import type { Caller } from './access.ts'
import type { StoredSession, StoredToken, StoredUser } from './ports.ts'

/** A user as everybody may see it. */
export function publicUser(stored: StoredUser): User {
  const { id, name, role, nodes, isDisabled, language, timeZone, createdAt, lastSignInAt, revision } = stored
  return { id, name, role, nodes, isDisabled, language, timeZone, createdAt, lastSignInAt, revision }
}

export function sessionCaller({
  id,
  expiresAt,
  user,
}: Pick<StoredSession, 'id' | 'expiresAt' | 'user'>): Caller {
  return {
    user: publicUser(user),
    permissions: ROLES[user.role],
    nodeIds: user.nodeIds,
    via: { kind: 'session', id, expiresAt },
    by: `user:${user.name}`,
  }
}

/** The rights of a token follow those of its user: what the role has lost, no token gives. */
export function tokenCaller({ id, name, permissions, owner }: StoredToken): Caller {
  const allowed: readonly Permission[] = ROLES[owner.role]
  return {
    user: publicUser(owner),
    permissions: PERMISSIONS.filter(
      (permission) => allowed.includes(permission) && permissions.includes(permission),
    ),
    nodeIds: owner.nodeIds,
    via: { kind: 'token', id, name },
    by: `token:${name} of ${owner.name}`,
  }
}

/** The session of a person who does something about themselves. Throws `not-allowed` for a token. */
export function ownSession(caller: Caller): { id: string; expiresAt: string } {
  if (caller.via.kind === 'session') return caller.via
  throw new HoldfastError('not-allowed', 'an API token cannot do this: it is for a person who is signed in')
}

/** True when somebody may do less than before, or see less. */
export function losesRights(
  before: StoredUser,
  after: { role: User['role']; nodes: string[] | null },
): boolean {
  const allowed: readonly Permission[] = ROLES[after.role]
  if (ROLES[before.role].some((permission) => !allowed.includes(permission))) return true
  const { nodes } = after
  return nodes !== null && (before.nodes === null || before.nodes.some((name) => !nodes.includes(name)))
}
