import type { Inventory, Item, ItemKind, ItemRef } from '../model/inventory.ts'

/** In which order kinds are written: what others refer to comes first. */
export const KIND_ORDER: readonly ItemKind[] = [
  'infrastructure',
  'storage',
  'server',
  'job',
  'machine',
  'database',
  'folder',
]

const RANK = new Map(KIND_ORDER.map((kind, rank) => [kind, rank]))

/** A reference can only be written to what comes earlier: its card is there, or is made, by then. */
export function comesBefore(a: ItemKind, b: ItemKind): boolean {
  return rankOf(a) < rankOf(b)
}

export function compareRefs(a: ItemRef, b: ItemRef): number {
  return rankOf(a.kind) - rankOf(b.kind) || compareText(a.id, b.id)
}

/** By code units: the same on every machine and in every language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Items by kind and id, with those of one kind in the order of their ids. */
export type Items = ReadonlyMap<ItemKind, ReadonlyMap<string, Item>>

export function itemsInOrder({ items }: Pick<Inventory, 'items'>): Items {
  const found = new Map<ItemKind, Map<string, Item>>(KIND_ORDER.map((kind) => [kind, new Map()]))
  for (const item of items.toSorted(compareRefs)) found.get(item.kind)?.set(item.id, item)
  return found
}

/** By kind and id, as {@link Items}. */
export class ByItem<Value> {
  readonly #byKind = new Map<ItemKind, Map<string, Value>>()

  get({ kind, id }: ItemRef): Value | undefined {
    return this.#byKind.get(kind)?.get(id)
  }

  set({ kind, id }: ItemRef, value: Value): void {
    const ofKind = this.#byKind.get(kind)
    if (ofKind === undefined) this.#byKind.set(kind, new Map([[id, value]]))
    else ofKind.set(id, value)
  }
}

function rankOf(kind: ItemKind): number {
  return RANK.get(kind) ?? KIND_ORDER.length
}
