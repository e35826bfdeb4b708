import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { validateName } from '../objects/object-routes.ts'

const nodesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/nodes',
  staticData: { title: (t) => t('menu.nodes'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => nodesRoute,
  path: '/',
  validateSearch: validateName,
  component: lazyRouteComponent(() => import('./nodes-screen.tsx'), 'NodesScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => nodesRoute,
  path: '/new',
  staticData: { title: (t) => t('nodes:new'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./new-node-screen.tsx'), 'NewNodeScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => nodesRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./node-screen.tsx'), 'NodeScreen'),
})

export const nodeRoutes = [nodesRoute.addChildren([listRoute, newRoute, oneRoute])] as const
