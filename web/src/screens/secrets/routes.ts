import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'

const secretsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/secrets',
  staticData: { title: (t) => t('menu.secrets'), permission: 'configure' },
  component: lazyPage(() => import('./secrets-screen.tsx'), 'SecretsScreen'),
})

export const secretRoutes = [secretsRoute] as const
