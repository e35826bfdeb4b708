import {
  atCollection,
  type Endpoint,
  type OBJECT_SCHEMAS,
  type ObjectFilter,
  type ObjectKind,
  type ObjectSpec,
  type objectEndpoints,
  type objectRoutes,
} from '@holdfast/contract'
import type { Call, Handler, Handlers } from '../http/call.ts'

interface Operations {
  nodes: ReturnType<typeof objectEndpoints<(typeof OBJECT_SCHEMAS)['nodes']>>
  vaults: ReturnType<typeof objectEndpoints<(typeof OBJECT_SCHEMAS)['vaults']>>
  policies: ReturnType<typeof objectEndpoints<(typeof OBJECT_SCHEMAS)['policies']>>
  notifications: ReturnType<typeof objectEndpoints<(typeof OBJECT_SCHEMAS)['notifications']>>
  jobs: ReturnType<typeof objectEndpoints<(typeof OBJECT_SCHEMAS)['jobs']>>
}

/** A call about objects of any kind; which schema its body passed depends on the kind. */
interface ObjectCall<K extends ObjectKind> extends Omit<Call, 'params' | 'query' | 'body'> {
  params: { ref: string }
  query: ObjectFilter
  body: ObjectSpec<K>
}

/** The operations that every kind of object has alike. */
export function objectOperations<K extends ObjectKind>(kind: K) {
  const operations: Record<keyof Operations['nodes'], (call: ObjectCall<K>) => Promise<unknown>> = {
    list: ({ control, query }) => control.listObjects(kind, query),
    create: async ({ control, body, start, reply }) => {
      const made = await control.createObject(kind, body, { by: start.by })
      reply.header('location', `/api/${kind}/${made.id}`)
      return made
    },
    get: ({ control, params }) => control.getObject(kind, params.ref),
    replace: ({ control, params, body, start, revision }) =>
      control.replaceObject(kind, params.ref, body, { by: start.by, revision }),
    remove: ({ control, params, start, revision }) =>
      control.deleteObject(kind, params.ref, { by: start.by, revision }),
    revisions: ({ control, params }) => control.listRevisions(kind, params.ref),
  }
  return operations as unknown as {
    [O in keyof Operations[K]]: Operations[K][O] extends Endpoint ? Handler<Operations[K][O]> : never
  }
}

export function objectHandlers(): Handlers<typeof objectRoutes> {
  return {
    ...atCollection('nodes', objectOperations('nodes')),
    ...atCollection('vaults', objectOperations('vaults')),
    ...atCollection('policies', objectOperations('policies')),
    ...atCollection('notifications', objectOperations('notifications')),
  }
}
