import { lazyRouteComponent } from '@tanstack/react-router'
import { unreachable } from '../api/problem.ts'

/**
 * A page in a file of its own. A file that does not come is a problem like any other, shown by PageFailure inside the
 * frame; without this the router would load the whole page anew, which ends in nothing while the server is away.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((error: unknown) => {
        throw unreachable(error instanceof Error ? error.message : String(error))
      }),
    name,
  )
