import type { Cmdb } from '../../model/cmdb.ts'
import type { NewAttribute } from '../../model/mapping.ts'

export type Right = 'read' | 'create' | 'update' | 'delete'

/**
 * What a CMDB lacks of a mapping. The first five can be made, unless `parent`, `ends` or `make` is null: then a person
 * has to decide, as for the others.
 */
export type Lacking =
  | { readonly what: 'class'; readonly className: string; readonly parent: string | null }
  | { readonly what: 'lookup-type'; readonly lookupType: string }
  | { readonly what: 'lookup-value'; readonly lookupType: string; readonly code: string }
  | {
      readonly what: 'domain'
      readonly domain: string
      readonly cardinality: '1:N' | 'N:N'
      readonly ends: { readonly source: string; readonly destination: string } | null
    }
  | {
      readonly what: 'attribute'
      readonly className: string
      readonly attribute: string
      readonly make: NewAttribute | null
    }
  /** `attribute` is null for cards of the class. */
  | {
      readonly what: 'right'
      readonly className: string
      readonly attribute: string | null
      readonly right: Right
    }
  | { readonly what: 'domain-right'; readonly domain: string }
  | { readonly what: 'inactive-class'; readonly className: string }
  | { readonly what: 'inactive-attribute'; readonly className: string; readonly attribute: string }
  | { readonly what: 'inactive-domain'; readonly domain: string }
  /** Cards of the class may not be that end of the domain. */
  | {
      readonly what: 'domain-end'
      readonly domain: string
      readonly className: string
      readonly end: 'source' | 'destination'
    }

/** Part of a {@link Cmdb}, or what `readSchema` gives. */
export type KnownSchema = Pick<Cmdb, 'classes' | 'lookups' | 'domains'>

export function canBeMade(lacking: Lacking): boolean {
  if (lacking.what === 'class') return lacking.parent !== null
  if (lacking.what === 'domain') return lacking.ends !== null
  if (lacking.what === 'attribute') return lacking.make !== null
  return lacking.what === 'lookup-type' || lacking.what === 'lookup-value'
}
