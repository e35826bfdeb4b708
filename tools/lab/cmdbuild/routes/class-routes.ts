import { type Call, numberOf, type Reply, type Route, textOf } from '../http/call.ts'
import { pageOf } from '../query/listing.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { badArgument } from '../store/lab-error.ts'
import { ROOT_CLASS } from '../store/lab-schema.ts'
import type { LabClass } from '../store/schema-types.ts'
import { readAttribute } from './attribute-body.ts'
import { attributeJson, classJson, domainJson } from './schema-json.ts'

export function classRoutes(store: CmdbuildStore): Route[] {
  const { schema } = store
  const attributes = (name: string) =>
    [...schema.attributesOf(name).values()].map((one) => attributeJson(store, one))
  return [
    {
      method: 'GET',
      path: '/classes',
      run: (call) =>
        listed(
          call,
          schema.classes
            .filter((one) => one.name !== ROOT_CLASS && one.rights.canRead)
            .map((one) => classJson(one)),
        ),
    },
    { method: 'POST', path: '/classes', admin: true, writes: true, run: (call) => createClass(store, call) },
    {
      method: 'GET',
      path: '/classes/{}',
      run: ({ names: [name = ''] }) => ({ data: classJson(readableClass(store, name)) }),
    },
    {
      method: 'GET',
      path: '/classes/{}/attributes',
      run: (call) => listed(call, attributes(readableClass(store, call.names[0] ?? '').name)),
    },
    {
      method: 'POST',
      path: '/classes/{}/attributes',
      admin: true,
      writes: true,
      run: (call) => createAttribute(store, call),
    },
    {
      method: 'GET',
      path: '/classes/{}/domains',
      run: (call) => {
        const lineage = schema.lineage(readableClass(store, call.names[0] ?? '').name)
        const touching = schema.domains.filter(
          (one) => lineage.includes(one.source) || lineage.includes(one.destination),
        )
        return listed(
          call,
          touching.map((one) => domainJson(store, one)),
        )
      },
    },
  ]
}

/** One page of what is listed, as `start` and `limit` say. */
export function listed(call: Call, all: readonly unknown[]): Reply {
  const { rows, total } = pageOf(all, numberOf(call, 'start') ?? 0, numberOf(call, 'limit'))
  return { data: rows, total }
}

export function readableClass(store: CmdbuildStore, name: string): LabClass {
  const found = store.schema.classOf(name)
  if (!found.rights.canRead) throw badArgument(`user not authorized to access class = ${name}`)
  return found
}

function createClass(store: CmdbuildStore, call: Call): Reply {
  const name = textOf(call, 'name')
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw badArgument(`invalid class name =< ${name} >`)
  if ((call.body.type ?? 'standard') !== 'standard') throw badArgument('invalid class type')
  const parent = call.body.parent ?? ROOT_CLASS
  if (typeof parent !== 'string') throw badArgument('invalid class parent')
  store.addClass({
    name,
    description: String(call.body.description ?? name),
    parent,
    isPrototype: call.body.prototype === true,
    isActive: call.body.active !== false,
  })
  return { data: classJson(store.schema.classOf(name)) }
}

function createAttribute(store: CmdbuildStore, call: Call): Reply {
  const [className = ''] = call.names
  const attribute = readAttribute(store, className, call)
  store.addAttribute(className, attribute)
  const made = store.schema.attributesOf(className).get(attribute.name)
  return { data: made === undefined ? null : attributeJson(store, made) }
}
