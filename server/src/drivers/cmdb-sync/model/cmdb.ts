/** What was read of a CMDB at one moment: plain data, nothing of how it was fetched. */

export interface CmdbAttribute {
  readonly name: string
  /** `string`, `text`, `lookup`, `reference`, `dateTime`, `decimal`, `integer`, `ipAddress` ... as CMDBuild calls them. */
  readonly type: string
  readonly maxLength: number | null
  /** Digits of a decimal, those after its point included. */
  readonly precision: number | null
  /** Digits after the point of a decimal. */
  readonly scale: number | null
  /** The one version of addresses that an ipAddress takes; null for both. */
  readonly ipType: 'ipv4' | 'ipv6' | null
  readonly lookupType: string | null
  /** Of a reference. */
  readonly targetClass: string | null
  readonly isActive: boolean
  readonly isMandatory: boolean
  readonly isUnique: boolean
  readonly canRead: boolean
  readonly canCreate: boolean
  readonly canUpdate: boolean
}

export interface CmdbClass {
  readonly name: string
  /** The class itself first, then upwards. */
  readonly lineage: readonly string[]
  readonly isPrototype: boolean
  readonly isActive: boolean
  readonly canCreate: boolean
  readonly canUpdate: boolean
  readonly canDelete: boolean
  readonly attributes: ReadonlyMap<string, CmdbAttribute>
}

export interface CmdbLookup {
  readonly id: number
  readonly code: string
  readonly description: string
  readonly isActive: boolean
}

/** A value as CMDBuild gives it: lookups and references by their id, instants as ISO strings to the millisecond. */
export type CardValue = string | number | boolean | null

export interface CmdbCard {
  readonly id: number
  readonly className: string
  /** Only the attributes that were asked for; absent is null. */
  readonly values: Readonly<Record<string, CardValue>>
}

export interface CmdbDomain {
  readonly name: string
  readonly source: string
  readonly destination: string
  readonly cardinality: '1:1' | '1:N' | 'N:1' | 'N:N'
  readonly isActive: boolean
  readonly disabledSources: readonly string[]
  readonly disabledDestinations: readonly string[]
  readonly canCreate: boolean
}

export interface CmdbRelation {
  readonly id: number
  readonly domain: string
  readonly sourceId: number
  readonly destinationId: number
  /** Somebody else made it, or nobody knows who: it is never taken away. */
  readonly isForeign?: true
}

export interface Cmdb {
  /** Those of the mapping that exist; one that is absent is not in it. */
  readonly classes: ReadonlyMap<string, CmdbClass>
  /** Values by type, for every lookup attribute of those classes that the mapping writes to. */
  readonly lookups: ReadonlyMap<string, readonly CmdbLookup[]>
  /** Cards by their own class. */
  readonly cards: ReadonlyMap<string, readonly CmdbCard[]>
  readonly domains: ReadonlyMap<string, CmdbDomain>
  readonly relations: ReadonlyMap<string, readonly CmdbRelation[]>
  /** Requests that it took. */
  readonly calls: number
}
