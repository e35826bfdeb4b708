import type {
  ApiToken,
  Me,
  NewUser,
  NotificationLanguage,
  Permission,
  Session,
  User,
  UserChange,
} from '@holdfast/contract'

/** Who makes a request, found out from a session cookie or an API token. */
export interface Caller {
  user: User
  /** What the role allows, for a token within its scope. */
  permissions: readonly Permission[]
  /** Ids of the nodes the caller is limited to; null for all. */
  nodeIds: readonly string[] | null
  via: { kind: 'session'; id: string; expiresAt: string } | { kind: 'token'; id: string; name: string }
  /** For the records: `user:anna`, or `token:ci of anna`. */
  by: string
}

/** What whoever changes users may do themselves; null for the administrator of the machine. */
export type Rights = readonly Permission[] | null

/** Where a request came from. */
export interface Origin {
  address: string
  userAgent: string
}

/** A session as it goes to the browser. The cookie lasts as long as the session can: when it ends before, is decided here. */
export interface SignedIn {
  caller: Caller
  cookie: string
  cookieUntil: Date
}

/** Users, sessions and tokens: everything about who somebody is. Every method throws HoldfastError only. */
export interface Access {
  isSetupNeeded(): Promise<boolean>
  /** A fresh token for the set-up link (the ones before lapse); null when there is a user already. */
  newSetupToken(): Promise<string | null>
  /** Throws `setup-link-invalid`, `password-weak`. */
  setUp(
    request: {
      token: string
      name: string
      password: string
      language: NotificationLanguage
      timeZone: string
    },
    origin: Origin,
  ): Promise<SignedIn>

  /** Takes as long for a name nobody has as for a wrong password. Throws `sign-in-failed`, `sign-in-locked`. */
  signIn(name: string, password: string, origin: Origin): Promise<SignedIn>
  /** Null for a cookie that is not or no longer good. Moves the end of the session as it is used. */
  bySession(cookie: string): Promise<Caller | null>
  byToken(value: string): Promise<Caller | null>
  /** The same session with a new cookie; its longest duration stays as it was. Throws `not-signed-in`. */
  refresh(caller: Caller, origin: Origin): Promise<SignedIn>
  /** Ends the session, or revokes the API token, that the request bears. */
  signOut(caller: Caller): Promise<void>
  me(caller: Caller): Me

  /** What follows about oneself throws `not-allowed` for a token. */
  changeMe(caller: Caller, change: { language: NotificationLanguage; timeZone: string }): Promise<User>
  /**
   * Ends all other sessions and gives this one a new cookie; API tokens stay. Throws `password-weak`, `password-wrong`,
   * `sign-in-locked`, `edit-conflict`.
   */
  changePassword(caller: Caller, current: string, password: string, origin: Origin): Promise<SignedIn>
  sessions(caller: Caller): Promise<Session[]>
  revokeSession(caller: Caller, id: string): Promise<void>
  tokens(caller: Caller): Promise<ApiToken[]>
  /**
   * Throws `not-allowed` for a permission that the caller does not have; `password-needed` without the password when the
   * sign-in was a while ago; `password-wrong` and `sign-in-locked` for a wrong one; `config-invalid` for one token too many.
   */
  createToken(
    caller: Caller,
    request: {
      name: string
      permissions: Permission[]
      expiresInDays: number | null
      password?: string | undefined
    },
  ): Promise<{ token: ApiToken; value: string }>
  revokeToken(caller: Caller, id: string): Promise<void>

  listUsers(): Promise<User[]>
  getUser(ref: string): Promise<User>
  /** Throws `password-weak`, `object-exists`, `name-unknown` (of a node), `not-allowed` for more rights than one's own. */
  createUser(user: NewUser, by: string, rights: Rights): Promise<User>
  /** Throws `password-weak`, `edit-conflict`, `last-admin`, `object-exists`, `name-unknown`, `not-allowed`. */
  replaceUser(
    ref: string,
    change: UserChange,
    options: { by: string; rights: Rights; revision: number | null },
  ): Promise<User>
  /** Throws `last-admin`, `not-allowed` for a user who may do more. */
  deleteUser(ref: string, by: string, rights: Rights): Promise<void>
  /** With all API tokens of the user. Throws `not-allowed` for a user who may do more. */
  revokeSessionsOf(ref: string, by: string, rights: Rights): Promise<void>
  allTokens(): Promise<ApiToken[]>
  /** Throws `not-allowed` for a token of a user who may do more. */
  revokeAnyToken(id: string, by: string, rights: Rights): Promise<void>
  /** For the administrator of the machine, without anybody signed in: sets a password, unlocks, enables, ends sessions and API tokens. */
  resetPassword(name: string, password: string, by: string): Promise<void>
}
