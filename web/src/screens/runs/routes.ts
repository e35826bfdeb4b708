import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'
import { parseRunSearch } from './filters/run-search.ts'

const runsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/runs',
  staticData: { title: (t) => t('menu.runs'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => runsRoute,
  path: '/',
  validateSearch: parseRunSearch,
  component: lazyPage(() => import('./runs-screen.tsx'), 'RunsScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => runsRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyPage(() => import('./page/run-screen.tsx'), 'RunScreen'),
})

export const runRoutes = [runsRoute.addChildren([listRoute, oneRoute])] as const
