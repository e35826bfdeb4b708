import type { DeleteCard, Missing, Untouched, UpdateCard } from '../../model/changes.ts'
import type { ItemKind, ItemRef } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import type { Matching, Stale } from '../matching/match.ts'
import { compareRefs } from '../order.ts'
import { type Setting, useOf } from '../setting.ts'
import { endOfGrace, isOver, missedAgain } from './grace.ts'
import { partingOf } from './parting.ts'

export interface Orphans {
  readonly updates: readonly UpdateCard[]
  readonly deletes: readonly DeleteCard[]
  /** Items whose cards lose the key or go altogether, and their relations with it. */
  readonly leaving: ReadonlyMap<number, ItemRef & { readonly name: string }>
  readonly untouched: readonly Untouched[]
  readonly missing: Missing
  /** How many are no longer in the source, and about how many of them something is done now. */
  readonly counts: ReadonlyMap<ItemKind, { readonly all: number; readonly acting: number }>
}

/** Cards with a key of ours whose item is not in the source any longer. */
export function orphansOf(setting: Setting, { stale, held, copied }: Matching, missing: Missing): Orphans {
  const updates: UpdateCard[] = []
  const deletes: DeleteCard[] = []
  const leaving = new Map<number, ItemRef & { name: string }>()
  const untouched: Untouched[] = []
  const counts = new Map<ItemKind, { all: number; acting: number }>()
  const records = new Map<string, Missing[string]>()
  const { mapping, inventory, nowAt } = setting

  for (const { card, item } of stale.toSorted(inOrder)) {
    const { orphans, classes } = mapping.kinds[item.kind]
    const use = useOf(setting, item.kind, card.className)
    const key = String(card.values[mapping.keyAttribute]).trim()
    const before = Object.hasOwn(missing, key) ? missing[key] : undefined
    if (inventory.incomplete.has(item.kind)) {
      // It may be there: it has neither come back nor been missed once more.
      if (before !== undefined) records.set(key, before)
      continue
    }
    if (use === undefined || classes.length === 0 || orphans === 'ignore') continue
    const record = records.get(key) ?? missedAgain(before, nowAt)
    records.set(key, record)
    const count = counts.get(item.kind) ?? { all: 0, acting: 0 }
    counts.set(item.kind, count)
    count.all += 1
    const parting = partingOf(setting, use, card, item, key)
    if (parting === null) continue
    const about = { kind: item.kind, key, name: parting.name }
    if (copied.has(card.id))
      untouched.push({
        what: 'blocked',
        ...about,
        why: say('match.sameKey', { cards: `${card.className} ${card.id}` }),
      })
    else if (held.has(card.id)) untouched.push({ what: 'waiting', ...about, why: say('orphan.held') })
    else if ('blocked' in parting) untouched.push({ what: 'blocked', ...about, why: parting.blocked })
    else if (!isOver(record, mapping, nowAt)) {
      const { grace } = mapping
      const values = { since: record.since, runs: record.runs, most: grace.runs }
      const why = say('orphan.waiting', { ...values, until: endOfGrace(record.since, grace) })
      untouched.push({ what: 'waiting', ...about, why })
    } else {
      count.acting += 1
      if (parting.change.do === 'update') updates.push(parting.change)
      else deletes.push(parting.change)
      if (parting.leaves) leaving.set(card.id, { ...item, name: parting.name })
    }
  }
  return { updates, deletes, leaving, untouched, missing: sorted(records), counts }
}

function inOrder(a: Stale, b: Stale): number {
  return compareRefs(a.item, b.item) || a.card.id - b.card.id
}

function sorted(records: ReadonlyMap<string, Missing[string]>): Missing {
  return Object.fromEntries([...records].sort(([a], [b]) => (a < b ? -1 : 1)))
}
