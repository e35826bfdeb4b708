import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  staticData: { title: (t) => t('menu.audit'), permission: 'administer' },
  validateSearch: (search): { by?: string; objectId?: string } => ({
    ...(typeof search.by === 'string' ? { by: search.by } : {}),
    ...(typeof search.objectId === 'string' ? { objectId: search.objectId } : {}),
  }),
  component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
})

const locksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/locks',
  staticData: { title: (t) => t('menu.locks'), permission: 'read' },
  component: lazyRouteComponent(() => import('./locks-screen.tsx'), 'LocksScreen'),
})

const doctorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/doctor',
  staticData: { title: (t) => t('menu.doctor'), permission: 'administer' },
  component: lazyRouteComponent(() => import('./doctor-screen.tsx'), 'DoctorScreen'),
})

export const systemRoutes = [auditRoute, locksRoute, doctorRoute] as const
