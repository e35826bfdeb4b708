import { HoldfastError, PERMISSIONS, type Permission, ROLES, type Role, type User } from '@holdfast/contract'
import type { Access, Caller, SignedIn } from '../../access/access.ts'

const AT = '2026-08-20T12:00:00.000Z'
const EXPIRES = '2026-09-20T12:00:00.000Z'

export function fakeUser(name: string, role: Role, nodes: string[] | null = null): User {
  const id = `usr_${name
    .padEnd(12, '0')
    .slice(0, 12)
    .replace(/[^0-9a-hjkmnp-tv-z]/g, '0')}`
  const settings = { language: 'en', timeZone: 'UTC' } as const
  return {
    id,
    name,
    role,
    nodes,
    isDisabled: false,
    ...settings,
    createdAt: AT,
    lastSignInAt: null,
    revision: 3,
  }
}

/** People and tokens that tests call as: the key is the cookie's or the token's value. */
export const CALLERS = {
  viewer: session(fakeUser('viewer', 'viewer')),
  operator: session(fakeUser('operator', 'operator')),
  admin: session(fakeUser('admin', 'admin')),
  limited: session(fakeUser('limited', 'operator', ['alpha'])),
  hft_read: token(fakeUser('viewer', 'viewer'), ['read']),
  hft_lock: token(fakeUser('operator', 'operator'), ['lock']),
  hft_metrics: token(fakeUser('admin', 'admin'), ['metrics']),
  hft_all: token(fakeUser('admin', 'admin'), [...PERMISSIONS]),
} as const satisfies Record<string, Caller>
export type CallerName = keyof typeof CALLERS

function session(user: User): Caller {
  const nodeIds = user.nodes && ['nod_0000000000aa']
  const via = { kind: 'session', id: 'ses_000000000001', expiresAt: EXPIRES } as const
  return { user, permissions: ROLES[user.role], nodeIds, via, by: `user:${user.name}` }
}

function token(user: User, permissions: Permission[]): Caller {
  const via = { kind: 'token', id: 'tok_000000000001', name: 'ci' } as const
  return { user, permissions, nodeIds: null, via, by: `token:ci of ${user.name}` }
}

/** Accounts in memory: everybody of {@link CALLERS} is signed in already, and changes are only counted. */
export class FakeAccess implements Access {
  needsSetup = false
  readonly calls: string[] = []

  async isSetupNeeded() {
    return this.needsSetup
  }
  async newSetupToken() {
    return this.needsSetup ? 'setup' : null
  }
  async setUp(request: { token: string }): Promise<SignedIn> {
    if (!this.needsSetup || request.token !== 'setup') {
      throw new HoldfastError('setup-link-invalid', 'the link is not valid')
    }
    this.needsSetup = false
    return this.#signedIn()
  }
  async signIn(_name: string, password: string): Promise<SignedIn> {
    if (password !== 'right')
      throw new HoldfastError('sign-in-failed', 'name and password do not belong together')
    return this.#signedIn()
  }
  async bySession(cookie: string) {
    return this.needsSetup || cookie.startsWith('hft_') ? null : caller(cookie)
  }
  async byToken(value: string) {
    return this.needsSetup || !value.startsWith('hft_') ? null : caller(value)
  }
  async refresh() {
    return this.#signedIn()
  }
  async signOut() {
    this.calls.push('signOut')
  }
  me({ user, permissions, via }: Caller) {
    const session = via.kind === 'session' ? { id: via.id, expiresAt: via.expiresAt } : null
    return { user, permissions: [...permissions], session }
  }
  async changeMe({ user }: Caller) {
    return user
  }
  async changePassword() {
    return this.#signedIn()
  }
  async sessions() {
    return []
  }
  async revokeSession() {}
  async tokens() {
    return []
  }
  async createToken() {
    this.calls.push('createToken')
    const { id, name } = { id: 'tok_000000000001', name: 'ci' }
    const times = { createdAt: AT, expiresAt: null, lastUsedAt: null }
    return {
      token: { id, name, user: 'admin', permissions: ['read' as const], ...times },
      value: 'hft_value',
    }
  }
  async revokeToken() {}
  async listUsers() {
    return [CALLERS.admin.user]
  }
  async getUser(ref: string) {
    if (ref === 'nobody') throw new HoldfastError('name-unknown', 'there is no such user')
    return { ...CALLERS.viewer.user, passwordHash: 'never-told' }
  }
  async createUser() {
    this.calls.push('createUser')
    return CALLERS.viewer.user
  }
  async replaceUser() {
    return CALLERS.viewer.user
  }
  async deleteUser() {}
  async revokeSessionsOf() {}
  async allTokens() {
    return []
  }
  async revokeAnyToken() {}
  async resetPassword() {}

  #signedIn(): SignedIn {
    return { caller: CALLERS.admin, cookie: 'admin', cookieUntil: new Date(EXPIRES) }
  }
}

function caller(value: string): Caller | null {
  const found = Object.entries(CALLERS).find(([name]) => name === value)
  return found ? found[1] : null
}
