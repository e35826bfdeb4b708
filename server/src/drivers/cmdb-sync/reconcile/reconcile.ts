import type { KindTally, Missing, Reconciliation, Tally } from '../model/changes.ts'
import type { Cmdb } from '../model/cmdb.ts'
import type { Inventory, Item, ItemKind } from '../model/inventory.ts'
import type { Mapping } from '../model/mapping.ts'
import { keyOf } from './keys.ts'
import { matchItems } from './matching/match.ts'
import { KIND_ORDER } from './order.ts'
import { guardsOf } from './orphans/brake.ts'
import { isOver } from './orphans/grace.ts'
import { type Orphans, orphansOf } from './orphans/orphans.ts'
import { relateItems } from './relating/relate.ts'
import { settingOf } from './setting.ts'
import { type Written, writeItems } from './writing/write-items.ts'

/**
 * What has to be changed for a CMDB to be true to an inventory. A function of its input alone: the order in which items,
 * cards and relations come means nothing, and with all changes made it finds nothing more to change.
 */
export function reconcile(input: {
  readonly inventory: Inventory
  readonly cmdb: Cmdb
  readonly mapping: Mapping
  readonly missing: Missing
  readonly now: Date
}): Reconciliation {
  const { inventory, mapping, missing } = input
  const setting = settingOf(inventory, input.cmdb, mapping, input.now)
  const matching = matchItems(setting)
  const wasGone = (item: Item): boolean => {
    const key = keyOf(inventory, item)
    const record = Object.hasOwn(missing, key) ? missing[key] : undefined
    return record !== undefined && isOver(record, mapping, setting.nowAt)
  }
  const written = writeItems(setting, matching, wasGone)
  const orphans = orphansOf(setting, matching, missing)
  const { relates, unrelates } = relateItems(setting, written, orphans)
  return {
    changes: [...written.changes, ...relates, ...orphans.updates, ...unrelates, ...orphans.deletes],
    untouched: [...written.untouched, ...orphans.untouched],
    tally: tallyOf(written, orphans),
    missing: orphans.missing,
    remarks: setting.remarks.all(),
    guards: guardsOf(setting, matching, orphans),
  }
}

const NONE = { created: 0, updated: 0, unchanged: 0, ambiguous: 0, blocked: 0 }

function tallyOf({ counts }: Written, orphans: Orphans): Tally {
  const of = (kind: ItemKind): KindTally => ({
    ...NONE,
    ...counts.get(kind),
    orphaned: orphans.counts.get(kind)?.all ?? 0,
  })
  return Object.fromEntries(KIND_ORDER.map((kind) => [kind, of(kind)])) as Tally
}
