import { type Call, flagOf, type Reply, type Route, textOf } from '../http/call.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { badArgument, daoError } from '../store/lab-error.ts'
import { CARDINALITIES, CASCADES, type Cascade } from '../store/schema-types.ts'
import { listed } from './class-routes.ts'
import { domainJson } from './schema-json.ts'

export function domainRoutes(store: CmdbuildStore): Route[] {
  const { schema } = store
  return [
    {
      method: 'GET',
      path: '/domains',
      run: (call) =>
        listed(
          call,
          schema.domains.map((one) =>
            flagOf(call, 'ext')
              ? domainJson(store, one)
              : { _id: one.name, name: one.name, description: one.description },
          ),
        ),
    },
    { method: 'POST', path: '/domains', admin: true, writes: true, run: (call) => createDomain(store, call) },
    {
      method: 'GET',
      path: '/domains/{}',
      run: ({ names: [name = ''] }) => ({ data: domainJson(store, schema.domainOf(name)) }),
    },
  ]
}

/** What is said of cascades or not: many to many lets go, a one forbids that it is deleted as long as it has many. */
function createDomain(store: CmdbuildStore, call: Call): Reply {
  const { body } = call
  const name = textOf(call, 'name')
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) throw badArgument(`invalid domain name =< ${name} >`)
  const cardinality = CARDINALITIES.find((one) => one === body.cardinality)
  if (!cardinality) throw daoError(`invalid cardinality value =< ${String(body.cardinality)} >`)
  const cascade = (key: string, otherwise: Cascade) => CASCADES.find((one) => one === body[key]) ?? otherwise
  store.addDomain({
    name,
    description: String(body.description ?? name),
    source: textOf(call, 'source'),
    destination: textOf(call, 'destination'),
    cardinality,
    isActive: body.active !== false,
    descriptionDirect: String(body.descriptionDirect ?? ''),
    descriptionInverse: String(body.descriptionInverse ?? ''),
    disabledSources: namesIn(body.disabledSourceDescendants),
    disabledDestinations: namesIn(body.disabledDestinationDescendants),
    cascadeDirect: cascade('cascadeActionDirect', cardinality === '1:N' ? 'restrict' : 'setnull'),
    cascadeInverse: cascade('cascadeActionInverse', cardinality === 'N:1' ? 'restrict' : 'setnull'),
    isMasterDetail: body.isMasterDetail === true,
    canCreate: true,
  })
  return { data: domainJson(store, store.schema.domainOf(name)) }
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
