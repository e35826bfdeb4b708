import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { rootRoute } from '../../routing/shell-route.ts'

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => (isOwnAddress(search.to) ? { to: search.to } : {}),
  component: lazyPage(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
})

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyPage(() => import('./setup-screen.tsx'), 'SetupScreen'),
})

export const signInRoutes = [signInRoute, setupRoute] as const

/** A path of this application. `//elsewhere` and `/\elsewhere` lead to other sites. */
function isOwnAddress(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value)
}
