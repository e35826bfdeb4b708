import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'
import { validateName } from '../objects/object-routes.ts'

const vaultsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/vaults',
  staticData: { title: (t) => t('menu.vaults'), permission: 'read' },
})

const listRoute = createRoute({
  getParentRoute: () => vaultsRoute,
  path: '/',
  validateSearch: validateName,
  component: lazyRouteComponent(() => import('./vaults-screen.tsx'), 'VaultsScreen'),
})

const newRoute = createRoute({
  getParentRoute: () => vaultsRoute,
  path: '/new',
  staticData: { title: (t) => t('vaults:new'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./new-vault-screen.tsx'), 'NewVaultScreen'),
})

const oneRoute = createRoute({
  getParentRoute: () => vaultsRoute,
  path: '/$ref',
  staticData: { title: (_, { ref }) => ref ?? '' },
  component: lazyRouteComponent(() => import('./vault-screen.tsx'), 'VaultScreen'),
})

export const vaultRoutes = [vaultsRoute.addChildren([listRoute, newRoute, oneRoute])] as const
