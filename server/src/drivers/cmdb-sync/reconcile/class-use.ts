import type { Cmdb, CmdbAttribute, CmdbCard, CmdbClass } from '../model/cmdb.ts'
import type { Item, ItemKind } from '../model/inventory.ts'
import type { ClassMapping, FieldMapping, FieldPolicy, Mapping } from '../model/mapping.ts'
import { toCardValue } from '../target/values.ts'
import { say } from '../texts/texts.ts'
import { KIND_ORDER } from './order.ts'
import type { Remarks } from './remarks.ts'

/** Columns of CMDBuild's own, which exist on every class and are never written. */
const RESERVED = new Set(['Id', 'IdClass', 'IdTenant', 'CurrentId', 'User', 'BeginDate', 'EndDate', 'Status'])

export interface FieldUse {
  readonly fact: FieldMapping['fact']
  readonly attribute: CmdbAttribute
  readonly policy: Exclude<FieldPolicy, 'never'>
  /** Whether cards that are there are kept true to it: otherwise it is written on new ones, if at all. */
  readonly isKept: boolean
}

/** What may be done with the cards of one class, as items of one kind. */
export interface ClassUse {
  readonly kind: ItemKind
  readonly target: CmdbClass
  readonly nature: ClassMapping['nature']
  /** One for each attribute, and only those that can be written at all. */
  readonly fields: readonly FieldUse[]
  /** Null where the class has none that can be read. */
  readonly key: CmdbAttribute | null
  readonly code: CmdbAttribute | null
  /** By these, items of any kind are recognised in this class. */
  readonly recognisedBy: ReadonlySet<string>
  readonly mandatory: readonly string[]
}

/** By kind, in the order in which they are looked through; classes that are absent or out of use are not in it. */
export type Uses = ReadonlyMap<ItemKind, readonly ClassUse[]>

/** Says, of kinds that have items, what the CMDB lacks of the mapping. */
export function usesOf(
  cmdb: Cmdb,
  mapping: Mapping,
  items: ReadonlyMap<ItemKind, ReadonlyMap<string, Item>>,
  remarks: Remarks,
): Uses {
  const recognisedBy = evidenceAttributes(mapping)
  const useIn = (kind: ItemKind, of: ClassMapping, target: CmdbClass, lacks: SayLack): ClassUse => {
    const fields = fieldsOf(target, of, mapping, lacks)
    const mandatory = [...target.attributes.values()].filter(
      ({ isMandatory, isActive, name }) => isMandatory && isActive && !RESERVED.has(name),
    )
    return {
      kind,
      target,
      nature: of.nature,
      fields,
      key: keyAttribute(target, mapping),
      code: fields.find(({ fact, attribute }) => fact === 'code' && attribute.canRead)?.attribute ?? null,
      recognisedBy: recognisedBy.get(target.name) ?? new Set<string>(),
      mandatory: mandatory.map(({ name }) => name).sort(),
    }
  }
  return new Map(
    KIND_ORDER.map((kind) => {
      const ofKind = items.get(kind)
      const isAsked = ofKind !== undefined && ofKind.size > 0
      const seen = factsOf(ofKind?.values() ?? [])
      const uses = mapping.kinds[kind].classes.flatMap((of) => {
        const target = cmdb.classes.get(of.className)
        if (!target?.isActive) {
          if (isAsked) remarks.once(say('write.noClass', { class: of.className }))
          return []
        }
        const use = useIn(kind, of, target, ({ fact, attribute }, why) => {
          if (isAsked && (seen.has(fact) || fact === 'code' || fact === 'updatedAt'))
            remarks.once(say(`write.${why}`, { class: target.name, attribute }))
        })
        if (isAsked && use.key === null)
          remarks.once(say('write.noKey', { class: target.name, attribute: mapping.keyAttribute }))
        return use
      })
      return [kind, uses]
    }),
  )
}

/** Whether an attribute holds a text to the letter: one that is cut or tidied would never be found again. */
export function holds(attribute: CmdbAttribute, text: string): boolean {
  const stored = toCardValue(text, attribute, new Map())
  return 'value' in stored && !stored.cut && stored.value === text
}

/** Created cards bear the id of their item as Code; all others are people's. */
export function isCreated(use: ClassUse, card: CmdbCard, id: string): boolean {
  return use.code !== null && card.values[use.code.name] === id
}

/** Whether a card that is there may be given a key: it is asked for on new ones too, or those would get it in the next run. */
export function mayBear({ key }: ClassUse, text: string): boolean {
  return key?.canCreate === true && key.canUpdate && holds(key, text)
}

function factsOf(items: Iterable<Item>): Set<string> {
  const seen = new Set<string>()
  for (const { facts } of items) for (const fact in facts) seen.add(fact)
  return seen
}

function keyAttribute(target: CmdbClass, mapping: Mapping): CmdbAttribute | null {
  const key = target.attributes.get(mapping.keyAttribute)
  return key?.isActive && key.canRead && (key.type === 'string' || key.type === 'text') ? key : null
}

type Lack = 'noAttribute' | 'inactiveAttribute' | 'reservedAttribute' | 'sharedAttribute' | 'readOnly'
type SayLack = (field: FieldMapping, why: Lack) => void

function fieldsOf(
  target: CmdbClass,
  { fields }: ClassMapping,
  { keyAttribute: keyName }: Mapping,
  lacks: SayLack,
): FieldUse[] {
  const found = new Map<string, FieldUse>()
  for (const field of fields) {
    const { policy } = field
    if (policy === 'never') continue
    const attribute = target.attributes.get(field.attribute)
    if (RESERVED.has(field.attribute) || field.attribute.startsWith('_') || field.attribute === keyName)
      lacks(field, 'reservedAttribute')
    else if (attribute === undefined) lacks(field, 'noAttribute')
    else if (!attribute.isActive) lacks(field, 'inactiveAttribute')
    else if (found.has(field.attribute)) lacks(field, 'sharedAttribute')
    else {
      const isForNew = policy === 'createOnly' || field.fact === 'code'
      // Written on new cards only, or only on those that are there, it would differ in every other run.
      const isWritable = attribute.canCreate && (isForNew || (attribute.canUpdate && attribute.canRead))
      const isKept = isWritable && !isForNew
      found.set(field.attribute, { fact: field.fact, attribute, policy, isKept })
      if (!isWritable) lacks(field, 'readOnly')
    }
  }
  return [...found.values()]
}

function evidenceAttributes({ kinds }: Mapping): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { classes, nameAttributes, addressAttributes } of Object.values(kinds))
    for (const { className } of classes) {
      const attributes = found.get(className) ?? new Set()
      for (const name of [...nameAttributes, ...addressAttributes]) attributes.add(name)
      found.set(className, attributes)
    }
  return found
}
