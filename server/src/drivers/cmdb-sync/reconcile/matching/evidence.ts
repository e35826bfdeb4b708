import type { CmdbCard } from '../../model/cmdb.ts'
import type { Item } from '../../model/inventory.ts'
import type { Mapping } from '../../model/mapping.ts'
import type { ClassUse } from '../class-use.ts'
import type { CardIndex } from './card-index.ts'
import { comparedAddress, comparedNames } from './names.ts'

export interface Sighting {
  readonly use: ClassUse
  /** By their ids, each once. */
  readonly cards: readonly CmdbCard[]
  /** Only the beginning of their full names fits. */
  readonly isGuess: boolean
}

/**
 * Cards that may be the item, class by class: those that the strongest rule finds, which leaves the weaker ones unasked.
 * 1. The full name, 2. the short one, where no domain is stored, both in the first of the attributes for names,
 * 3. an address, 4. any name in the other attributes for names, such as an alias or the Code. Where none of them finds
 * anything in any class, a full name that begins with the only name that there is, unless no notice is taken of those.
 */
export function sightings(
  item: Item,
  uses: readonly ClassUse[],
  { kinds, shortNames }: Mapping,
  index: CardIndex,
): Sighting[] {
  const mapping = kinds[item.kind]
  const names = comparedNames(item.evidence.names)
  const addresses = item.evidence.addresses.flatMap((address) => comparedAddress(address) ?? [])
  const [hostName, ...otherNames] = mapping.nameAttributes
  const ordered = inOrder(uses, item.prefers)
  const first = hostName === undefined ? [] : [hostName]
  const find = (use: ClassUse, attributes: readonly string[], form: Form, wanted: readonly string[]) =>
    attributes
      .filter((attribute) => use.target.attributes.get(attribute)?.isActive)
      .flatMap((attribute) => wanted.flatMap((value) => index.find(use.target.name, attribute, form, value)))
  const seen = ordered.flatMap((use): Sighting[] => {
    const rules = [
      () => find(use, first, 'name', names.full),
      () => find(use, first, 'name', names.short),
      () => find(use, mapping.addressAttributes, 'address', addresses),
      () => find(use, otherNames, 'name', names.all),
    ]
    for (const rule of rules) {
      const cards = byId(rule())
      if (cards.length > 0) return [{ use, cards, isGuess: false }]
    }
    return []
  })
  if (seen.length > 0 || shortNames === 'ignore' || names.full.length > 0) return seen
  return ordered.flatMap((use): Sighting[] => {
    const cards = byId(find(use, first, 'label', names.short))
    return cards.length > 0 ? [{ use, cards, isGuess: true }] : []
  })
}

type Form = Parameters<CardIndex['find']>[2]

/** By the Code alone, which bears the id of the item on cards that were made for it. */
export function sightingsByCode(item: Item, uses: readonly ClassUse[], index: CardIndex): Sighting[] {
  return uses.flatMap((use) => {
    if (use.code === null) return []
    const cards = byId(index.find(use.target.name, use.code.name, 'text', item.id))
    return cards.length > 0 ? [{ use, cards, isGuess: false }] : []
  })
}

function inOrder(uses: readonly ClassUse[], prefers: Item['prefers']): readonly ClassUse[] {
  if (prefers === null) return uses
  return [
    ...uses.filter(({ nature }) => nature === prefers),
    ...uses.filter(({ nature }) => nature !== prefers),
  ]
}

function byId(cards: readonly CmdbCard[]): readonly CmdbCard[] {
  if (cards.length < 2) return cards
  return [...new Map(cards.map((card) => [card.id, card])).values()].sort((a, b) => a.id - b.id)
}
