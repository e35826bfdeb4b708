import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  staticData: { title: (t) => t('menu.overview'), permission: 'read' },
  component: lazyPage(() => import('./overview-screen.tsx'), 'OverviewScreen'),
})

export const overviewRoutes = [overviewRoute] as const
