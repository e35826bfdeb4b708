import type { userEndpoints } from '@holdfast/contract'
import type { Access } from '../../access/access.ts'
import type { Handlers } from '../http/call.ts'

export function userRoutes(access: Access): Handlers<typeof userEndpoints> {
  return {
    'GET /api/users': () => access.listUsers(),
    'POST /api/users': ({ body, caller }) => access.createUser(body, caller.by, caller.permissions),
    'GET /api/users/{ref}': ({ params }) => access.getUser(params.ref),
    'PUT /api/users/{ref}': ({ params, body, caller, revision }) =>
      access.replaceUser(params.ref, body, { by: caller.by, rights: caller.permissions, revision }),
    'DELETE /api/users/{ref}': ({ params, caller }) =>
      access.deleteUser(params.ref, caller.by, caller.permissions),
    'DELETE /api/users/{ref}/sessions': ({ params, caller }) =>
      access.revokeSessionsOf(params.ref, caller.by, caller.permissions),
    'GET /api/tokens': () => access.allTokens(),
    'DELETE /api/tokens/{id}': ({ params, caller }) =>
      access.revokeAnyToken(params.id, caller.by, caller.permissions),
  }
}
