import {
  HoldfastError,
  type NewUser,
  PERMISSIONS,
  ROLES,
  type User,
  type UserChange,
} from '@holdfast/contract'
import { newId } from '../kit/ids.ts'
import type { Access, Rights } from './access.ts'
import { losesRights, publicUser } from './callers.ts'
import type { AccessParts } from './create-access.ts'
import { requireStrongPassword } from './passwords/strength.ts'
import type { StoredUser, UserRowChange } from './ports.ts'
import { publicToken } from './tokens/tokens.ts'

type UserMethods = Pick<
  Access,
  | 'listUsers'
  | 'getUser'
  | 'createUser'
  | 'replaceUser'
  | 'deleteUser'
  | 'revokeSessionsOf'
  | 'allTokens'
  | 'revokeAnyToken'
  | 'resetPassword'
>

/** What administrators do about others. Who may call it is decided before. */
export function userMethods(parts: AccessParts): UserMethods {
  const { store } = parts
  return {
    resetPassword: resetPasswordMethod(parts),
    replaceUser: (ref, change, options) => replaceUser(parts, ref, change, options),
    createUser: (user, by, rights) => createUser(parts, user, by, rights),
    listUsers: async () => (await store.users.list()).map(publicUser),
    getUser: async (ref) => publicUser(await userOf(parts, ref)),

    async deleteUser(ref, by, rights) {
      const user = await userOf(parts, ref)
      requireRightsOf(rights, user.role)
      await parts.together(async (parts) => {
        await parts.store.users.remove(user.id)
        await record(parts, by, 'user.deleted', user)
      })
    },

    async revokeSessionsOf(ref, by, rights) {
      const user = await userOf(parts, ref)
      requireRightsOf(rights, user.role)
      await parts.together(async (parts) => {
        await parts.store.sessions.removeAllOf(user.id)
        await record(parts, by, 'session.all-revoked', user)
      })
    },

    allTokens: async () => (await store.tokens.list(null)).map(publicToken),

    revokeAnyToken: (id, by, rights) =>
      parts.together(async ({ store }) => {
        const removed = await store.tokens.remove(id, null)
        if (!removed) throw new HoldfastError('name-unknown', `no API token has the id ${id}`)
        const { name, user, owner } = removed
        // Refused after the removal, which the transaction takes back.
        requireRightsOf(rights, owner.role)
        await store.audit.add({ by, action: 'token.revoked', object: name, objectId: id, details: { user } })
      }),
  }
}

async function userOf({ store }: AccessParts, ref: string): Promise<StoredUser> {
  return (await store.users.get(ref)) ?? unknownUser(ref)
}

function unknownUser(ref: string): never {
  throw new HoldfastError('name-unknown', `no user is called "${ref}"`, {
    hint: 'List the users with `holdfast admin list`, or on the page Users.',
  })
}

async function record(
  { store }: AccessParts,
  by: string,
  action: string,
  { id, name }: Pick<User, 'id' | 'name'>,
  details: Record<string, string | boolean | null> = {},
): Promise<void> {
  await store.audit.add({ by, action, object: name, objectId: id, details })
}

const nodesText = (nodes: string[] | null) => nodes?.join(', ') ?? null

/**
 * Whoever may not do everything makes nobody who may do more, for they could sign in as that user, and shuts out nobody
 * who may do more. Only a token can be limited so, because administrators may do everything.
 */
function requireRightsOf(rights: Rights, role: User['role']): void {
  const missing = ROLES[role].filter((permission) => rights !== null && !rights.includes(permission))
  if (missing.length === 0) return
  throw new HoldfastError(
    'not-allowed',
    `without ${missing.join(', ')} nobody makes, changes or shuts out a user of the role ${role}`,
  )
}

function requireAllRights(rights: Rights): void {
  if (rights === null || PERMISSIONS.every((permission) => rights.includes(permission))) return
  throw new HoldfastError('not-allowed', 'a token that may not do everything sets no passwords of others')
}

async function createUser(parts: AccessParts, user: NewUser, by: string, rights: Rights): Promise<User> {
  requireRightsOf(rights, user.role)
  const { password, ...rest } = user
  requireStrongPassword(password, user.name)
  const passwordHash = await parts.hasher.hash(password, { key: by, isKnown: true })
  return await parts.together(async (parts) => {
    const row = { ...rest, id: newId('user'), passwordHash }
    const created = await parts.store.users.create(row, { onlyFirst: false })
    await record(parts, by, 'user.created', created, { role: user.role, nodes: nodesText(user.nodes) })
    return publicUser(created)
  })
}

async function replaceUser(
  parts: AccessParts,
  ref: string,
  { password, ...rest }: UserChange,
  { by, rights, revision }: { by: string; rights: Rights; revision: number | null },
): Promise<User> {
  const before = await userOf(parts, ref)
  for (const role of [before.role, rest.role]) requireRightsOf(rights, role)
  if (password !== undefined) requireAllRights(rights)
  const change: UserRowChange = { ...rest }
  if (password !== undefined) {
    requireStrongPassword(password, rest.name)
    change.passwordHash = await parts.hasher.hash(password, { key: by, isKnown: true })
  }
  const isNewPassword = password !== undefined
  const ends = isNewPassword || rest.isDisabled || losesRights(before, rest)
  // A token was perhaps made by whoever the account is taken back from. Those of somebody who only loses rights lose them too.
  const endTokens = isNewPassword || rest.isDisabled
  const options = { revision, endSessions: ends ? 'all' : 'none', endTokens } as const
  return await parts.together(async (parts) => {
    const changed = await parts.store.users.change(before.id, change, options)
    if (isNewPassword) await parts.store.failures.removeName(changed.name)
    const { role, nodes, isDisabled } = changed
    const wasCalled = before.name === changed.name ? {} : { wasCalled: before.name }
    const details = { role, nodes: nodesText(nodes), isDisabled, isNewPassword, ...wasCalled }
    await record(parts, by, 'user.changed', changed, details)
    return publicUser(changed)
  })
}

function resetPasswordMethod(parts: AccessParts): Access['resetPassword'] {
  return async (name, password, by) => {
    const user = (await parts.store.users.byName(name)) ?? unknownUser(name)
    requireStrongPassword(password, user.name)
    const passwordHash = await parts.hasher.hash(password, { key: by, isKnown: true })
    const change = { passwordHash, isDisabled: false }
    await parts.together(async (parts) => {
      await parts.store.users.change(user.id, change, { revision: null, endSessions: 'all', endTokens: true })
      // Of every name and address: whoever administers the machine must get in, whatever others did to lock them out.
      await parts.store.failures.removeAll()
      await record(parts, by, 'user.password-reset', user)
    })
  }
}
