import { ENDPOINTS, type Endpoint, type EndpointKey } from '@holdfast/contract'
import type { Handler, Handlers } from '../http/call.ts'
import type { FollowRoutes } from '../live/follow-routes.ts'
import type { ServerDeps } from '../server-deps.ts'
import { accountRoutes } from './account.ts'
import { hookRoutes } from './hooks.ts'
import { jobKindRoutes, jobRoutes } from './jobs.ts'
import { objectHandlers } from './objects.ts'
import { pointRoutes } from './restore-points.ts'
import { runRoutes } from './runs.ts'
import { systemRoutes } from './system.ts'
import { userRoutes } from './users.ts'

export interface Route {
  endpoint: Endpoint
  handler: Handler
}

/** Every endpoint of the contract and of the job kinds with its handler. One without a handler is a type error here. */
export function allRoutes(deps: ServerDeps, follow: FollowRoutes): Map<EndpointKey, Route> {
  const handlers: Handlers<typeof ENDPOINTS> = {
    ...accountRoutes(deps.access),
    ...userRoutes(deps.access),
    ...objectHandlers(),
    ...jobRoutes(),
    ...hookRoutes(deps),
    ...runRoutes(),
    ...pointRoutes(),
    ...systemRoutes(deps),
    ...follow.handlers,
  }
  const routes = new Map<EndpointKey, Route>()
  for (const [key, endpoint] of Object.entries(ENDPOINTS) as [keyof typeof ENDPOINTS, Endpoint][]) {
    // Each handler takes what its own endpoint parses; the pair stays together from here on.
    routes.set(key, { endpoint, handler: handlers[key] as unknown as Handler })
  }
  for (const kind of deps.kinds) for (const [key, route] of jobKindRoutes(kind)) routes.set(key, route)
  return routes
}
