import { idOf, type Route, textOf } from '../http/call.ts'
import { compileFilter } from '../query/filter.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { notFound } from '../store/lab-error.ts'
import { listed } from './class-routes.ts'
import { lookupJson } from './schema-json.ts'

const FIELDS = { Code: 'code', Description: 'description', Active: 'active', Id: '_id' } as const

export function lookupRoutes(store: CmdbuildStore): Route[] {
  const { lookups } = store
  const typeJson = (name: string) => {
    lookups.valuesOf(name)
    return { _id: name, name, parent: null, speciality: 'default', accessType: 'default' }
  }
  return [
    { method: 'GET', path: '/lookup_types', run: (call) => listed(call, lookups.types.map(typeJson)) },
    {
      method: 'POST',
      path: '/lookup_types',
      admin: true,
      writes: true,
      run: (call) => {
        const name = textOf(call, 'name')
        store.addLookupType(name)
        return { data: typeJson(name) }
      },
    },
    { method: 'GET', path: '/lookup_types/{}', run: ({ names: [name = ''] }) => ({ data: typeJson(name) }) },
    {
      method: 'GET',
      path: '/lookup_types/{}/values',
      run: (call) => {
        const all = lookups.valuesOf(call.names[0] ?? '').map(lookupJson)
        const passes = compileFilter<Record<string, unknown>>(call.query.get('filter'), {
          has: (name) => name in FIELDS,
          of: (row, name) => row[FIELDS[name as keyof typeof FIELDS]] ?? null,
        })
        return listed(call, passes ? all.filter(passes) : all)
      },
    },
    {
      method: 'POST',
      path: '/lookup_types/{}/values',
      admin: true,
      writes: true,
      run: (call) => {
        const [type = ''] = call.names
        const code = textOf(call, 'code')
        const description = String(call.body.description ?? code)
        return {
          data: lookupJson(store.addLookupValue(type, code, description, call.body.active !== false)),
        }
      },
    },
    {
      method: 'GET',
      path: '/lookup_types/{}/values/{}',
      run: ({ names: [type = '', id = ''] }) => {
        const found = lookups.valuesOf(type).find((one) => one.id === idOf(id))
        if (!found) throw notFound(`lookup not found for   = < ${id} >`)
        return { data: lookupJson(found) }
      },
    },
  ]
}
