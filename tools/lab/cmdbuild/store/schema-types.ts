export const ATTRIBUTE_TYPES = [
  'boolean',
  'char',
  'date',
  'dateTime',
  'decimal',
  'double',
  'float',
  'integer',
  'ipAddress',
  'json',
  'long',
  'lookup',
  'reference',
  'string',
  'text',
  'time',
] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

/** What clients of the service may do with an attribute, and what people may see of it, follow from its mode. */
export const ATTRIBUTE_MODES = [
  'write',
  'read',
  'hidden',
  'immutable',
  'protected',
  'sysread',
  'reserved',
] as const
export type AttributeMode = (typeof ATTRIBUTE_MODES)[number]

export interface AttributeRights {
  readonly canRead: boolean
  readonly canCreate: boolean
  readonly canUpdate: boolean
}

export interface LabAttribute {
  readonly name: string
  readonly type: AttributeType
  readonly description: string
  readonly mode: AttributeMode
  readonly isActive: boolean
  readonly isMandatory: boolean
  readonly isUnique: boolean
  readonly maxLength?: number
  readonly precision?: number
  readonly scale?: number
  readonly lookupType?: string
  /** Of a reference: its domain, and `direct` where the class that has it is the source. */
  readonly domain?: string
  readonly direction?: 'direct' | 'inverse'
  readonly ipType?: 'any' | 'ipv4' | 'ipv6'
  /** Less than the mode allows. */
  readonly rights?: Partial<AttributeRights>
}

/** An attribute as a class has it, its own or from above. */
export interface ClassAttribute extends LabAttribute {
  readonly isInherited: boolean
  readonly index: number
}

export interface ClassRights {
  readonly canRead: boolean
  readonly canCreate: boolean
  readonly canUpdate: boolean
  readonly canDelete: boolean
}

export interface LabClass {
  readonly name: string
  readonly description: string
  /** Null for the root of all. */
  readonly parent: string | null
  readonly isPrototype: boolean
  readonly isActive: boolean
  readonly rights: ClassRights
}

export interface LabLookup {
  readonly id: number
  readonly type: string
  readonly code: string
  readonly description: string
  readonly index: number
  readonly isActive: boolean
}

export const CARDINALITIES = ['1:1', '1:N', 'N:1', 'N:N'] as const
export type Cardinality = (typeof CARDINALITIES)[number]
export const CASCADES = ['restrict', 'setnull', 'delete'] as const
export type Cascade = (typeof CASCADES)[number]

export interface LabDomain {
  readonly name: string
  readonly description: string
  readonly source: string
  readonly destination: string
  readonly cardinality: Cardinality
  readonly isActive: boolean
  readonly descriptionDirect: string
  readonly descriptionInverse: string
  readonly disabledSources: readonly string[]
  readonly disabledDestinations: readonly string[]
  /** What becomes of the relation, or the other card, when the source is deleted; `cascadeInverse` when the destination is. */
  readonly cascadeDirect: Cascade
  readonly cascadeInverse: Cascade
  readonly isMasterDetail: boolean
  readonly canCreate: boolean
}

/** As stored: lookups and references by id, instants as ISO strings to the millisecond. */
export type LabValue = string | number | boolean | null
export type LabValues = Readonly<Record<string, LabValue>>

export interface LabCard {
  readonly id: number
  readonly className: string
  /** With microseconds. */
  readonly beganAt: string
  readonly user: string
  readonly values: LabValues
}

export interface LabRelation {
  readonly id: number
  readonly domain: string
  readonly sourceId: number
  readonly destinationId: number
  readonly beganAt: string
  readonly user: string
}

export interface HistoryRow {
  readonly card: LabCard
  readonly endedAt: string
  /** What ended it: an update, or the deletion of the card. */
  readonly status: 'U' | 'N'
}
