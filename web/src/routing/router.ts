import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { accountRoutes } from '../screens/account/routes.ts'
import { jobRoutes } from '../screens/jobs/routes.ts'
import { nodeRoutes } from '../screens/nodes/routes.ts'
import { notificationRoutes } from '../screens/notifications/routes.ts'
import { overviewRoutes } from '../screens/overview/routes.ts'
import { policyRoutes } from '../screens/policies/routes.ts'
import { pointRoutes } from '../screens/restore-points/routes.ts'
import { runRoutes } from '../screens/runs/routes.ts'
import { secretRoutes } from '../screens/secrets/routes.ts'
import { signInRoutes } from '../screens/sign-in/routes.ts'
import { systemRoutes } from '../screens/system/routes.ts'
import { userRoutes } from '../screens/users/routes.ts'
import { vaultRoutes } from '../screens/vaults/routes.ts'
import { PageFailure } from './page-failure.tsx'
import { preloadPagesWhenIdle } from './preload-pages.ts'
import { nowhereRoute, rootRoute, shellRoute } from './shell-route.ts'

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([
    ...secretRoutes,
    ...notificationRoutes,
    ...policyRoutes,
    ...nodeRoutes,
    ...vaultRoutes,
    ...jobRoutes,
    ...accountRoutes,
    ...runRoutes,
    ...pointRoutes,
    ...overviewRoutes,
    ...userRoutes,
    ...systemRoutes,
    nowhereRoute,
  ]),
])

export function buildRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // What a page shows comes from queries, which know themselves how old they are.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: PageFailure,
    scrollRestoration: true,
  })
  preloadPagesWhenIdle(router)
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof buildRouter>
  }
}
