import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'
import { parseBrowseSearch, parsePointSearch } from './point-search.ts'

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
})

const factsRoute = createRoute({
  getParentRoute: () => oneRoute,
  path: '/',
  component: lazyPage(() => import('./point-screen.tsx'), 'PointScreen'),
})

const filesRoute = createRoute({
  getParentRoute: () => oneRoute,
  path: '/files',
  validateSearch: parseBrowseSearch,
  staticData: { title: (t) => t('points:browse.crumb'), permission: 'operate' },
  component: lazyPage(() => import('./browse/browse-screen.tsx'), 'BrowseScreen'),
})

export const pointRoutes = [
  pointsRoute.addChildren([listRoute, oneRoute.addChildren([factsRoute, filesRoute])]),
] as const
