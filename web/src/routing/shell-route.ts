import type { Permission } from '@holdfast/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import type { i18n } from 'i18next'
import { isProblem } from '../api/problem.ts'
import { changeLanguage } from '../language/language.ts'
import { meQuery } from '../session/me.ts'
import { Crash, NotFound } from './fallbacks.tsx'
import { lazyPage } from './lazy-page.ts'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Name of the page in breadcrumbs and in the title of the window. */
    title?: (t: i18n['t'], params: Record<string, string | undefined>) => string
    /** Who lacks it sees a page that says what to ask for. */
    permission?: Permission
  }
}

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFound,
  errorComponent: Crash,
})

/**
 * The parent of every page behind the sign-in. A part of the screens has a `routes.ts` that exports its routes as one
 * tuple, each with a lazy component; router.ts lists them. Filters are search parameters, checked by `validateSearch`.
 */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery)
      await changeLanguage(me.user.language)
    } catch (error) {
      if (isProblem(error, 'setup-needed')) throw redirect({ to: '/setup' })
      if (isProblem(error, 'not-signed-in')) throw redirect({ to: '/sign-in', search: { to: location.href } })
      throw error
    }
  },
  component: lazyPage(() => import('../layout/shell.tsx'), 'Shell'),
})

/** Every address that no page has: told inside the frame, to those who are signed in. */
export const nowhereRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '$',
  staticData: { title: (t) => t('notFound.title') },
  component: NotFound,
})
