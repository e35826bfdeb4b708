import type { Cmdb, CmdbCard } from '../model/cmdb.ts'
import type { Inventory, ItemKind, ItemRef } from '../model/inventory.ts'
import type { Mapping } from '../model/mapping.ts'
import { type ClassUse, type Uses, usesOf } from './class-use.ts'
import { type Bearing, keyOf, keyReader } from './keys.ts'
import { ByItem, type Items, itemsInOrder } from './order.ts'
import { Remarks } from './remarks.ts'

/** What every part of the reconciler looks things up in. */
export interface Setting {
  readonly inventory: Inventory
  readonly cmdb: Cmdb
  readonly mapping: Mapping
  readonly items: Items
  /** Items that are there, and about which nothing is written. */
  readonly leftOut: Pick<ByItem<true>, 'get'>
  readonly uses: Uses
  readonly remarks: Remarks
  /** The instant that is written, UTC. */
  readonly nowAt: string
  readKey(value: CmdbCard['values'][string] | undefined): Bearing
}

export function settingOf(inventory: Inventory, cmdb: Cmdb, mapping: Mapping, now: Date): Setting {
  const items = itemsInOrder(inventory)
  const leftOut = new ByItem<true>()
  for (const item of inventory.leftOut ?? []) leftOut.set(item, true)
  const remarks = new Remarks()
  const uses = usesOf(cmdb, mapping, items, remarks)
  return {
    inventory,
    cmdb,
    mapping,
    items,
    leftOut,
    uses,
    remarks,
    nowAt: now.toISOString(),
    readKey: keyReader(inventory),
  }
}

export function useOf({ uses }: Setting, kind: ItemKind, className: string): ClassUse | undefined {
  return uses.get(kind)?.find(({ target }) => target.name === className)
}

export function keyIn({ inventory }: Setting, item: ItemRef): string {
  return keyOf(inventory, item)
}
