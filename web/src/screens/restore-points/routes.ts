import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
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
  component: lazyPage(() => import('./points-screen.tsx'), 'PointsScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => pointsRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyPage(() => import('./point-screen.tsx'), 'PointScreen'),
})

export const pointRoutes = [pointsRoute.addChildren([listRoute, oneRoute])] as const
