import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { validateJobs, validateTab } from './search.ts'

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  staticData: { title: (t) => t('menu.jobs'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '/',
  validateSearch: validateJobs,
  component: lazyRouteComponent(() => import('./jobs-screen.tsx'), 'JobsScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '/new',
  staticData: { title: (t) => t('jobs:new'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./new-job-screen.tsx'), 'NewJobScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '/$ref',
  validateSearch: validateTab,
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./page/job-screen.tsx'), 'JobScreen'),
})

export const jobRoutes = [jobsRoute.addChildren([listRoute, newRoute, oneRoute])] as const
