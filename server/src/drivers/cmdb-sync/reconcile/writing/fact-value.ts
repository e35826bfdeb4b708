import type { CardRef, WriteValue } from '../../model/changes.ts'
import type { CardValue, CmdbAttribute } from '../../model/cmdb.ts'
import type { FactValue, Item, ItemRef } from '../../model/inventory.ts'
import { sameValue, toCardValue } from '../../target/values.ts'
import { say } from '../../texts/texts.ts'
import type { ClassUse, FieldUse } from '../class-use.ts'
import { type ByItem, comesBefore } from '../order.ts'
import type { Setting } from '../setting.ts'

/** A card that is there, or the one that is made, of which all that refers to it shares the reference. */
export type Place =
  | Extract<CardRef, { card: number }>
  | { readonly made: Extract<CardRef, { created: number }>; readonly className: string }

export function refOf(place: Place): CardRef {
  return 'card' in place ? place : place.made
}

/** Where items are: those of earlier kinds are all in it by the time that they are referred to. */
export type Places = ByItem<Place>

export function lineageOf({ cmdb }: Setting, { className }: Place): readonly string[] {
  return cmdb.classes.get(className)?.lineage ?? [className]
}

/** What an attribute ought to hold; undefined when that is unknown, or cannot be written, which a remark says. */
export function factValue(
  setting: Setting,
  places: Places,
  use: ClassUse,
  { attribute, fact }: FieldUse,
  item: Item,
): WriteValue | undefined {
  const value = fact === 'code' ? item.id : fact === 'updatedAt' ? setting.nowAt : item.facts[fact]
  if (value === undefined) return undefined
  if (isRef(value))
    return attribute.type === 'reference'
      ? referenceTo(setting, places, use, attribute, item, value)
      : nameOf(setting, use, attribute, item, value)
  return plainValue(setting, use, attribute, item.name, value)
}

/** `name` is that of an item, for the remark. */
export function plainValue(
  { cmdb, remarks }: Setting,
  use: ClassUse,
  attribute: CmdbAttribute,
  name: string,
  value: string | number | boolean | null,
): CardValue | undefined {
  const at = { class: use.target.name, attribute: attribute.name }
  const about = `${at.class} ${at.attribute}`
  const stored = toCardValue(value, attribute, cmdb.lookups)
  if ('problem' in stored) {
    if (stored.problem === 'lookup-unknown')
      remarks.of(`lookup ${about} ${value}`, name, (of) =>
        say('write.noLookup', { ...of, ...at, value: String(value), lookup: attribute.lookupType ?? '' }),
      )
    else
      remarks.of(`unfit ${about}`, name, (of) => say('write.unfit', { ...of, ...at, type: attribute.type }))
    return undefined
  }
  if (stored.cut)
    remarks.of(`cut ${about}`, name, (of) =>
      say('write.cut', { ...of, ...at, length: attribute.maxLength ?? 1 }),
    )
  return stored.value
}

export function isEmpty(value: CardValue | undefined, attribute: CmdbAttribute): boolean {
  return sameValue(value, null, attribute)
}

function referenceTo(
  setting: Setting,
  places: Places,
  use: ClassUse,
  attribute: CmdbAttribute,
  item: Item,
  to: ItemRef,
): WriteValue | undefined {
  const place = places.get(to)
  // A card that is not there, or not made before this one, is no reason to forget the one that is referred to.
  if (place === undefined || !comesBefore(to.kind, item.kind)) return undefined
  if (attribute.targetClass !== null && !lineageOf(setting, place).includes(attribute.targetClass)) {
    const at = { class: use.target.name, attribute: attribute.name, target: attribute.targetClass }
    setting.remarks.of(`target ${at.class} ${at.attribute}`, item.name, (of) =>
      say('write.otherTarget', { ...of, ...at }),
    )
    return undefined
  }
  return 'card' in place ? place.card : place.made
}

function nameOf(
  setting: Setting,
  use: ClassUse,
  attribute: CmdbAttribute,
  item: Item,
  to: ItemRef,
): CardValue | undefined {
  const other = setting.items.get(to.kind)?.get(to.id)
  return other === undefined ? undefined : plainValue(setting, use, attribute, item.name, other.name)
}

function isRef(value: FactValue): value is ItemRef {
  return typeof value === 'object' && value !== null
}
