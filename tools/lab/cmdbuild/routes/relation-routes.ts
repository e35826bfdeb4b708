import { type Call, idOf, numberOf, type Reply, type Route } from '../http/call.ts'
import { compileFilter } from '../query/filter.ts'
import { ListingCache, pageOf, parseSort, sorted } from '../query/listing.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { badArgument, notFound } from '../store/lab-error.ts'
import type { LabRelation } from '../store/schema-types.ts'
import { cardOf } from './card-routes.ts'

export function relationRoutes(store: CmdbuildStore): Route[] {
  const cache = new ListingCache()
  const ofDomain = '/domains/{}/relations'
  const ofCard = '/classes/{}/cards/{}/relations'
  return [
    { method: 'GET', path: ofDomain, run: (call) => listRelations(store, call, cache) },
    { method: 'POST', path: ofDomain, writes: true, run: (call) => createRelation(store, call) },
    {
      method: 'GET',
      path: `${ofDomain}/{}`,
      run: (call) => ({ data: relationJson(store, relationOf(store, call)) }),
    },
    {
      method: 'DELETE',
      path: `${ofDomain}/{}`,
      writes: true,
      run: (call) => {
        const relation = relationOf(store, call)
        permit(store, relation.domain)
        store.deleteRelation(relation.id)
        return {}
      },
    },
    {
      method: 'GET',
      path: ofCard,
      run: (call) => {
        const filter = call.query.get('filter')
        const passes = compileFilter<LabRelation>(filter, {
          has: (name) => name === '_type',
          of: ({ domain }) => domain,
        })
        const all = store.relationsOf(cardOf(store, call).id)
        return page(store, call, passes ? all.filter(passes) : all)
      },
    },
    { method: 'POST', path: ofCard, writes: true, run: (call) => createRelation(store, call) },
  ]
}

const FIELDS: Readonly<Record<string, (relation: LabRelation, store: CmdbuildStore) => unknown>> = {
  Id: ({ id }) => id,
  IdObj1: ({ sourceId }) => sourceId,
  IdObj2: ({ destinationId }) => destinationId,
  IdClass1: ({ sourceId }, store) => store.card(sourceId).className,
  IdClass2: ({ destinationId }, store) => store.card(destinationId).className,
  BeginDate: ({ beganAt }) => beganAt,
}

/** Before version 4 the list knows pages and nothing else. */
function listRelations(store: CmdbuildStore, call: Call, cache: ListingCache): Reply {
  const [domain = ''] = call.names
  const asked = (name: string) => (store.version === '3.3' ? null : call.query.get(name))
  const [filter, sort] = [asked('filter'), asked('sort')]
  const of = (relation: LabRelation, name: string) => FIELDS[name]?.(relation, store) ?? null
  const passes = compileFilter<LabRelation>(filter, { has: (name) => name in FIELDS, of })
  const keys = parseSort(sort)
  const unknown = keys.find(({ property }) => !(property in FIELDS))
  if (unknown) throw badArgument(`invalid sort attribute =< ${unknown.property} >`)
  const rows = cache.list(JSON.stringify([domain, filter, sort]), store.revision, () => {
    const all = store.relations(domain)
    return sorted(passes ? all.filter(passes) : all, keys, of)
  })
  return page(store, call, rows)
}

function page(store: CmdbuildStore, call: Call, all: readonly LabRelation[]): Reply {
  const { rows, total } = pageOf(all, numberOf(call, 'start') ?? 0, numberOf(call, 'limit'))
  return { data: rows.map((one) => relationJson(store, one)), total }
}

function relationOf(store: CmdbuildStore, call: Call): LabRelation {
  const [domain = '', id = ''] = call.names
  const relation = store.relation(idOf(id))
  if (domain !== '_ANY' && relation.domain !== store.schema.domainOf(domain).name)
    throw notFound('relation not found')
  return relation
}

/** All five are needed, also where the path says some of it. `_is_direct` false: the ends change places. */
function createRelation(store: CmdbuildStore, call: Call): Reply {
  const { body } = call
  const name = (key: string) => {
    const value = body[key]
    if (typeof value !== 'string' || value === '') throw badArgument(`param '${key}' cannot be null or blank`)
    return value
  }
  const id = (key: string) => {
    const value = Number(body[key])
    if (!Number.isInteger(value) || value <= 0) throw badArgument(`param '${key}' must be greater than 0`)
    return value
  }
  const domain = store.schema.domainOf(name('_type')).name
  const source = endOf(store, name('_sourceType'), id('_sourceId'))
  const destination = endOf(store, name('_destinationType'), id('_destinationId'))
  const inPath = call.names.length === 1 ? call.names[0] : domain
  if (inPath !== domain && inPath !== '_ANY')
    throw badArgument(`domain of the path = ${inPath} is not that of the body = ${domain}`)
  permit(store, domain)
  const [from, to] = body._is_direct === false ? [destination, source] : [source, destination]
  return { data: relationJson(store, store.createRelation(domain, from, to)) }
}

function endOf(store: CmdbuildStore, className: string, id: number): number {
  store.schema.classOf(className)
  const card = store.findCard(id)
  if (!card || !store.schema.isA(card.className, className))
    throw notFound(`card not found for class = ClasseImpl{name=${className}} cardId = ${id}`)
  return id
}

function permit(store: CmdbuildStore, domain: string): void {
  if (!store.schema.domainOf(domain).canCreate)
    throw badArgument(`user is not allowed to modify domain = DomainImpl{name=${domain}}`)
}

function relationJson(store: CmdbuildStore, relation: LabRelation): Record<string, unknown> {
  const [source, destination] = [store.card(relation.sourceId), store.card(relation.destinationId)]
  const { canCreate } = store.schema.domainOf(relation.domain)
  return {
    _id: relation.id,
    _type: relation.domain,
    _user: relation.user,
    __user_description: relation.user,
    _beginDate: relation.beganAt,
    _sourceType: source.className,
    _sourceId: source.id,
    _sourceCode: source.values.Code ?? null,
    _sourceDescription: source.values.Description ?? null,
    _destinationType: destination.className,
    _destinationId: destination.id,
    _destinationCode: destination.values.Code ?? null,
    _destinationDescription: destination.values.Description ?? null,
    _direction: 'direct',
    _is_direct: true,
    _can_update: canCreate,
    _can_delete: canCreate,
  }
}
