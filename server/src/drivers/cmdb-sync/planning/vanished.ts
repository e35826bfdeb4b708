import type { KeyedPhrase } from '@holdfast/contract'
import type { Change } from '../model/changes.ts'
import type { Cmdb } from '../model/cmdb.ts'
import { type Inventory, ITEM_KINDS, type ItemKind } from '../model/inventory.ts'
import type { Mapping } from '../model/mapping.ts'
import { keyReader } from '../reconcile/keys.ts'
import { say } from '../texts/texts.ts'

/** How many cards bear a key of the source, by kind. */
export type Bearing = Readonly<Partial<Record<ItemKind, number>>>

export interface VanishedGuard {
  readonly code: 'cards-vanished'
  readonly message: KeyedPhrase
}

export function bearingIn({ cards }: Cmdb, { keyAttribute }: Mapping, source: Inventory): Bearing {
  const read = keyReader(source)
  const found: Partial<Record<ItemKind, number>> = {}
  for (const ofClass of cards.values())
    for (const { values } of ofClass) {
      const bearing = read(values[keyAttribute])
      if (bearing.of === 'us') add(found, bearing.item.kind, 1)
    }
  return found
}

/** The same once these changes are made. */
export function bearingAfter(before: Bearing, changes: readonly Change[], keyAttribute: string): Bearing {
  const after = { ...before }
  for (const change of changes) {
    if (change.do === 'delete') add(after, change.kind, -1)
    if (change.do === 'create' && change.values[keyAttribute] !== undefined) add(after, change.kind, 1)
    if (change.do !== 'update') continue
    const key = change.values[keyAttribute]
    if (key === undefined) continue
    const old = kindOf(key.before)
    if (old !== undefined) add(after, old, -1)
    if (key.after !== null) add(after, change.kind, 1)
  }
  return after
}

/**
 * What a person is asked about first: many cards of the last run are nowhere to be seen, and would be made once more.
 * A user whose group no longer sees them, or a key in another attribute, doubles a whole CMDB otherwise.
 */
export function vanishedGuards(
  remembered: Bearing,
  now: Bearing,
  changes: readonly Change[],
  { brake }: Pick<Mapping, 'brake'>,
): VanishedGuard[] {
  const made: Partial<Record<ItemKind, number>> = {}
  for (const change of changes) if (change.do === 'create') add(made, change.kind, 1)
  return ITEM_KINDS.flatMap((kind): VanishedGuard[] => {
    const [before, seen, count] = [remembered[kind] ?? 0, now[kind] ?? 0, made[kind] ?? 0]
    const vanished = Math.min(before - seen, count)
    const most = Math.max(brake.most, Math.floor((before * brake.percent) / 100))
    const isMuch = vanished > most || (vanished > 1 && seen === 0)
    if (!isMuch) return []
    return [{ code: 'cards-vanished', message: say('brake.vanished', { before, seen, count, kind }) }]
  })
}

function kindOf(key: unknown): ItemKind | undefined {
  const kind = typeof key === 'string' ? key.split('/')[1] : undefined
  return ITEM_KINDS.find((one) => one === kind)
}

function add(counts: Partial<Record<ItemKind, number>>, kind: ItemKind, count: number): void {
  counts[kind] = Math.max(0, (counts[kind] ?? 0) + count)
}
