import { z } from 'zod'

/** What every answer is wrapped in. `code` comes as text or number, `message` may be absent. */
export const envelope = z.object({
  success: z.boolean(),
  data: z.unknown().optional(),
  meta: z.object({ total: z.number().nullish() }).nullish(),
  messages: z
    .array(
      z.object({
        message: z.string().nullish(),
        code: z.union([z.string(), z.number()]).nullish(),
      }),
    )
    .nullish(),
  passwordResetRequired: z.boolean().nullish(),
})
export type Envelope = z.infer<typeof envelope>

export const session = z.object({
  _id: z.string(),
  username: z.string().nullish(),
  role: z.string().nullish(),
  availableRoles: z.array(z.string()).nullish(),
})

const yes = z.boolean().nullish()

export const classAnswer = z
  .object({
    name: z.string(),
    description: z.string().nullish(),
    parent: z.string().nullish(),
    prototype: yes,
    active: yes,
    type: z.string().nullish(),
    _can_read: yes,
    _can_create: yes,
    _can_update: yes,
    _can_delete: yes,
  })
  .transform((raw) => ({
    name: raw.name,
    /** The class above it; null for the uppermost. */
    parent: raw.parent ?? null,
    isPrototype: raw.prototype ?? false,
    isActive: raw.active ?? true,
    canCreate: raw._can_create ?? true,
    canUpdate: raw._can_update ?? true,
    canDelete: raw._can_delete ?? true,
  }))
export type ClassAnswer = z.infer<typeof classAnswer>

const count = z.coerce.number().nullish()

export const attributeAnswer = z
  .object({
    name: z.string(),
    type: z.string(),
    mode: z.string().nullish(),
    maxLength: count,
    precision: count,
    scale: count,
    ipType: z.enum(['ipv4', 'ipv6']).nullish().catch(null),
    lookupType: z.string().nullish(),
    targetClass: z.string().nullish(),
    domain: z.string().nullish(),
    active: yes,
    mandatory: yes,
    unique: yes,
    writable: yes,
    _can_read: yes,
    _can_create: yes,
    _can_update: yes,
  })
  .transform((raw) => ({
    name: raw.name,
    type: raw.type,
    maxLength: raw.maxLength ?? null,
    precision: raw.precision ?? null,
    scale: raw.scale ?? null,
    ipType: raw.ipType ?? null,
    lookupType: raw.lookupType ?? null,
    targetClass: raw.targetClass ?? null,
    domain: raw.domain ?? null,
    isActive: raw.active ?? true,
    isMandatory: raw.mandatory ?? false,
    isUnique: raw.unique ?? false,
    canRead: raw._can_read ?? true,
    canCreate: raw._can_create ?? mayWrite(raw.mode),
    canUpdate: raw._can_update ?? mayWrite(raw.mode),
  }))
export type AttributeAnswer = z.infer<typeof attributeAnswer>

export const lookupAnswer = z
  .object({
    _id: z.number(),
    code: z.string().nullish(),
    description: z.string().nullish(),
    active: yes,
  })
  .transform((raw) => ({
    id: raw._id,
    code: raw.code ?? '',
    description: raw.description ?? '',
    isActive: raw.active ?? true,
  }))
export type LookupAnswer = z.infer<typeof lookupAnswer>

export const domainAnswer = z
  .object({
    name: z.string(),
    source: z.string(),
    destination: z.string(),
    cardinality: z.enum(['1:1', '1:N', 'N:1', 'N:N']),
    active: yes,
    disabledSourceDescendants: z.array(z.string()).nullish(),
    disabledDestinationDescendants: z.array(z.string()).nullish(),
    _can_create: yes,
  })
  .transform((raw) => ({
    name: raw.name,
    source: raw.source,
    destination: raw.destination,
    cardinality: raw.cardinality,
    isActive: raw.active ?? true,
    disabledSources: raw.disabledSourceDescendants ?? [],
    disabledDestinations: raw.disabledDestinationDescendants ?? [],
    canCreate: raw._can_create ?? true,
  }))
export type DomainAnswer = z.infer<typeof domainAnswer>

/** Its attributes stand beside these, each under its name. */
export interface CardAnswer {
  readonly _id: number
  readonly _type: string
  readonly _beginDate?: unknown
  readonly [attribute: string]: unknown
}

/** Looked at and passed on as it is: of cards there are many, and copies of them are what memory is lost to. */
export const cardAnswer = z.custom<CardAnswer>(
  (raw) => isRecord(raw) && isId(raw._id) && typeof raw._type === 'string',
  'is no card',
)

interface RawRelation {
  readonly _id: number
  readonly _type: string
  readonly _sourceId: number
  readonly _destinationId: number
  readonly _is_direct?: boolean | null
  readonly _user?: unknown
}

export interface RelationAnswer {
  readonly _id: number
  readonly domain: string
  readonly sourceId: number
  readonly destinationId: number
  /** Login name of who made or last changed it; null where that is not told. */
  readonly user: string | null
}

const rawRelation = z.custom<RawRelation>(
  (raw) =>
    isRecord(raw) &&
    typeof raw._type === 'string' &&
    [raw._id, raw._sourceId, raw._destinationId].every(isId),
  'is no relation',
)

/** Seen from its source, unless `_is_direct` says otherwise: then both ends are swapped. */
export const relationAnswer = rawRelation.transform((raw): RelationAnswer => {
  const { _id, _type: domain, _sourceId, _destinationId } = raw
  const user = typeof raw._user === 'string' ? raw._user : null
  return raw._is_direct === false
    ? { _id, domain, sourceId: _destinationId, destinationId: _sourceId, user }
    : { _id, domain, sourceId: _sourceId, destinationId: _destinationId, user }
})

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null
}

function isId(id: unknown): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id)
}

function mayWrite(mode: string | null | undefined): boolean {
  return mode === undefined || mode === null || mode === 'write'
}
