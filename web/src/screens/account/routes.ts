import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  staticData: { title: (t) => t('menu.account') },
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
})

export const accountRoutes = [accountRoute] as const
