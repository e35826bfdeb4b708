import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'

const overviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  staticData: { title: (t) => t('menu.overview'), permission: 'read' },
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
})

export const overviewRoutes = [overviewRoute] as const
