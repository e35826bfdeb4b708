import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  staticData: { title: (t) => t('menu.account') },
  component: lazyPage(() => import('./account-screen.tsx'), 'AccountScreen'),
})

export const accountRoutes = [accountRoute] as const
