import type { Change, Untouched } from '../../model/changes.ts'
import type { Item, ItemKind } from '../../model/inventory.ts'
import type { Match, Matching } from '../matching/match.ts'
import { ByItem, KIND_ORDER } from '../order.ts'
import { keyIn, type Setting } from '../setting.ts'
import { newCard } from './create.ts'
import type { Places } from './fact-value.ts'
import { compareCard } from './update.ts'

export type Outcome = 'created' | 'updated' | 'unchanged' | 'ambiguous' | 'blocked'

export interface Written {
  readonly changes: readonly Change[]
  readonly untouched: readonly Untouched[]
  readonly places: Places
  /** Items by the cards that bear our key once all is written. */
  readonly ours: ReadonlyMap<number, Item>
  readonly counts: ReadonlyMap<ItemKind, Readonly<Record<Outcome, number>>>
}

/** Kind by kind and in the order of their ids: a card that others refer to has its place before them. */
export function writeItems(
  setting: Setting,
  { matches }: Matching,
  wasGone: (item: Item) => boolean,
): Written {
  const changes: Change[] = []
  const untouched: Untouched[] = []
  const places: Places = new ByItem()
  const ours = new Map<number, Item>()
  const counts = new Map<ItemKind, Record<Outcome, number>>()
  let number = 0

  const leave = (what: 'ambiguous' | 'blocked', item: Item, why: Untouched['why']): Outcome => {
    untouched.push({ what, kind: item.kind, key: keyIn(setting, item), name: item.name, why })
    return what
  }

  const create = (item: Item): Outcome => {
    const made = newCard(setting, places, item, number + 1)
    if ('blocked' in made) return leave('blocked', item, made.blocked)
    number += 1
    changes.push(made.change)
    places.set(item, { made: { created: number }, className: made.change.className })
    return 'created'
  }
  const compare = (item: Item, match: Extract<Match, { is: 'card' }>): Outcome => {
    const { card } = match
    const { change, blocked, isOurs } = compareCard(setting, places, item, match, wasGone(item))
    places.set(item, { card: card.id, className: card.className })
    if (isOurs) ours.set(card.id, item)
    if (blocked !== null) return leave('blocked', item, blocked)
    if (change === null) return 'unchanged'
    changes.push(change)
    return 'updated'
  }

  for (const kind of KIND_ORDER) {
    const count = { created: 0, updated: 0, unchanged: 0, ambiguous: 0, blocked: 0 }
    counts.set(kind, count)
    for (const item of setting.items.get(kind)?.values() ?? []) {
      const match = matches.get(item)
      // Its kind is left out of the mapping.
      if (match === undefined) continue
      if (match.is === 'ambiguous') count[leave('ambiguous', item, match.why)] += 1
      else count[match.is === 'new' ? create(item) : compare(item, match)] += 1
    }
  }
  return { changes, untouched, places, ours, counts }
}
