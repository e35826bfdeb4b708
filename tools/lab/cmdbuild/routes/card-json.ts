import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { rightsOf } from '../store/lab-schema.ts'
import type { ClassAttribute, LabCard } from '../store/schema-types.ts'

/** System fields, each by the name by which it is asked for. */
const SYSTEM = { _id: 'Id', _type: 'IdClass', _user: 'User', _beginDate: 'BeginDate' } as const

/**
 * A card as clients get it, with the attributes of a class that is its own or above it: those that are active and may be
 * read, and of them only `attrs` where given. Since 4.2 that list also decides about the system fields.
 */
export function cardJson(
  store: CmdbuildStore,
  card: LabCard,
  className: string,
  attrs: ReadonlySet<string> | null,
): Record<string, unknown> {
  const system: Record<string, unknown> = {
    _id: card.id,
    _type: card.className,
    _user: card.user,
    __user_description: card.user,
    _beginDate: card.beganAt,
  }
  const json: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(system)) {
    const name = SYSTEM[key as keyof typeof SYSTEM] ?? key
    if (attrs === null || store.version === '3.3' || attrs.has(name)) json[key] = value
  }
  for (const attribute of store.schema.attributesOf(className).values())
    if (attribute.isActive && rightsOf(attribute).canRead && (attrs === null || attrs.has(attribute.name)))
      addValue(store, json, card, attribute)
  return json
}

function addValue(
  store: CmdbuildStore,
  json: Record<string, unknown>,
  card: LabCard,
  { name, type }: ClassAttribute,
): void {
  const value = card.values[name] ?? null
  json[name] = value
  if (value === null) return
  if (type === 'lookup') {
    const lookup = store.lookups.byId(Number(value))
    json[`_${name}_code`] = lookup?.code ?? null
    json[`_${name}_description`] = lookup?.description ?? null
    json[`_${name}_description_translation`] = lookup?.description ?? null
  }
  if (type === 'reference') {
    const target = store.findCard(Number(value))
    json[`_${name}_code`] = target?.values.Code ?? null
    json[`_${name}_description`] = target?.values.Description ?? null
  }
}

/** What filters and sorting find of a card under a name. */
export function cardField(card: LabCard, name: string): unknown {
  if (name === 'Id') return card.id
  if (name === 'IdClass') return card.className
  if (name === 'User') return card.user
  if (name === 'BeginDate') return card.beganAt
  return card.values[name] ?? null
}

export function hasCardField(store: CmdbuildStore, className: string, name: string): boolean {
  return Object.values(SYSTEM).some((one) => one === name) || store.schema.attributesOf(className).has(name)
}
