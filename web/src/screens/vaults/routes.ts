import { lazyPage } from '../../routing/lazy-page.ts'
import { objectRoutes } from '../objects/object-routes.tsx'

export const vaultRoutes = objectRoutes('vaults', {
  permission: 'read',
  list: lazyPage(() => import('./vaults-screen.tsx'), 'VaultsScreen'),
  one: lazyPage(() => import('./vault-screen.tsx'), 'VaultScreen'),
})
