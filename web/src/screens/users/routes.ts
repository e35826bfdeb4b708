import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'

const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users',
  staticData: { title: (t) => t('menu.users'), permission: 'administer' },
})

const listRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./users-screen.tsx'), 'UsersScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/new',
  staticData: { title: (t) => t('users:list.new') },
  component: lazyRouteComponent(() => import('./new-user-screen.tsx'), 'NewUserScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./user-screen.tsx'), 'UserScreen'),
})

export const userRoutes = [usersRoute.addChildren([listRoute, newRoute, oneRoute])] as const
