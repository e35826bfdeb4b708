import { z } from 'zod'
import { timeZone } from '../config/job.ts'
import { notificationLanguage } from '../config/notification.ts'
import { objectName } from '../ids.ts'
import { apiToken, newPassword, role, user, userName } from './account.ts'
import type { Endpoints } from './endpoint.ts'

const userRef = z.strictObject({ ref: z.string().min(1).max(100).meta({ description: 'Name or id' }) })
const common = { tag: 'Users', permission: 'administer', limited: 'refused' } as const
const nodes = z
  .array(objectName)
  .min(1)
  .nullable()
  .meta({ description: 'Names of the nodes the user is limited to; null for all. Not for an administrator.' })
const limitedAdmin = (spec: { role: string; nodes: string[] | null }) =>
  spec.role !== 'admin' || spec.nodes === null

export const newUser = z
  .strictObject({
    name: userName,
    password: newPassword,
    role,
    nodes: nodes.default(null),
    language: notificationLanguage.default('en'),
    timeZone: timeZone.default('UTC'),
  })
  .refine(limitedAdmin, { message: 'an administrator cannot be limited to nodes', path: ['nodes'] })
export type NewUser = z.infer<typeof newUser>

export const userChange = z
  .strictObject({
    name: userName,
    role,
    nodes,
    isDisabled: z.boolean(),
    language: notificationLanguage,
    timeZone,
    password: newPassword
      .optional()
      .meta({ description: 'A new password; ends all sessions and API tokens of the user' }),
  })
  .refine(limitedAdmin, { message: 'an administrator cannot be limited to nodes', path: ['nodes'] })
export type UserChange = z.infer<typeof userChange>

export const userEndpoints = {
  'GET /api/users': { ...common, id: 'listUsers', summary: 'All users', response: z.array(user) },
  'POST /api/users': {
    ...common,
    id: 'createUser',
    summary: 'Make a user',
    body: newUser,
    response: user,
    status: 201,
  },
  'GET /api/users/{ref}': {
    ...common,
    id: 'getUser',
    summary: 'One user',
    params: userRef,
    response: user,
    etag: 'read',
  },
  'PUT /api/users/{ref}': {
    ...common,
    id: 'replaceUser',
    summary: 'Change a user; fewer rights end the sessions of the user, disabling the API tokens too',
    params: userRef,
    body: userChange,
    response: user,
    etag: 'write',
  },
  'DELETE /api/users/{ref}': {
    ...common,
    id: 'deleteUser',
    summary: 'Delete a user with sessions and tokens',
    params: userRef,
    response: null,
  },
  'DELETE /api/users/{ref}/sessions': {
    ...common,
    id: 'revokeSessionsOfUser',
    summary: 'End all sessions of a user and delete the API tokens',
    params: userRef,
    response: null,
  },
  'GET /api/tokens': {
    ...common,
    id: 'listAllTokens',
    summary: 'The API tokens of all users',
    response: z.array(apiToken),
  },
  'DELETE /api/tokens/{id}': {
    ...common,
    id: 'revokeAnyToken',
    summary: 'Revoke an API token of any user',
    params: z.strictObject({ id: z.string().max(40) }),
    response: null,
  },
} as const satisfies Endpoints
