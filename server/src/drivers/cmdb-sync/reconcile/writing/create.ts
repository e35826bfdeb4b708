import type { Phrase } from '@holdfast/contract'
import type { CreateCard, WriteValue } from '../../model/changes.ts'
import type { Item } from '../../model/inventory.ts'
import { say } from '../../texts/texts.ts'
import { holds } from '../class-use.ts'
import { KIND_ORDER } from '../order.ts'
import { keyIn, type Setting, useOf } from '../setting.ts'
import { factValue, type Places } from './fact-value.ts'

/** A card for an item that has none, or why it cannot be made. */
export type NewCard = { readonly blocked: Phrase } | { readonly change: CreateCard }

export function newCard(setting: Setting, places: Places, item: Item, number: number): NewCard {
  const className = classFor(setting, item)
  const use = useOf(setting, item.kind, className)
  if (use === undefined) return { blocked: say('blocked.noClass', { class: className }) }
  if (use.target.isPrototype) return { blocked: say('blocked.prototype', { class: className }) }
  if (!use.target.canCreate) return { blocked: say('blocked.mayNotCreate', { class: className }) }
  const key = keyIn(setting, item)
  const values: Record<string, WriteValue> = {}
  const bearsKey = use.key?.canCreate === true && holds(use.key, key)
  if (use.key !== null && bearsKey) values[use.key.name] = key
  for (const field of use.fields) {
    if (!field.attribute.canCreate) continue
    const value = factValue(setting, places, use, field, item)
    if (value !== undefined && value !== null) values[field.attribute.name] = value
  }
  if (
    !bearsKey &&
    !(use.code !== null && values[use.code.name] === item.id && isOnly(setting, item, className))
  )
    return { blocked: say('blocked.notFoundAgain', { class: className }) }
  const empty = use.mandatory.filter((attribute) => values[attribute] === undefined)
  if (empty.length > 0)
    return { blocked: say('blocked.mandatory', { class: className, attributes: empty.join(', ') }) }
  const about = { number, kind: item.kind, className, key, name: item.name }
  return { change: { do: 'create', ...about, values } }
}

/** A physical machine is none of the virtual ones, whichever of them new items are as a rule. */
function classFor({ mapping, uses }: Setting, { kind, prefers }: Item): string {
  const { newIn } = mapping.kinds[kind]
  if (prefers === null) return newIn
  return uses.get(kind)?.find(({ nature }) => nature === prefers)?.target.name ?? newIn
}

/** Whether no item of another kind would be found by the same Code in the same class. */
function isOnly(setting: Setting, item: Item, className: string): boolean {
  return !KIND_ORDER.some(
    (kind) =>
      kind !== item.kind &&
      setting.items.get(kind)?.has(item.id) &&
      useOf(setting, kind, className) !== undefined,
  )
}
