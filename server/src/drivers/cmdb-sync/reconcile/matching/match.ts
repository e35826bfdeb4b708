import type { Phrase } from '@holdfast/contract'
import type { CmdbCard } from '../../model/cmdb.ts'
import type { Item, ItemRef } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import type { ClassUse } from '../class-use.ts'
import { ByItem, KIND_ORDER } from '../order.ts'
import type { Setting } from '../setting.ts'
import { CardIndex } from './card-index.ts'
import { type Sighting, sightings, sightingsByCode } from './evidence.ts'
import { TWINS, Twins } from './twins.ts'

/** What an item is in the CMDB, as far as it can be told. */
export type Match =
  | {
      readonly is: 'card'
      readonly card: CmdbCard
      /** Null when the card is of a class that is not mapped for the kind. */
      readonly use: ClassUse | null
      readonly by: 'key' | 'code' | 'evidence'
    }
  | { readonly is: 'new' }
  | { readonly is: 'ambiguous'; readonly why: Phrase }

export interface Stale {
  readonly card: CmdbCard
  readonly item: ItemRef
}

export interface Matching {
  readonly matches: ByItem<Match>
  /** Cards with a key of ours that no item has any longer, neither by key nor recognised as another. */
  readonly stale: readonly Stale[]
  /** How many cards bear a key of ours, by kind. */
  readonly bearing: ReadonlyMap<ItemRef['kind'], number>
  /** Cards that an ambiguous item may be: nothing is done to them. */
  readonly held: ReadonlySet<number>
  /** Stale ones that bear the same key as another: one is a copy that a person made, and nobody knows which. */
  readonly copied: ReadonlySet<number>
}

const NEW: Match = { is: 'new' }

/**
 * Kinds whose items are of one installation alone: a job or a repository of another is never the same one, whatever it
 * is called. Some of their ids are the same in every installation of Veeam, such as that of the server itself.
 */
const OF_ONE: Readonly<Record<'code' | 'evidence', ReadonlySet<ItemRef['kind']>>> = {
  code: new Set(['server', 'storage', 'job']),
  evidence: new Set(['storage', 'job']),
}

export function matchItems(setting: Setting): Matching {
  return new Matcher(setting).run()
}

class Matcher {
  readonly #setting: Setting
  readonly #matches = new ByItem<Match>()
  readonly #stale: Stale[] = []
  readonly #bearing = new Map<ItemRef['kind'], number>()
  /** Cards that are decided upon: nobody else is looked for among them. */
  readonly #closed = new Set<number>()
  readonly #held = new Set<number>()
  #copied: ReadonlySet<number> = new Set()
  readonly #index: CardIndex

  constructor(setting: Setting) {
    this.#setting = setting
    this.#index = new CardIndex(setting.cmdb.cards, ({ id }) => !this.#closed.has(id))
  }

  run(): Matching {
    this.#byKey()
    this.#copied = copiesAmong(this.#stale)
    const { mapping } = this.#setting
    this.#bySight('code', (item, uses) => this.#ours('code', item, sightingsByCode(item, uses, this.#index)))
    this.#bySight('evidence', (item, uses) =>
      this.#ours('evidence', item, sightings(item, uses, mapping, this.#index)),
    )
    this.#byTwin()
    for (const item of this.#undecided()) this.#matches.set(item, NEW)
    return {
      matches: this.#matches,
      stale: this.#stale.filter(({ card }) => !this.#closed.has(card.id) || this.#held.has(card.id)),
      copied: this.#copied,
      bearing: this.#bearing,
      held: this.#held,
    }
  }

  /** A card with the key of an item is that item, whatever either is called. */
  #byKey(): void {
    const { cmdb, mapping, items, leftOut, readKey } = this.#setting
    const found = new ByItem<CmdbCard>()
    const twins = new ByItem<CmdbCard[]>()
    for (const cards of cmdb.cards.values())
      for (const card of cards) {
        const bearing = readKey(card.values[mapping.keyAttribute])
        if (bearing.of !== 'us') continue
        const { item } = bearing
        this.#bearing.set(item.kind, (this.#bearing.get(item.kind) ?? 0) + 1)
        const isListed = items.get(item.kind)?.has(item.id) === true
        if (isListed || leftOut.get(item)) this.#closed.add(card.id)
        else this.#stale.push({ card, item })
        if (!isListed) continue
        const other = found.get(item)
        if (other === undefined) found.set(item, card)
        else twins.set(item, [...(twins.get(item) ?? [other]), card])
      }
    for (const item of this.#undecided()) {
      const cards = twins.get(item)?.sort((a, b) => a.id - b.id) ?? []
      const first = cards[0] ?? found.get(item)
      if (first === undefined) continue
      if (cards.length === 0 || mapping.onAmbiguous === 'first') this.#take(item, first, 'key')
      else this.#hold(item, cards, say('match.sameKey', { cards: cardList(cards) }))
    }
  }

  /** What would get a card of its own, although it is hardly anything else than what has one already. */
  #byTwin(): void {
    if (this.#setting.mapping.onAmbiguous !== 'report') return
    const pinned = [...this.#matched()].filter(({ kind }) => TWINS.has(kind))
    if (pinned.length === 0) return
    const twins = new Twins(pinned)
    for (const item of [...this.#undecided()]) {
      const twin = TWINS.has(item.kind) ? twins.of(item) : null
      const match = twin === null ? undefined : this.#matches.get(twin)
      if (twin === null || match?.is !== 'card') continue
      const why = say('match.twin', { other: twin.name, cards: cardList([match.card]) })
      this.#matches.set(item, { is: 'ambiguous', why })
    }
  }

  /** Items that are known by the key that their card bears. */
  *#matched(): Generator<Item> {
    for (const ofKind of this.#setting.items.values())
      for (const item of ofKind.values()) {
        const match = this.#matches.get(item)
        if (match?.is === 'card' && match.by === 'key') yield item
      }
  }

  #bySight(by: 'code' | 'evidence', look: (item: Item, uses: readonly ClassUse[]) => Sighting[]): void {
    if (this.#setting.mapping.onAmbiguous === 'first') {
      this.#firstComes(by, look)
      return
    }
    const seen = [...this.#undecided()].flatMap((item) => {
      const found = look(item, this.#setting.uses.get(item.kind) ?? [])
      return found.length === 0 ? [] : [{ item, found, cards: wantedOf(by, found) }]
    })
    const wantedBy = new Map<number, Item[]>()
    for (const { item, cards } of seen)
      for (const { id } of cards) {
        const others = wantedBy.get(id)
        if (others === undefined) wantedBy.set(id, [item])
        else others.push(item)
      }
    for (const { item, found, cards } of seen) {
      const why = this.#doubt(by, item, cards, wantedBy) ?? this.#guess(found)
      const [card] = cards
      if (why === null && card !== undefined) this.#take(item, card, by, found)
      // A second card with the same Code would only make it worse.
      else if (why !== null && (by === 'code' || this.#setting.mapping.onAmbiguous === 'report'))
        this.#hold(item, cards, why)
    }
  }

  /** Why it is not clear which card an item is; null when it is. */
  #doubt(
    by: 'code' | 'evidence',
    item: Item,
    cards: readonly CmdbCard[],
    wantedBy: ReadonlyMap<number, readonly Item[]>,
  ): Phrase | null {
    const several = { cards: cardList(cards) }
    if (cards.length > 1) return say(by === 'code' ? 'match.sameCode' : 'match.severalCards', several)
    const other = cards.flatMap(({ id }) => wantedBy.get(id) ?? []).find((one) => one !== item)
    if (other !== undefined) return say('match.otherItem', { ...several, other: other.name })
    if (cards.some(({ id }) => this.#copied.has(id))) return say('match.sameKey', several)
    return cards.some((card) => this.#isUnlisted(card)) ? say('match.unlisted', several) : null
  }

  /** A name that only begins alike is not taken for the same unless the settings say so. */
  #guess(found: readonly Sighting[]): Phrase | null {
    const [first] = found
    if (!first?.isGuess || this.#setting.mapping.shortNames === 'match') return null
    return say('match.shortName', { cards: cardList(first.cards) })
  }

  /** Each item in turn takes the first card that is still there. */
  #firstComes(by: 'code' | 'evidence', look: (item: Item, uses: readonly ClassUse[]) => Sighting[]): void {
    for (const item of this.#undecided()) {
      const found = look(item, this.#setting.uses.get(item.kind) ?? [])
      const cards = wantedOf(by, found)
      const card = cards.find((one) => !this.#copied.has(one.id) && !this.#isUnlisted(one))
      if (card !== undefined) this.#take(item, card, by, found)
      else if (cards.length > 0) this.#hold(item, cards, say('match.unlisted', { cards: cardList(cards) }))
    }
  }

  /** Without cards of other installations, for kinds of which they are never the same. */
  #ours(by: 'code' | 'evidence', { kind }: Item, found: Sighting[]): Sighting[] {
    if (!OF_ONE[by].has(kind)) return found
    const { readKey, mapping } = this.#setting
    return found.flatMap((sighting) => {
      const cards = sighting.cards.filter(
        ({ values }) => readKey(values[mapping.keyAttribute]).of !== 'another',
      )
      return cards.length > 0 ? [{ ...sighting, cards }] : []
    })
  }

  /** Its key may be of an item that is there, and only not in this list. */
  #isUnlisted(card: CmdbCard): boolean {
    const bearing = this.#setting.readKey(card.values[this.#setting.mapping.keyAttribute])
    return bearing.of === 'us' && this.#setting.inventory.incomplete.has(bearing.item.kind)
  }

  #take(item: Item, card: CmdbCard, by: 'key' | 'code' | 'evidence', found: readonly Sighting[] = []): void {
    const uses = this.#setting.uses.get(item.kind) ?? []
    const use = uses.find(({ target }) => target.name === card.className) ?? null
    this.#closed.add(card.id)
    this.#matches.set(item, { is: 'card', card, use, by })
    const other = found.find((sighting) => sighting.use !== use)?.use
    if (by === 'evidence' && other !== undefined)
      this.#setting.remarks.of(
        `two classes ${card.className} ${other.target.name}`,
        item.name,
        ({ count, names }) =>
          say('match.twoClasses', { count, names, class: card.className, other: other.target.name }),
      )
  }

  #hold(item: Item, cards: readonly CmdbCard[], why: Phrase): void {
    for (const { id } of cards) {
      this.#closed.add(id)
      this.#held.add(id)
    }
    this.#matches.set(item, { is: 'ambiguous', why })
  }

  *#undecided(): Generator<Item> {
    const { items, mapping } = this.#setting
    for (const kind of KIND_ORDER)
      if (mapping.kinds[kind].classes.length > 0)
        for (const item of items.get(kind)?.values() ?? [])
          if (this.#matches.get(item) === undefined) yield item
  }
}

/** By Code all cards count, wherever they are; by evidence those of the first class that has any. */
function wantedOf(by: 'code' | 'evidence', found: readonly Sighting[]): readonly CmdbCard[] {
  return by === 'code' ? found.flatMap(({ cards }) => cards) : (found[0]?.cards ?? [])
}

function copiesAmong(stale: readonly Stale[]): ReadonlySet<number> {
  const byItem = Map.groupBy(stale, ({ item }) => `${item.kind}/${item.id}`)
  return new Set(
    [...byItem.values()].flatMap((alike) => (alike.length > 1 ? alike.map(({ card }) => card.id) : [])),
  )
}

const EXAMPLES = 3

function cardList(cards: readonly CmdbCard[]): string {
  const names = cards.slice(0, EXAMPLES).map(({ className, id }) => `${className} ${id}`)
  return [...names, ...(cards.length > EXAMPLES ? ['…'] : [])].join(', ')
}
