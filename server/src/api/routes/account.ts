import type { accountEndpoints } from '@holdfast/contract'
import type { Access, SignedIn } from '../../access/access.ts'
import type { Call, Handlers } from '../http/call.ts'

export function accountRoutes(access: Access): Handlers<typeof accountEndpoints> {
  const signedIn = (call: Pick<Call, 'signIn'>, session: SignedIn) => {
    call.signIn(session)
    return access.me(session.caller)
  }
  return {
    'GET /api/setup': async () => ({ needed: await access.isSetupNeeded() }),
    'POST /api/setup': async (call) => signedIn(call, await access.setUp(call.body, call.origin)),
    'POST /api/auth/login': async (call) =>
      signedIn(call, await access.signIn(call.body.name, call.body.password, call.origin)),
    'POST /api/auth/logout': async (call) => {
      await access.signOut(call.caller)
      call.signOut()
    },
    'POST /api/auth/refresh': async (call) => signedIn(call, await access.refresh(call.caller, call.origin)),
    'GET /api/auth/me': async ({ caller }) => access.me(caller),
    'PUT /api/auth/me': async ({ caller, body }) => {
      const user = await access.changeMe(caller, body)
      return access.me({ ...caller, user })
    },
    'POST /api/auth/password': async (call) => {
      const { caller, body, origin } = call
      call.signIn(await access.changePassword(caller, body.current, body.password, origin))
    },
    'GET /api/auth/sessions': ({ caller }) => access.sessions(caller),
    'DELETE /api/auth/sessions/{id}': ({ caller, params }) => access.revokeSession(caller, params.id),
    'GET /api/auth/tokens': ({ caller }) => access.tokens(caller),
    'POST /api/auth/tokens': async ({ caller, body, givenOut }) => {
      const made = await access.createToken(caller, body)
      givenOut(made.value)
      return made
    },
    'DELETE /api/auth/tokens/{id}': ({ caller, params }) => access.revokeToken(caller, params.id),
  }
}
