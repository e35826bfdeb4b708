import { z } from 'zod'
import { timeZone } from '../config/job.ts'
import { notificationLanguage } from '../config/notification.ts'
import { idOf, NO_ID, objectName } from '../ids.ts'
import { instant } from '../units.ts'
import { type Endpoints, PERMISSIONS, ROLES, type Role } from './endpoint.ts'

export const role = z.enum(Object.keys(ROLES) as [Role, ...Role[]])
export const permission = z.enum(PERMISSIONS)

export const userName = z
  .string()
  .regex(
    new RegExp(`^${NO_ID}[a-z0-9][a-z0-9._@-]{0,63}$`),
    'lower-case letters, digits and . _ @ -, at most 64 characters, and not the form of an id',
  )
/** Checked for strength by the server; the upper end keeps hashing cheap to refuse. */
export const newPassword = z.string().min(12).max(200)

export const user = z.object({
  id: idOf('user'),
  name: userName,
  role,
  /** Names of the nodes the user is limited to; null for all. */
  nodes: z.array(z.string()).nullable(),
  isDisabled: z.boolean(),
  language: notificationLanguage,
  timeZone,
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  revision: z.number().int(),
})
export type User = z.infer<typeof user>

/** Who is signed in, and what that allows. */
export const me = z.object({
  user,
  permissions: z.array(permission),
  /** Null for a request with a token. */
  session: z.object({ id: idOf('session'), expiresAt: instant }).nullable(),
})
export type Me = z.infer<typeof me>

export const session = z.object({
  id: idOf('session'),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string(),
  userAgent: z.string(),
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof session>

export const apiToken = z.object({
  id: idOf('token'),
  name: z.string(),
  user: userName,
  permissions: z.array(permission),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
})
export type ApiToken = z.infer<typeof apiToken>

export const newToken = z.strictObject({
  name: objectName,
  permissions: z.array(permission).min(1).meta({ description: 'What it may do, within what its user may' }),
  expiresInDays: z.int().min(1).max(3650).nullable().default(365).meta({ description: 'null: never' }),
  password: z.string().min(1).max(200).optional().meta({
    description: 'The present password of the user. Needed when the session began more than 15 minutes ago.',
  }),
})

const credentials = z.strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(200) })
const sessionId = z.strictObject({ id: idOf('session') })
const tokenId = z.strictObject({ id: idOf('token') })
const about = { tag: 'Account', permission: 'account', limited: 'same' } as const

export const accountEndpoints = {
  'GET /api/setup': {
    id: 'getSetup',
    tag: 'Account',
    summary: 'Whether the first user is still to be made',
    permission: 'public',
    limited: 'same',
    response: z.object({ needed: z.boolean() }),
  },
  'POST /api/setup': {
    id: 'setUp',
    tag: 'Account',
    summary: 'Make the first user, with the token of the set-up link, and sign in',
    permission: 'public',
    limited: 'same',
    body: z.strictObject({
      token: z.string().min(1).max(200),
      name: userName,
      password: newPassword,
      language: notificationLanguage.default('en'),
      timeZone: timeZone.default('UTC'),
    }),
    response: me,
    status: 201,
  },
  'POST /api/auth/login': {
    id: 'signIn',
    tag: 'Account',
    summary: 'Sign in: answers with a session cookie',
    permission: 'public',
    limited: 'same',
    body: credentials,
    response: me,
  },
  'POST /api/auth/logout': {
    ...about,
    tokenToo: true,
    id: 'signOut',
    summary: 'Sign out: ends the session, or revokes the API token, that the request bears',
    response: null,
  },
  'POST /api/auth/refresh': {
    ...about,
    id: 'refreshSession',
    summary: 'Go on with a new session cookie; the old one ends',
    response: me,
  },
  'GET /api/auth/me': {
    id: 'getMe',
    tag: 'Account',
    summary: 'Who is signed in',
    permission: 'read',
    limited: 'same',
    response: me,
  },
  'PUT /api/auth/me': {
    ...about,
    id: 'changeMe',
    summary: 'Change one’s own language and time zone',
    body: z.strictObject({ language: notificationLanguage, timeZone }),
    response: me,
  },
  'POST /api/auth/password': {
    ...about,
    id: 'changePassword',
    summary:
      'Change one’s own password; ends all other sessions, with a new cookie for this one; API tokens stay',
    body: z.strictObject({ current: z.string().min(1).max(200), password: newPassword }),
    response: null,
  },
  'GET /api/auth/sessions': {
    ...about,
    id: 'listSessions',
    summary: 'One’s own sessions',
    response: z.array(session),
  },
  'DELETE /api/auth/sessions/{id}': {
    ...about,
    id: 'revokeSession',
    summary: 'End one of one’s own sessions',
    params: sessionId,
    response: null,
  },
  'GET /api/auth/tokens': {
    ...about,
    id: 'listTokens',
    summary: 'One’s own API tokens',
    response: z.array(apiToken),
  },
  'POST /api/auth/tokens': {
    ...about,
    id: 'createToken',
    summary: 'Make an API token; its value is told this once',
    body: newToken,
    response: z.object({ token: apiToken, value: z.string() }),
    status: 201,
  },
  'DELETE /api/auth/tokens/{id}': {
    ...about,
    id: 'revokeToken',
    summary: 'Revoke one of one’s own API tokens',
    params: tokenId,
    response: null,
  },
} as const satisfies Endpoints
