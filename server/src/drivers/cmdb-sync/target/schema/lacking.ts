import type { CmdbAttribute, CmdbClass } from '../../model/cmdb.ts'
import type { FieldMapping, KindMapping, Mapping, NewAttribute } from '../../model/mapping.ts'
import { equalsIgnoringCase } from '../values.ts'
import type { KnownSchema, Lacking, Right } from './lack.ts'
import { lackingDomains } from './lacking-domains.ts'
import { wantedClasses } from './wanted.ts'

const KEY = { type: 'string', maxLength: 250 } as const

const ORDER: readonly Lacking['what'][] = ['class', 'lookup-type', 'lookup-value', 'domain', 'attribute']

/**
 * Compares what is there with what the mapping names; each lack once, in the order in which they are made. To lookups belong
 * the codes that the mapping says are written, and the status of what is gone.
 */
export function lackingOf(schema: KnownSchema, mapping: Mapping): Lacking[] {
  const all = [
    ...wantedClasses(mapping).flatMap((wanted) => {
      const found = schema.classes.get(wanted.className)
      if (found) return ofClass(found, wanted, mapping)
      return [
        { what: 'class', className: wanted.className, parent: parentOf(schema, wanted) } as const,
        ...lackingAttributes(wanted.className, inherited(schema, wanted.kinds), wanted.fields, mapping),
      ]
    }),
    ...lackingLookups(schema, mapping),
    ...lackingDomains(schema, mapping),
  ]
  const once = new Map(all.map((one) => [JSON.stringify(one), one]))
  return [...once.values()].toSorted((a, b) => rank(a, schema) - rank(b, schema))
}

/** Attributes of a superclass come before those below it: they are inherited then, and need not be made again. */
function rank(lacking: Lacking, schema: KnownSchema): number {
  const place = ORDER.indexOf(lacking.what)
  if (place < 0) return ORDER.length
  if (lacking.what !== 'attribute') return place
  return place + Math.min((schema.classes.get(lacking.className)?.lineage.length ?? 999) / 1000, 0.999)
}

function parentOf(
  schema: KnownSchema,
  { className, kinds }: { className: string; kinds: readonly KindMapping[] },
) {
  const parent = kinds.find(({ newIn }) => newIn === className)?.lackingParent ?? null
  return parent !== null && schema.classes.has(parent) ? parent : null
}

/** What a class that is to be made will have from the class above it. */
function inherited(schema: KnownSchema, kinds: readonly KindMapping[]): CmdbClass['attributes'] {
  const parent = kinds.find(({ lackingParent }) => lackingParent !== null)?.lackingParent ?? ''
  return schema.classes.get(parent)?.attributes ?? new Map()
}

function lackingAttributes(
  className: string,
  there: CmdbClass['attributes'],
  fields: readonly FieldMapping[],
  mapping: Mapping,
): Lacking[] {
  const wanted: [string, NewAttribute | null][] = [
    ...fields.map(({ attribute, lacking }): [string, NewAttribute | null] => [attribute, lacking]),
    [mapping.keyAttribute, KEY],
  ]
  // Code and Description are there in every class, whatever is made.
  return [...new Map(wanted)]
    .filter(([attribute]) => !there.has(attribute) && attribute !== 'Code' && attribute !== 'Description')
    .map(([attribute, make]) => ({ what: 'attribute', className, attribute, make }))
}

function ofClass(
  found: CmdbClass,
  { kinds, fields }: { kinds: readonly KindMapping[]; fields: readonly FieldMapping[] },
  mapping: Mapping,
): Lacking[] {
  const { name: className, attributes } = found
  const isNewIn = kinds.some(({ newIn }) => newIn === className)
  const deletes = isNewIn && kinds.some(({ orphans }) => orphans === 'delete')
  const rights: [Right, boolean][] = [
    ['create', isNewIn && !found.canCreate],
    ['update', !found.canUpdate],
    ['delete', deletes && !found.canDelete],
  ]
  const key = { attribute: mapping.keyAttribute, policy: 'own' } as const
  return [
    ...(found.isActive ? [] : [{ what: 'inactive-class', className } as const]),
    ...lackingRights(className, null, rights),
    ...lackingAttributes(className, attributes, fields, mapping),
    ...[...fields, key].flatMap(({ attribute, policy }) => {
      const known = attributes.get(attribute)
      return known ? ofAttribute(className, known, { isNewIn, updates: policy !== 'createOnly' }) : []
    }),
  ]
}

function ofAttribute(
  className: string,
  { name: attribute, isActive, canRead, canCreate, canUpdate }: CmdbAttribute,
  { isNewIn, updates }: { isNewIn: boolean; updates: boolean },
): Lacking[] {
  if (!isActive) return [{ what: 'inactive-attribute', className, attribute }]
  return lackingRights(className, attribute, [
    ['read', !canRead],
    ['create', isNewIn && !canCreate],
    ['update', updates && !canUpdate],
  ])
}

function lackingRights(
  className: string,
  attribute: string | null,
  rights: readonly (readonly [Right, boolean])[],
): Lacking[] {
  return rights
    .filter(([, isLacking]) => isLacking)
    .map(([right]) => ({ what: 'right', className, attribute, right }))
}

function lackingLookups(schema: KnownSchema, mapping: Mapping): Lacking[] {
  return Object.values(mapping.kinds).flatMap(({ classes, orphans }) =>
    classes.flatMap(({ className, fields }) =>
      fields
        .filter(({ policy }) => policy !== 'never')
        .flatMap(({ fact, attribute, lacking, codes: usual = [] }) => {
          const there = schema.classes.get(className)?.attributes.get(attribute)
          const made = lacking?.type === 'lookup' ? lacking.lookupType : null
          const lookupType = there ? (there.type === 'lookup' ? there.lookupType : null) : made
          if (lookupType === null || fact === 'code' || fact === 'updatedAt') return []
          const gone = fact === 'status' && orphans === 'mark' ? [mapping.goneStatus] : []
          return lackingCodes(schema, lookupType, [...usual, ...gone])
        }),
    ),
  )
}

function lackingCodes(schema: KnownSchema, lookupType: string, codes: readonly string[]): Lacking[] {
  const values = schema.lookups.get(lookupType)
  const absent = codes.filter((code) => !values?.some((one) => equalsIgnoringCase(one.code, code)))
  return [
    ...(values ? [] : [{ what: 'lookup-type', lookupType } as const]),
    ...absent.map((code): Lacking => ({ what: 'lookup-value', lookupType, code })),
  ]
}
