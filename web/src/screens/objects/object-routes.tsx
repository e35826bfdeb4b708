import type { Permission } from '@holdfast/contract'
import { createRoute, type RouteComponent } from '@tanstack/react-router'
import { lazyPage } from '../../routing/lazy-page.ts'
import { shellRoute } from '../../routing/shell-route.ts'
import type { ObjectCollection } from './object-api.ts'

/** Pages of a kind of object; that of a new one comes from its schema alone. */
interface ObjectPages {
  /** Who lacks it sees none of them. */
  permission: Permission
  list: RouteComponent
  one: RouteComponent
}

const NewObjectScreen = lazyPage(() => import('./new-object-screen.tsx'), 'NewObjectScreen')

/** The one filter that every list of objects has. */
function validateName(search: Record<string, unknown>): { q?: string } {
  return typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}
}

/** List, new and one: the routes that all kinds of object have. */
export function objectRoutes<const K extends ObjectCollection>(kind: K, pages: ObjectPages) {
  const collection = createRoute({
    getParentRoute: () => shellRoute,
    path: `/${kind}`,
    staticData: { title: (t) => t(`menu.${kind as 'nodes'}`), permission: pages.permission },
  })
  const list = createRoute({
    getParentRoute: () => collection,
    path: '/',
    validateSearch: validateName,
    component: pages.list,
  })
  const create = createRoute({
    getParentRoute: () => collection,
    path: '/new',
    staticData: { title: (t) => t(`${kind as 'nodes'}:new`), permission: 'configure' },
    component: () => <NewObjectScreen kind={kind} />,
  })
  const one = createRoute({
    getParentRoute: () => collection,
    path: '/$ref',
    staticData: { title: (_, { ref }) => ref ?? '' },
    component: pages.one,
  })
  return [collection.addChildren([list, create, one])] as const
}
