import { HoldfastError } from '@holdfast/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access } from '../../access/access.ts'
import type { ServerDeps } from '../server-deps.ts'
import { SharedReads } from '../sharing/shared-reads.ts'
import { authorize } from './authorize.ts'
import { authenticate, credentialOf, isInForm } from './credentials.ts'
import { DEFAULT_LIMITS, rateLimits } from './rate-limits.ts'
import { isUnsafe, requireSameOrigin } from './same-origin.ts'

/** Stands before every route, before its body is read: who is it, where does the request come from, may they. */
export async function installGuard(app: FastifyInstance, deps: ServerDeps): Promise<void> {
  const limits = await rateLimits(app, { ...DEFAULT_LIMITS, ...deps.limits })
  const isSetupNeeded = setupState(deps.access)
  const lookups = new SharedReads()
  app.decorateRequest('caller', null)
  app.decorate('credentialGivenOut', limits.givenOut)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const { rule, beforeSetup, unlimited } = request.routeOptions.config
    if (!rule) throw new HoldfastError('invariant-broken', `the route ${request.url} has no rule`)
    if (rule.permission === 'public') {
      if (rule.ownToken) await limits.ownToken(request)
      else if (!unlimited) await (isUnsafe(request.method) ? limits.signIn : limits.anonymous)(request)
      // A token of its own comes from anywhere: no browser adds it by itself, as it does a cookie.
      if (isUnsafe(request.method) && !rule.ownToken) requireSameOrigin(request, deps)
      if (!beforeSetup && (await isSetupNeeded())) throw setupNeeded()
      return
    }
    const credential = credentialOf(request, deps.publicUrl)
    const borne = credential && { value: credential.value, isInForm: isInForm(credential) }
    request.caller = await limits.guesses(request, borne, async () =>
      credential === null
        ? null
        : lookups.share(`${credential.kind} ${credential.value}`, () =>
            authenticate(deps.access, credential),
          ),
    )
    if (request.caller === null) {
      throw (await isSetupNeeded()) ? setupNeeded() : notSignedIn(request)
    }
    if (!unlimited) await limits.caller(request)
    if (request.caller.via.kind === 'session' && isUnsafe(request.method)) {
      requireSameOrigin(request, deps)
    }
    authorize(rule, request.caller)
  })
}

/** Once there is a user there always is one: the last administrator cannot be deleted. */
function setupState(access: Access): () => Promise<boolean> {
  let isDone = false
  return async () => {
    if (!isDone) isDone = !(await access.isSetupNeeded())
    return !isDone
  }
}

function setupNeeded(): HoldfastError {
  return new HoldfastError('setup-needed', 'Holdfast has no user yet')
}

function notSignedIn(request: FastifyRequest): HoldfastError {
  const what = request.headers.authorization === undefined ? 'session' : 'token'
  return new HoldfastError('not-signed-in', `the request bears no valid ${what}`)
}

/** Fails when a route was registered that no rule guards: nobody can forget one. */
export function requireRules(app: FastifyInstance): void {
  const unguarded: string[] = []
  app.addHook('onRoute', (route) => {
    app.routeTable.push(route)
  })
  app.addHook('onReady', async () => {
    for (const { method, url, config } of app.routeTable)
      if (!config?.rule) unguarded.push(`${method} ${url}`)
    if (unguarded.length === 0) return
    throw new HoldfastError('invariant-broken', `routes without a rule: ${unguarded.join(', ')}`)
  })
}
