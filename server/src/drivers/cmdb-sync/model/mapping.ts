import type { Fact, ItemKind, LinkRule } from './inventory.ts'

/**
 * - `own`: always as the source says.
 * - `fillIfEmpty`: written where nothing stands.
 * - `createOnly`: written on cards that are made, and never again.
 * - `never`: not written.
 */
export const FIELD_POLICIES = ['own', 'fillIfEmpty', 'createOnly', 'never'] as const
export type FieldPolicy = (typeof FIELD_POLICIES)[number]

export interface FieldMapping {
  readonly fact: Fact | 'code' | 'updatedAt'
  readonly attribute: string
  readonly policy: FieldPolicy
  /** How it is created where the CMDB lacks it; null for what every CMDB of this model has. */
  readonly lacking: NewAttribute | null
  /** Codes that the source writes to a lookup: those that it lacks are created with the rest of what is lacking. */
  readonly codes?: readonly string[]
}

export type NewAttribute =
  | { readonly type: 'string'; readonly maxLength: number }
  | { readonly type: 'dateTime' }
  | { readonly type: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly type: 'text' }
  /** `lookupType` is made too, with the values that are written. */
  | { readonly type: 'lookup'; readonly lookupType: string }
  /** With a domain of its own: many of the class belong to one of `targetClass`. */
  | { readonly type: 'reference'; readonly targetClass: string; readonly domain: string }

export interface ClassMapping {
  readonly className: string
  /** What cards of it are, for items that prefer one of both. */
  readonly nature: 'virtual' | 'physical' | null
  readonly fields: readonly FieldMapping[]
}

export interface KindMapping {
  /**
   * In this order they are looked through. An item that has no card gets one in the first class of the nature that it
   * prefers, else in {@link newIn}. Empty: the kind is left out.
   */
  readonly classes: readonly ClassMapping[]
  readonly newIn: string
  /** Superclass of {@link newIn} where the CMDB lacks it; null for what every CMDB of this model has. */
  readonly lackingParent: string | null
  /** Attributes in which a name or an address of the evidence may stand, in this order. Those a class lacks are left out. */
  readonly nameAttributes: readonly string[]
  readonly addressAttributes: readonly string[]
  readonly orphans: 'mark' | 'unlink' | 'delete' | 'ignore'
}

export interface Mapping {
  readonly kinds: Readonly<Record<ItemKind, KindMapping>>
  /** Attribute of every class that bears the key. A class that lacks it is worked with by Code and evidence alone. */
  readonly keyAttribute: string
  readonly domains: Readonly<Record<LinkRule, string>>
  readonly links: readonly LinkRule[]
  /**
   * What to do about an item that is known by a name without a domain alone, where the full host name of a card begins
   * with it: `report` writes nothing, `match` takes the card where it is the only one, `ignore` takes no notice.
   */
  readonly shortNames: 'report' | 'match' | 'ignore'
  readonly onAmbiguous: 'report' | 'create' | 'first'
  /** Number of runs, and of days, that an item is missing before anything is done about it: both must have passed. */
  readonly grace: { readonly runs: number; readonly days: number }
  /** More orphans of one kind than the greater of these two hold the run: a number, and a share of the kind in percent. */
  readonly brake: { readonly most: number; readonly percent: number }
  /** A value in GB that changes by less than this many percent is left as it is. */
  readonly sizeTolerancePercent: number
  /** What `status` says of an item that is gone. */
  readonly goneStatus: string
}
