import type { Phrase } from '@holdfast/contract'
import type { CardValue } from './cmdb.ts'
import type { ItemKind } from './inventory.ts'

/** A card that is there, or the one that an earlier change of the same plan makes. */
export type CardRef = { readonly card: number; readonly className: string } | { readonly created: number }

/** What is written; a reference to a card that is not there yet is resolved when it is. */
export type WriteValue = CardValue | { readonly created: number }

export interface CreateCard {
  readonly do: 'create'
  /** Unique in the plan; `created` refers to it. */
  readonly number: number
  readonly kind: ItemKind
  readonly className: string
  readonly key: string
  /** What people call the item. */
  readonly name: string
  readonly values: Readonly<Record<string, WriteValue>>
}

/**
 * - `differs`: facts of the source differ.
 * - `adopted`: a card that was there was recognised, and bears the key from now on.
 * - `gone`: the item is no longer in the source; `back`: it is again.
 */
export type UpdateReason = 'differs' | 'adopted' | 'gone' | 'back'

export interface UpdateCard {
  readonly do: 'update'
  readonly why: UpdateReason
  readonly kind: ItemKind
  readonly className: string
  readonly card: number
  readonly key: string
  readonly name: string
  readonly values: Readonly<Record<string, { readonly before: CardValue; readonly after: WriteValue }>>
}

export interface DeleteCard {
  readonly do: 'delete'
  readonly kind: ItemKind
  readonly className: string
  readonly card: number
  readonly key: string
  readonly name: string
}

export interface Relate {
  readonly do: 'relate'
  readonly domain: string
  readonly from: CardRef
  readonly to: CardRef
  readonly names: readonly [from: string, to: string]
}

export interface Unrelate {
  readonly do: 'unrelate'
  readonly domain: string
  readonly relation: number
  readonly names: readonly [from: string, to: string]
}

/** In the order in which they are applied: what others refer to comes first, what takes away last. */
export type Change = CreateCard | UpdateCard | DeleteCard | Relate | Unrelate

/** An item about which nothing is written, and why. */
export interface Untouched {
  readonly what: 'ambiguous' | 'blocked' | 'waiting'
  readonly kind: ItemKind
  readonly key: string
  readonly name: string
  readonly why: Phrase
}

export type Tally = Readonly<Record<ItemKind, KindTally>>
export interface KindTally {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  /** No longer in the source: acted upon now or before, or waiting for it. */
  readonly orphaned: number
  readonly ambiguous: number
  readonly blocked: number
}

/** Since when and how often an item was missing, by its key: remembered from run to run. */
export type Missing = Readonly<Record<string, { readonly since: string; readonly runs: number }>>

/** What keeps a CMDB true: made of an inventory, a CMDB and the settings alone. */
export interface Reconciliation {
  readonly changes: readonly Change[]
  readonly untouched: readonly Untouched[]
  readonly tally: Tally
  readonly missing: Missing
  /** What the CMDB lacks of the mapping, values that had to be cut, items in two classes: said in the report. */
  readonly remarks: readonly Phrase[]
  readonly guards: readonly { readonly code: 'many-orphans' | 'source-empty'; readonly message: Phrase }[]
}
