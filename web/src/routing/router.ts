import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { accountRoutes } from '../screens/account/routes.ts'
import { signInRoutes } from '../screens/sign-in/routes.ts'
import { systemRoutes } from '../screens/system/routes.ts'
import { userRoutes } from '../screens/users/routes.ts'
import { rootRoute, shellRoute } from './shell-route.ts'

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([...accountRoutes, ...userRoutes, ...systemRoutes]),
])

export function buildRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // What a page shows comes from queries, which know themselves how old they are.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof buildRouter>
  }
}
