import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'

const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users',
  staticData: { title: (t) => t('menu.users'), permission: 'administer' },
})

const listRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/',
  component: lazyPage(() => import('./users-screen.tsx'), 'UsersScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/new',
  staticData: { title: (t) => t('users:list.new') },
  component: lazyPage(() => import('./new-user-screen.tsx'), 'NewUserScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyPage(() => import('./user-screen.tsx'), 'UserScreen'),
})

export const userRoutes = [usersRoute.addChildren([listRoute, newRoute, oneRoute])] as const
