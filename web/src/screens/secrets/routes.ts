import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../routing/shell-route.ts'

const secretsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/secrets',
  staticData: { title: (t) => t('menu.secrets'), permission: 'configure' },
  component: lazyRouteComponent(() => import('./secrets-screen.tsx'), 'SecretsScreen'),
})

export const secretRoutes = [secretsRoute] as const
