import { lazyPage } from '../../routing/lazy-page.ts'
import { objectRoutes } from '../objects/object-routes.tsx'

export const nodeRoutes = objectRoutes('nodes', {
  permission: 'read',
  list: lazyPage(() => import('./nodes-screen.tsx'), 'NodesScreen'),
  one: lazyPage(() => import('./node-screen.tsx'), 'NodeScreen'),
})
