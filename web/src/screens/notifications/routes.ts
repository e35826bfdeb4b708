import { lazyPage } from '../../routing/lazy-page.ts'
import { objectRoutes } from '../objects/object-routes.tsx'

export const notificationRoutes = objectRoutes('notifications', {
  permission: 'configure',
  list: lazyPage(() => import('./notifications-screen.tsx'), 'NotificationsScreen'),
  one: lazyPage(() => import('./notification-screen.tsx'), 'NotificationScreen'),
})
