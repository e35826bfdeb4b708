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
  /** What is done and what is recorded of it go together: `work` uses the parts it is given, whose store is one transaction. */
  together<T>(work: (parts: AccessParts) => Promise<T>): Promise<T>
}

export function createAccess({ store, now, log, hasher = createHasher() }: AccessOptions): Access {
  const parts: AccessParts = {
    ...{ store, now, log, hasher, throttle: createThrottle(store.failures, now) },
    together: (work) => store.atomically((within) => work({ ...parts, store: within })),
  }
  return {
    ...setUpMethods(parts),
    ...signInMethods(parts),
    ...accountMethods(parts),
    ...tokenMethods(parts),
    ...userMethods(parts),
  }
}
