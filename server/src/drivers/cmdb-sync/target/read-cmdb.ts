import { type CardAnswer, readCards } from '../../../clients/cmdbuild/cards.ts'
import type { CmdbuildServer } from '../../../clients/cmdbuild/connect.ts'
import { readRelations } from '../../../clients/cmdbuild/relations.ts'
import type { CardValue, Cmdb, CmdbAttribute, CmdbCard, CmdbRelation } from '../model/cmdb.ts'
import type { Mapping } from '../model/mapping.ts'
import { readSchema, type SchemaRead } from './schema/read-schema.ts'
import { attributesToRead, type WantedClass, wantedClasses, wantedDomains } from './schema/wanted.ts'
import { together } from './together.ts'
import { instantOf } from './values.ts'

/**
 * Reads what the mapping names and nothing else: the schema, all cards of its classes by pages, and of its domains the
 * relations between such cards. Cards of a superclass that the mapping names bear the class they really are of, and
 * are found under the lowest class that it names.
 */
export async function readCmdb(
  server: CmdbuildServer,
  mapping: Mapping,
  { signal }: { signal: AbortSignal },
): Promise<Cmdb> {
  const callsBefore = server.calls
  const schema = await readSchema(server, mapping, { signal })
  const { classes, lookups, domains } = schema
  const there = wantedClasses(mapping).filter(({ className }) => classes.has(className))
  const named = new Set(there.map(({ className }) => className))
  const read = await together(there, signal, async (wanted, either) => {
    const cards = await readClass(server, { wanted, mapping, schema, named }, either)
    return [wanted.className, cards] as const
  })
  const cards = new Map(read)
  const relations = await readLinks(server, { mapping, domains, cards }, signal)
  return { classes, lookups, domains, cards, relations, calls: server.calls - callsBefore }
}

async function readClass(
  server: CmdbuildServer,
  of: { wanted: WantedClass; mapping: Mapping; schema: SchemaRead; named: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<CmdbCard[]> {
  const { wanted, mapping, schema, named } = of
  const { className } = wanted
  const known = schema.classes.get(className)?.attributes
  const attributes = [...attributesToRead(wanted, mapping)].flatMap((name) => known?.get(name) ?? [])
  const readable = attributes.filter(({ isActive, canRead }) => isActive && canRead)
  const asked = { className, attributes: readable.map(({ name }) => name), signal }
  return await readCards(server, asked, (card) => {
    const lineage = schema.lineages.get(card._type) ?? [card._type, className]
    const isHere = card._type === className || lineage.find((one) => named.has(one)) === className
    return isHere ? cardOf(card, className, readable) : null
  })
}

/** Same keys in the same order for all cards of a class: so they take the least memory. */
function cardOf(card: CardAnswer, className: string, attributes: readonly CmdbAttribute[]): CmdbCard {
  const values: Record<string, CardValue> = {}
  for (const { name, type } of attributes) values[name] = valueIn(card[name], type)
  return {
    id: card._id,
    className: card._type === className ? className : card._type,
    values,
  }
}

function valueIn(value: unknown, type: string): CardValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return type === 'dateTime' ? (instantOf(value) ?? value) : value
  if (typeof value === 'number' || typeof value === 'boolean') return value
  // Lists and the like are never written, but say that the attribute is not empty.
  return JSON.stringify(value)
}

async function readLinks(
  server: CmdbuildServer,
  of: { mapping: Mapping; domains: Cmdb['domains']; cards: Cmdb['cards'] },
  signal: AbortSignal,
): Promise<Map<string, CmdbRelation[]>> {
  const ids = new Set<number>()
  for (const cards of of.cards.values()) for (const { id } of cards) ids.add(id)
  const there = [...wantedDomains(of.mapping)].filter((domain) => of.domains.has(domain))
  const read = await together(there, signal, async (domain, either) => {
    const kept = await readRelations(server, { domain, signal: either }, (relation) => {
      const { _id: id, sourceId, destinationId } = relation
      const isOurs = ids.has(sourceId) && ids.has(destinationId)
      if (!isOurs) return null
      const link = { id, domain, sourceId, destinationId }
      return relation.user === server.user ? link : { ...link, isForeign: true as const }
    })
    return [domain, kept] as const
  })
  return new Map(read)
}
