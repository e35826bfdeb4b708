import type { Phrase } from '@holdfast/contract'
import type { DeleteCard, UpdateCard } from '../../model/changes.ts'
import type { CmdbCard } from '../../model/cmdb.ts'
import type { Fact, ItemRef } from '../../model/inventory.ts'
import { sameValue } from '../../target/values.ts'
import { say } from '../../texts/texts.ts'
import { type ClassUse, isCreated } from '../class-use.ts'
import type { Setting } from '../setting.ts'
import { isEmpty } from '../writing/fact-value.ts'
import { type Changed, goneStatus, stamp } from '../writing/update.ts'

/** What becomes of a card whose item is gone; `name` is what the card calls it. */
export type Parting = { readonly name: string } & (
  | { readonly change: UpdateCard | DeleteCard; readonly leaves: boolean }
  | { readonly blocked: Phrase }
)

/** What a person knows a card by stays, even where it came from the source. */
const LASTING: ReadonlySet<Fact | 'code' | 'updatedAt'> = new Set(['name', 'hostname', 'address', 'code'])

/** Null when nothing is left to do. */
export function partingOf(
  setting: Setting,
  use: ClassUse,
  card: CmdbCard,
  item: ItemRef,
  key: string,
): Parting | null {
  const { orphans } = setting.mapping.kinds[item.kind]
  const name = calledBy(use, card, item)
  const about = { kind: item.kind, className: card.className, card: card.id, key, name }
  const isOwn = isCreated(use, card, item.id)
  if (orphans === 'delete' && isOwn) {
    if (use.target.canDelete) return { name, change: { do: 'delete', ...about }, leaves: true }
    return { name, blocked: say('blocked.mayNotDelete', { class: card.className }) }
  }
  const isLeaving = orphans !== 'mark'
  if (!isLeaving && isOwn && goneStatus(setting, use) === null)
    return {
      name,
      blocked: say('blocked.noGoneStatus', { class: card.className, status: setting.mapping.goneStatus }),
    }
  if (isLeaving && (use.key?.canUpdate !== true || use.key.isMandatory))
    return {
      name,
      blocked: say('blocked.keepsKey', { class: card.className, attribute: setting.mapping.keyAttribute }),
    }
  const values = isLeaving
    ? withoutKey(setting, card)
    : isOwn
      ? marked(setting, use, card)
      : cleared(use, card)
  if (Object.keys(values).length === 0) return null
  if (!use.target.canUpdate) {
    const attributes = Object.keys(values).join(', ')
    return { name, blocked: say('blocked.mayNotUpdate', { class: card.className, attributes }) }
  }
  stamp(setting, use, card.values, values)
  return { name, change: { do: 'update', why: 'gone', ...about, values }, leaves: isLeaving }
}

function marked(setting: Setting, use: ClassUse, card: CmdbCard): Changed {
  const gone = goneStatus(setting, use)
  if (gone === null) return {}
  const before = card.values[gone.attribute.name] ?? null
  return sameValue(before, gone.value, gone.attribute)
    ? {}
    : { [gone.attribute.name]: { before, after: gone.value } }
}

/** A person's card keeps all that is a person's: what the source alone said of it is out of date. */
function cleared(use: ClassUse, card: CmdbCard): Changed {
  const values: Changed = {}
  for (const { fact, attribute, policy, isKept } of use.fields) {
    if (policy !== 'own' || !isKept || fact === 'updatedAt' || LASTING.has(fact)) continue
    const before = card.values[attribute.name] ?? null
    if (attribute.isMandatory || use.recognisedBy.has(attribute.name) || isEmpty(before, attribute)) continue
    values[attribute.name] = { before, after: null }
  }
  return values
}

function withoutKey({ mapping }: Setting, card: CmdbCard): Changed {
  return { [mapping.keyAttribute]: { before: card.values[mapping.keyAttribute] ?? null, after: null } }
}

function calledBy(use: ClassUse, card: CmdbCard, item: ItemRef): string {
  const named = ['name', 'hostname'].flatMap((fact) => use.fields.filter((field) => field.fact === fact))
  const value = named
    .map(({ attribute }) => card.values[attribute.name])
    .find((one) => typeof one === 'string')
  return typeof value === 'string' && value.trim() !== '' ? value : item.id
}
