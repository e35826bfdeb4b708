import type { Finding, Phrase } from '@holdfast/contract'

/** What a CMDB is kept true about. Each kind has its own class, or classes, in the CMDB. */
export const ITEM_KINDS = [
  'infrastructure',
  'server',
  'storage',
  'job',
  'machine',
  'database',
  'folder',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

export interface ItemRef {
  readonly kind: ItemKind
  readonly id: string
}

/**
 * What a source may know of an item. Instants are ISO strings with an offset or Z, sizes whole or broken GB as the source
 * counts them. `job` and `storage` refer to other items of the same inventory.
 */
export const FACTS = [
  'name',
  'hostname',
  'address',
  'role',
  'type',
  'status',
  'description',
  'os',
  'path',
  'capacityGb',
  'freeGb',
  'lastRun',
  'nextRun',
  'lastResult',
  'lastBackup',
  'coverage',
  'job',
  'storage',
] as const
export type Fact = (typeof FACTS)[number]
export type FactValue = string | number | boolean | ItemRef | null

/** By what a card that is there already is recognised, beside the key. Names as the source writes them, in any case of letters. */
export interface Evidence {
  /** Names of the machine: full names with their domain, short ones, aliases. Never a name made up by the source. */
  readonly names: readonly string[]
  /** Only addresses of this machine alone: no loopback, none that several share. */
  readonly addresses: readonly string[]
}

export interface Item extends ItemRef {
  /** Stable in its source, whatever the item is called: it becomes a part of the key in the CMDB. Without blanks at its ends. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  /** Absent is unknown, and leaves the CMDB as it is; null is known to be empty. */
  readonly facts: Readonly<Partial<Record<Fact, FactValue>>>
  readonly evidence: Evidence
  /** Where it lives: two items of one kind, name and home are hardly two things. Null where nobody knows. */
  readonly home?: string | null
  /** In which kind of class of its kind it is looked for first, where there are several: an agent protects a physical one. */
  readonly prefers: 'virtual' | 'physical' | null
}

/** Which relation is meant; each can be switched off on its own. */
export const LINK_RULES = [
  'in-infrastructure',
  'job-on-storage',
  'machine-in-job',
  'machine-by-proxy',
] as const
export type LinkRule = (typeof LINK_RULES)[number]

/** `from` depends on `to`; for `in-infrastructure` it is the infrastructure that `to` belongs to. */
export interface Link {
  readonly rule: LinkRule
  readonly from: ItemRef
  readonly to: ItemRef
}

/** All that a source knows at one moment. The order of items and links means nothing. */
export interface Inventory {
  readonly system: 'veeam' | 'holdfast'
  /** Identity of this installation of the system, stable for ever: keys begin with it. Holds no slash. */
  readonly instance: string
  /** Identities that keys of the same installation may begin with too, for one that could not be asked for at the time. */
  readonly aliases: readonly string[]
  readonly title: string
  /** Null where it says nothing. */
  readonly version: string | null
  /** Exactly one of kind `infrastructure`, and each (kind, id) once. */
  readonly items: readonly Item[]
  readonly links: readonly Link[]
  /** Kinds of which some items may be missing here, and why: nothing of them is taken for gone. */
  readonly incomplete: ReadonlyMap<ItemKind, Phrase>
  /** Items that are there and about which nothing is written: their cards are left as they are, and not taken for gone. */
  readonly leftOut?: readonly ItemRef[]
  /** What else people may want to know, such as items that were left out: no reason to warn. */
  readonly remarks: readonly Phrase[]
  /** Requests that it took. */
  readonly calls: number
}

/** Where an inventory comes from. A new one costs a folder under `sources/` and a line in `sources/open.ts`. */
export interface InventorySource {
  /** Reachable, and may it be read? */
  check(): Promise<Finding[]>
  read(): Promise<Inventory>
}
