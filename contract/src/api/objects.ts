import { z } from 'zod'
import { OBJECT_KINDS, OBJECT_SCHEMAS, type ObjectKind } from '../config/document.ts'
import { objectRevision } from '../control/objects.ts'
import { pageOf, pageQuery } from '../page.ts'
import { instant } from '../units.ts'
import type { Endpoint, Endpoints } from './endpoint.ts'

export const objectRef = z.strictObject({
  ref: z.string().min(1).max(150).meta({ description: 'Name or id' }),
})
export const nameSearch = z
  .string()
  .max(100)
  .optional()
  .meta({ description: 'Part of the name, in any case' })

/** An object of the configuration as the API tells it; the ETag is its revision. */
export function configObject<S extends z.ZodType>(spec: S) {
  return z.object({
    id: z.string(),
    kind: z.enum(OBJECT_KINDS),
    revision: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
    spec,
  })
}

const TAGS: Record<ObjectKind, string> = {
  nodes: 'Nodes',
  vaults: 'Vaults',
  policies: 'Policies',
  notifications: 'Notifications',
  jobs: 'Jobs',
}

/** Who sees them when limited to nodes: jobs by their node, nodes by themselves, the rest as far as a job of theirs uses it. */
const LIMITED: Record<ObjectKind, Endpoint['limited']> = {
  nodes: 'filtered',
  vaults: 'filtered',
  policies: 'filtered',
  notifications: 'refused',
  jobs: 'filtered',
}

/** Addresses and headers of notifications may be secrets written out: only who may change them sees them. */
const READ_PERMISSION: Record<ObjectKind, 'read' | 'configure'> = {
  nodes: 'read',
  vaults: 'read',
  policies: 'read',
  notifications: 'configure',
  jobs: 'read',
}

/** The routes that every kind of object has, under its own collection; the schema is that of {@link OBJECT_SCHEMAS}. */
export function objectEndpoints<S extends z.ZodType>(kind: ObjectKind, schema: S) {
  const one = configObject(schema)
  const tag = TAGS[kind]
  const singular = kind === 'policies' ? 'Policy' : `${kind[0]?.toUpperCase()}${kind.slice(1, -1)}`
  const plural = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
  const read = { tag, permission: READ_PERMISSION[kind], limited: LIMITED[kind] } as const
  const write = { tag, permission: 'configure', limited: 'refused' } as const
  return {
    list: {
      ...read,
      id: `list${plural}`,
      summary: `All ${kind}, by name`,
      query: z.strictObject({ ...pageQuery, q: nameSearch }),
      response: pageOf(one),
    },
    create: {
      ...write,
      id: `create${singular}`,
      summary: `Make one of the ${kind}`,
      body: schema,
      response: one,
      status: 201,
      etag: 'read',
    },
    get: {
      ...read,
      id: `get${singular}`,
      summary: `One of the ${kind}`,
      params: objectRef,
      response: one,
      etag: 'read',
    },
    replace: {
      ...write,
      id: `replace${singular}`,
      summary: `Change one of the ${kind}; its name may change, its id stays`,
      params: objectRef,
      body: schema,
      response: one,
      etag: 'write',
    },
    remove: {
      ...write,
      id: `delete${singular}`,
      summary: `Delete one of the ${kind}; no restore point is touched`,
      params: objectRef,
      response: null,
      etag: 'write',
    },
    revisions: {
      ...read,
      id: `list${singular}Revisions`,
      summary: 'Who changed what when, newest first',
      params: objectRef,
      response: z.array(objectRevision),
    },
  } as const satisfies Record<string, Endpoint>
}

const PLACES = {
  list: ['GET', ''],
  create: ['POST', ''],
  get: ['GET', '/{ref}'],
  replace: ['PUT', '/{ref}'],
  remove: ['DELETE', '/{ref}'],
  revisions: ['GET', '/{ref}/revisions'],
} as const
type Places = typeof PLACES

/** What belongs to each operation, endpoints or handlers, by the address of that operation in a collection. */
export type AtCollection<Collection extends string, Operations extends Record<keyof Places, unknown>> = {
  [O in keyof Places as `${Places[O][0]} /api/${Collection}${Places[O][1]}`]: Operations[O]
}

export function atCollection<
  const Collection extends string,
  Operations extends Record<keyof Places, unknown>,
>(collection: Collection, operations: Operations): AtCollection<Collection, Operations> {
  const entries = Object.entries(PLACES).map(([operation, [method, path]]) => [
    `${method} /api/${collection}${path}`,
    operations[operation as keyof Places],
  ])
  // The same template makes the keys of the type.
  return Object.fromEntries(entries) as AtCollection<Collection, Operations>
}

export const objectRoutes = {
  ...atCollection('nodes', objectEndpoints('nodes', OBJECT_SCHEMAS.nodes)),
  ...atCollection('vaults', objectEndpoints('vaults', OBJECT_SCHEMAS.vaults)),
  ...atCollection('policies', objectEndpoints('policies', OBJECT_SCHEMAS.policies)),
  ...atCollection('notifications', objectEndpoints('notifications', OBJECT_SCHEMAS.notifications)),
} as const satisfies Endpoints
