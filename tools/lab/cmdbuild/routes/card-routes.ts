import { type Call, idOf, numberOf, type Reply, type Route } from '../http/call.ts'
import { compileFilter } from '../query/filter.ts'
import { ListingCache, pageOf, parseSort, sorted } from '../query/listing.ts'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { badArgument, LabError } from '../store/lab-error.ts'
import type { ClassRights, LabCard } from '../store/schema-types.ts'
import { cardField, cardJson, hasCardField } from './card-json.ts'
import { listed, readableClass } from './class-routes.ts'

export function cardRoutes(store: CmdbuildStore): Route[] {
  const cache = new ListingCache()
  const all = '/classes/{}/cards'
  const one = '/classes/{}/cards/{}'
  return [
    { method: 'GET', path: all, run: (call) => listCards(store, call, cache) },
    { method: 'POST', path: all, writes: true, run: (call) => createCard(store, call) },
    { method: 'PUT', path: all, writes: true, run: () => refuseBulk('update', '304') },
    { method: 'DELETE', path: all, writes: true, run: () => refuseBulk('delete', '305') },
    {
      method: 'GET',
      path: one,
      run: (call) => reply(store, cardOf(store, call)),
    },
    {
      method: 'PUT',
      path: one,
      writes: true,
      run: (call) => {
        const card = cardOf(store, call)
        permit(store, card, 'canUpdate', 'update', '302')
        return reply(store, store.updateCard(card.id, call.body, 'client'))
      },
    },
    {
      method: 'DELETE',
      path: one,
      writes: true,
      run: (call) => {
        const card = cardOf(store, call)
        permit(store, card, 'canDelete', 'delete', '303')
        store.deleteCard(card.id)
        return {}
      },
    },
    { method: 'GET', path: `${one}/history`, run: (call) => historyOf(store, call) },
  ]
}

/** The card of the path, whose class must be its own or above it. */
export function cardOf(store: CmdbuildStore, call: Call): LabCard {
  const [className = '', id = ''] = call.names
  readableClass(store, className)
  const card = store.findCard(idOf(id))
  const isSeen =
    card !== undefined &&
    store.schema.isA(card.className, className) &&
    store.schema.classOf(card.className).rights.canRead
  if (!isSeen)
    throw badArgument(
      `card not existing or user not authorized to access card with type = ${className} id = ${id}`,
    )
  return card
}

function reply(store: CmdbuildStore, card: LabCard): Reply {
  return { data: cardJson(store, card, card.className, null) }
}

function permit(
  store: CmdbuildStore,
  card: { className: string; id: number | null },
  right: keyof ClassRights,
  verb: string,
  code: string,
): void {
  if (store.schema.classOf(card.className).rights[right]) return
  const what = `CardImpl{id=${card.id}, type=${card.className}}`
  throw new LabError(400, `permission denied: cannot ${verb} card = ${what}`, { code })
}

function refuseBulk(verb: string, code: string): never {
  throw new LabError(400, `user not allowed to execute bulk ${verb} on class`, { code })
}

function createCard(store: CmdbuildStore, call: Call): Reply {
  const { name: className } = readableClass(store, call.names[0] ?? '')
  permit(store, { className, id: null }, 'canCreate', 'create', '301')
  return reply(store, store.createCard(className, call.body, 'client'))
}

function listCards(store: CmdbuildStore, call: Call, cache: ListingCache): Reply {
  const { name } = readableClass(store, call.names[0] ?? '')
  const [filter, sort] = [call.query.get('filter'), call.query.get('sort')]
  const has = (field: string) => hasCardField(store, name, field)
  const passes = compileFilter<LabCard>(filter, { has, of: cardField })
  const keys = parseSort(sort)
  const unknown = keys.find(({ property }) => !has(property))
  if (unknown) throw badArgument(`invalid sort attribute =< ${unknown.property} >`)
  const rows = cache.list(JSON.stringify([name, filter, sort]), store.revision, () => {
    const readable = store.cards(name).filter((card) => store.schema.classOf(card.className).rights.canRead)
    return sorted(passes ? readable.filter(passes) : readable, keys, cardField)
  })
  const { rows: page, total } = pageOf(rows, numberOf(call, 'start') ?? 0, numberOf(call, 'limit'))
  const attrs = call.query.get('attrs')
  const wanted = attrs === null || attrs === '' ? null : new Set(attrs.split(',').map((one) => one.trim()))
  return { data: page.map((card) => cardJson(store, card, name, wanted)), total }
}

/** The state that stands first, then what was before. */
function historyOf(store: CmdbuildStore, call: Call): Reply {
  const card = cardOf(store, call)
  const row = (of: LabCard, status: string, endedAt: string | null) => ({
    _id: of.id,
    _type: of.className,
    _beginDate: of.beganAt,
    _endDate: endedAt,
    _user: of.user,
    _status: status,
    _historyType: 'card',
  })
  const past = store.history(card.id).map((one) => row(one.card, one.status, one.endedAt))
  return listed(call, [row(card, 'A', null), ...past])
}
