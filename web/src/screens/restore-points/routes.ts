import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { parsePointSearch } from './point-search.ts'

const pointsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/restore-points',
  staticData: { title: (t) => t('menu.points'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => pointsRoute,
  path: '/',
  validateSearch: parsePointSearch,
  component: lazyRouteComponent(() => import('./points-screen.tsx'), 'PointsScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => pointsRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./point-screen.tsx'), 'PointScreen'),
})

export const pointRoutes = [pointsRoute.addChildren([listRoute, oneRoute])] as const
