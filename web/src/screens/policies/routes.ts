import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { validateName } from '../objects/object-routes.ts'

const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  staticData: { title: (t) => t('menu.policies'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => policiesRoute,
  path: '/',
  validateSearch: validateName,
  component: lazyRouteComponent(() => import('./policies-screen.tsx'), 'PoliciesScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => policiesRoute,
  path: '/new',
  staticData: { title: (t) => t('policies:new'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./new-policy-screen.tsx'), 'NewPolicyScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => policiesRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./policy-screen.tsx'), 'PolicyScreen'),
})

export const policyRoutes = [policiesRoute.addChildren([listRoute, newRoute, oneRoute])] as const
