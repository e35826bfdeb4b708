import { lazyPage } from '../../routing/lazy-page.ts'
import { objectRoutes } from '../objects/object-routes.tsx'

export const policyRoutes = objectRoutes('policies', {
  permission: 'read',
  list: lazyPage(() => import('./policies-screen.tsx'), 'PoliciesScreen'),
  one: lazyPage(() => import('./policy-screen.tsx'), 'PolicyScreen'),
})
