import type { Access } from './access.ts'
import { accountMethods } from './account.ts'
import { createHasher, type PasswordHasher } from './passwords/hashing.ts'
import type { AccessStore } from './ports.ts'
import { setUpMethods } from './set-up.ts'
import { signInMethods } from './sign-in.ts'
import { createThrottle, type Throttle } from './throttle.ts'
import { tokenMethods } from './tokens/tokens.ts'
import { userMethods } from './users.ts'

export interface AccessOptions {
  store: AccessStore
  now(): Date
  log: { warn(fields: object, message: string): void }
  /** Of the current cost without it. */
  hasher?: PasswordHasher
}

/** What the methods are made from. */
export interface AccessParts {
  readonly store: AccessStore
  readonly now: () => Date
  readonly log: AccessOptions['log']
  readonly hasher: PasswordHasher
  readonly throttle: Throttle
}

export function createAccess({ store, now, log, hasher = createHasher() }: AccessOptions): Access {
  const parts: AccessParts = { store, now, log, hasher, throttle: createThrottle(store.failures, now) }
  return {
    ...setUpMethods(parts),
    ...signInMethods(parts),
    ...accountMethods(parts),
    ...tokenMethods(parts),
    ...userMethods(parts),
  }
}
