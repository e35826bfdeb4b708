import type { CardRef, Change, WriteValue } from '../../model/changes.ts'
import type {
  CardValue,
  Cmdb,
  CmdbAttribute,
  CmdbCard,
  CmdbClass,
  CmdbDomain,
  CmdbRelation,
} from '../../model/cmdb.ts'

/**
 * A CMDB after changes, as CMDBuild would have it. It refuses with an error what CMDBuild refuses or drops without a
 * word: so that a plan that it takes is one that can be applied as it is.
 */
export function changed(cmdb: Cmdb, changes: readonly Change[]): Cmdb {
  const cards = new Map([...cmdb.cards.values()].flat().map((card) => [card.id, card]))
  const relations = new Map([...cmdb.relations.values()].flat().map((relation) => [relation.id, relation]))
  const made = new Map<number, number>()
  let nextId = Math.max(0, ...cards.keys(), ...relations.keys())
  const idOf = (ref: CardRef): number => {
    const id = 'card' in ref ? ref.card : made.get(ref.created)
    if (id === undefined || !cards.has(id)) throw new Error(`no card for ${JSON.stringify(ref)}`)
    return id
  }
  const plain = (value: WriteValue): CardValue =>
    typeof value === 'object' && value !== null ? idOf(value) : value

  for (const change of changes)
    switch (change.do) {
      case 'create': {
        const target = classOf(cmdb, change.className)
        if (!target.canCreate || target.isPrototype || made.has(change.number)) throw refused(change)
        const values: Record<string, CardValue> = {}
        for (const [name, value] of Object.entries(change.values)) {
          check(cmdb, target, name, plain(value), 'canCreate', cards)
          values[name] = plain(value)
        }
        for (const { name, isMandatory, isActive } of target.attributes.values())
          if (isMandatory && isActive && (values[name] ?? null) === null) throw refused(change)
        nextId += 1
        made.set(change.number, nextId)
        cards.set(nextId, { id: nextId, className: change.className, values })
        break
      }
      case 'update': {
        const there = cards.get(change.card)
        const target = classOf(cmdb, change.className)
        if (there === undefined || there.className !== change.className || !target.canUpdate)
          throw refused(change)
        const values = { ...there.values }
        for (const [name, { before, after }] of Object.entries(change.values)) {
          if ((values[name] ?? null) !== before) throw refused(change)
          const value = plain(after)
          if (value === null && target.attributes.get(name)?.isMandatory) throw refused(change)
          check(cmdb, target, name, value, 'canUpdate', cards)
          values[name] = value
        }
        cards.set(there.id, { ...there, values })
        break
      }
      case 'delete':
        if (!cards.has(change.card) || !classOf(cmdb, change.className).canDelete) throw refused(change)
        cards.delete(change.card)
        for (const { id, sourceId, destinationId } of relations.values())
          if (sourceId === change.card || destinationId === change.card) relations.delete(id)
        break
      case 'relate': {
        nextId += 1
        const [sourceId, destinationId] = [idOf(change.from), idOf(change.to)]
        const relation = { id: nextId, domain: change.domain, sourceId, destinationId }
        checkRelation(cmdb, relation, cards, relations)
        relations.set(nextId, relation)
        break
      }
      case 'unrelate':
        if (relations.get(change.relation)?.domain !== change.domain) throw refused(change)
        relations.delete(change.relation)
    }
  return {
    ...cmdb,
    cards: Map.groupBy(cards.values(), ({ className }) => className),
    relations: Map.groupBy(relations.values(), ({ domain }) => domain),
  }
}

function check(
  cmdb: Cmdb,
  target: CmdbClass,
  name: string,
  value: CardValue,
  right: 'canCreate' | 'canUpdate',
  cards: ReadonlyMap<number, CmdbCard>,
): void {
  const attribute = target.attributes.get(name)
  if (!attribute?.isActive || !attribute[right] || name === 'Status' || name === 'Id')
    throw new Error(`${target.name}.${name} may not be written`)
  if (!fits(cmdb, attribute, value, cards)) throw new Error(`${target.name}.${name} cannot hold ${value}`)
}

function fits(
  cmdb: Cmdb,
  attribute: CmdbAttribute,
  value: CardValue,
  cards: ReadonlyMap<number, CmdbCard>,
): boolean {
  if (value === null) return true
  const { type, maxLength } = attribute
  if (type === 'lookup')
    return (cmdb.lookups.get(attribute.lookupType ?? '') ?? []).some(({ id }) => id === value)
  if (type === 'reference') {
    const lineage = cmdb.classes.get(cards.get(Number(value))?.className ?? '')?.lineage ?? []
    return attribute.targetClass === null || lineage.includes(attribute.targetClass)
  }
  if (type === 'decimal') return typeof value === 'number'
  if (type !== 'string' && type !== 'text') return true
  return typeof value === 'string' && value.trim() === value && value.length <= (maxLength ?? 1e9)
}

function checkRelation(
  cmdb: Cmdb,
  { domain: name, sourceId, destinationId }: CmdbRelation,
  cards: ReadonlyMap<number, CmdbCard>,
  relations: ReadonlyMap<number, CmdbRelation>,
): void {
  const domain = cmdb.domains.get(name)
  if (!domain?.isActive || !domain.canCreate) throw new Error(`no relations in ${name}`)
  const lineageOf = (id: number) => cmdb.classes.get(cards.get(id)?.className ?? '')?.lineage ?? []
  const isShut = (id: number, side: string, shut: readonly string[]) =>
    !lineageOf(id).includes(side) || lineageOf(id).some((one) => shut.includes(one))
  if (
    isShut(sourceId, domain.source, domain.disabledSources) ||
    isShut(destinationId, domain.destination, domain.disabledDestinations)
  )
    throw new Error(`${name} does not take ${sourceId} and ${destinationId}`)
  const others = [...relations.values()].filter((other) => other.domain === name)
  if (others.some((other) => breaks(domain, other, sourceId, destinationId)))
    throw new Error(`${name} has ${sourceId} and ${destinationId} already`)
}

function breaks(
  { cardinality }: CmdbDomain,
  other: CmdbRelation,
  sourceId: number,
  destinationId: number,
): boolean {
  const isSource = other.sourceId === sourceId
  const isDestination = other.destinationId === destinationId
  if (isSource && isDestination) return true
  if (isDestination && (cardinality === '1:N' || cardinality === '1:1')) return true
  return isSource && (cardinality === 'N:1' || cardinality === '1:1')
}

function classOf(cmdb: Cmdb, name: string): CmdbClass {
  const found = cmdb.classes.get(name)
  if (!found?.isActive) throw new Error(`no class ${name}`)
  return found
}

function refused(change: Change): Error {
  return new Error(`cannot be done: ${JSON.stringify(change)}`)
}
