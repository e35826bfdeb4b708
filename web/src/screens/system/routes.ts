import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'
import { parseAuditSearch } from './audit-search.ts'

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  staticData: { title: (t) => t('menu.audit'), permission: 'administer' },
  validateSearch: parseAuditSearch,
  component: lazyPage(() => import('./audit-screen.tsx'), 'AuditScreen'),
})

const locksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/locks',
  staticData: { title: (t) => t('menu.locks'), permission: 'read' },
  component: lazyPage(() => import('./locks-screen.tsx'), 'LocksScreen'),
})

const doctorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/doctor',
  staticData: { title: (t) => t('menu.doctor'), permission: 'administer' },
  component: lazyPage(() => import('./doctor-screen.tsx'), 'DoctorScreen'),
})

export const systemRoutes = [auditRoute, locksRoute, doctorRoute] as const
