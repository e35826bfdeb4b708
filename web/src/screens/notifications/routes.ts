import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { validateName } from '../objects/object-routes.ts'

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  staticData: { title: (t) => t('menu.notifications'), permission: 'configure' },
})

const listRoute = createRoute({
  getParentRoute: () => notificationsRoute,
  path: '/',
  validateSearch: validateName,
  component: lazyRouteComponent(() => import('./notifications-screen.tsx'), 'NotificationsScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => notificationsRoute,
  path: '/new',
  staticData: { title: (t) => t('notifications:new'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./new-notification-screen.tsx'), 'NewNotificationScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => notificationsRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./notification-screen.tsx'), 'NotificationScreen'),
})

export const notificationRoutes = [notificationsRoute.addChildren([listRoute, newRoute, oneRoute])] as const
