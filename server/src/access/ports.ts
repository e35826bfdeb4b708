import type { ApiToken, NotificationLanguage, Permission, Role, Session, User } from '@holdfast/contract'

/** What users, sessions and tokens need from the store. The store conforms by shape; only main.ts knows both. */

/** A user with what nobody is told. `nodes` are names; `nodeIds` what they stand for, deleted nodes included. */
export interface StoredUser extends User {
  passwordHash: string
  nodeIds: string[] | null
  /** Counts how often all sessions were ended: one that was begun before cannot be stored any more. */
  sessionEpoch: number
}

export interface NewUserRow {
  id: string
  name: string
  passwordHash: string
  role: Role
  /** Names; the store throws `name-unknown` for one that no node has. */
  nodes: string[] | null
  language: NotificationLanguage
  timeZone: string
}

export type UserRowChange = Partial<Omit<NewUserRow, 'id'>> & { isDisabled?: boolean }

export interface UserStore {
  count(): Promise<number>
  list(): Promise<StoredUser[]>
  /** By id or name; the id wins. */
  get(ref: string): Promise<StoredUser | null>
  byName(name: string): Promise<StoredUser | null>
  /** Throws `object-exists`, `name-unknown`. With `onlyFirst` it throws `setup-link-invalid` when there is a user already, also when two do it at once. */
  create(user: NewUserRow, options: { onlyFirst: boolean }): Promise<StoredUser>
  /**
   * Throws `edit-conflict` when the revision is another one (null: any), `last-admin`, `object-exists`, `name-unknown`.
   * In the same transaction it ends all sessions of the user, or all but one, and with `endTokens` all API tokens.
   */
  change(
    id: string,
    change: UserRowChange,
    options: {
      revision: number | null
      endSessions: 'none' | 'all' | { except: string }
      endTokens?: boolean
    },
  ): Promise<StoredUser>
  /** Throws `last-admin`, `name-unknown`. */
  remove(id: string): Promise<void>
  /** The same password, hashed anew; without effect when it was changed meanwhile. */
  rehash(id: string, before: string, after: string): Promise<void>
  /** Notes when and from where somebody signed in; addresses they have not used since `forgetBefore` go. */
  signedIn(id: string, at: Date, from: { address: string; forgetBefore: Date }): Promise<void>
  /** Whether the user of that name has signed in from that address since; false for a name nobody has. */
  isKnownAddress(name: string, address: string, since: Date): Promise<boolean>
}

export interface StoredSession extends Omit<Session, 'isCurrent'> {
  user: StoredUser
}

export interface SessionStore {
  /** False when the user was disabled or deleted or all sessions were ended since the epoch was read: nothing is stored then. */
  create(session: {
    id: string
    secretHash: Buffer
    userId: string
    sessionEpoch: number
    address: string
    userAgent: string
    at: Date
    expiresAt: Date
  }): Promise<boolean>
  /** Null when there is none or it has expired. */
  find(secretHash: Buffer, now: Date): Promise<StoredSession | null>
  seen(id: string, at: Date, expiresAt: Date): Promise<void>
  /** Gives a session another secret: the one before ends. False when it is gone or has expired. */
  rotate(
    id: string,
    next: { secretHash: Buffer; address: string; userAgent: string; at: Date; expiresAt: Date },
  ): Promise<boolean>
  ofUser(userId: string, now: Date): Promise<StoredSession[]>
  /** False when it is not one of that user. */
  remove(id: string, userId: string): Promise<boolean>
  /** With the API tokens of the user; also what is being begun or made at this moment. */
  removeAllOf(userId: string): Promise<void>
  removeExpired(now: Date): Promise<void>
}

export interface StoredToken extends ApiToken {
  owner: StoredUser
}

export interface TokenStore {
  /** Stores nothing when the session was ended, or the user has `most` tokens already, or one of that name. */
  create(
    token: {
      id: string
      name: string
      secretHash: Buffer
      userId: string
      permissions: Permission[]
      at: Date
      expiresAt: Date | null
    },
    allowed: { sessionId: string; most: number },
  ): Promise<'created' | 'session-ended' | 'too-many' | 'name-taken'>
  /** Null when there is none or it has expired. */
  find(secretHash: Buffer, now: Date): Promise<StoredToken | null>
  used(id: string, at: Date): Promise<void>
  /** Of one user, or of all; expired ones too. */
  list(userId: string | null): Promise<StoredToken[]>
  /** What was removed; null when there is none, or not one of that user. */
  remove(id: string, userId: string | null): Promise<StoredToken | null>
}

/** Whose failed attempts are counted: a name from anywhere, an address with any name, or one from the other. */
export interface FailureSubject {
  name: string | null
  address: string | null
}

export interface Failures {
  count: number
  firstAt: Date
  lastAt: Date
}

export interface FailureStore {
  /** Reads one record and replaces it by what `decide` makes of it (null: leaves it), with no other update in between. */
  update(subject: FailureSubject, decide: (before: Failures | null) => Failures | null): Promise<void>
  remove(subject: FailureSubject): Promise<void>
  /** Every record that has to do with a name. */
  removeName(name: string): Promise<void>
  removeAll(): Promise<void>
  /** Records whose last failure is older. */
  removeBefore(lastAt: Date): Promise<void>
}

export interface AuditStore {
  add(entry: {
    by: string
    action: string
    object: string | null
    objectId: string | null
    details: Record<string, string | number | boolean | null>
  }): Promise<void>
}

export interface SettingPort {
  get(key: string): Promise<unknown>
  set(key: string, value: string | null): Promise<void>
}

export interface AccessStore {
  users: UserStore
  sessions: SessionStore
  tokens: TokenStore
  failures: FailureStore
  audit: AuditStore
  settings: SettingPort
  /** What `work` does to the store it is given is done whole or not at all: no change without its line in the records. */
  atomically<T>(work: (store: AccessStore) => Promise<T>): Promise<T>
}
