import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
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
  component: lazyPage(() => import('./list/jobs-screen.tsx'), 'JobsScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '/new',
  staticData: { title: (t) => t('jobs:new'), permission: 'configure' },
  component: lazyPage(() => import('./new-job-screen.tsx'), 'NewJobScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => jobsRoute,
  path: '/$ref',
  validateSearch: validateTab,
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyPage(() => import('./page/job-screen.tsx'), 'JobScreen'),
})

export const jobRoutes = [jobsRoute.addChildren([listRoute, newRoute, oneRoute])] as const
