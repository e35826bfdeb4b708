import type { Phrase } from '@holdfast/contract'
import type { UpdateCard, UpdateReason, WriteValue } from '../../model/changes.ts'
import type { CardValue, CmdbAttribute } from '../../model/cmdb.ts'
import type { Item } from '../../model/inventory.ts'
import { sameValue, toCardValue } from '../../target/values.ts'
import { say } from '../../texts/texts.ts'
import { type ClassUse, type FieldUse, isCreated, mayBear } from '../class-use.ts'
import type { Match } from '../matching/match.ts'
import { keyIn, type Setting } from '../setting.ts'
import { factValue, isEmpty, type Places, plainValue } from './fact-value.ts'

export type Changed = Record<string, { readonly before: CardValue; readonly after: WriteValue }>

export interface Compared {
  readonly change: UpdateCard | null
  readonly blocked: Phrase | null
  /** The card bears our key, or will. */
  readonly isOurs: boolean
}

/** What a card that is there lacks to be as the source says. */
export function compareCard(
  setting: Setting,
  places: Places,
  item: Item,
  { card, use, by }: Extract<Match, { is: 'card' }>,
  wasGone: boolean,
): Compared {
  if (use === null)
    return {
      change: null,
      blocked: say('blocked.otherClass', { card: card.id, class: card.className }),
      isOurs: by === 'key',
    }
  const key = keyIn(setting, item)
  const bearing = setting.readKey(card.values[setting.mapping.keyAttribute])
  const isPinned = by === 'key'
  const willBear = !isPinned && bearing.of !== 'another' && mayBear(use, key)
  const allowed: Allowed = {
    onlyEmpty: bearing.of === 'another',
    // What it is recognised by in each run stays as it is, or it would be lost.
    keepNames: bearing.of === 'another' || !(isPinned || willBear || by === 'code'),
  }
  const values: Changed = {}
  if (willBear && use.key !== null)
    values[use.key.name] = { before: card.values[use.key.name] ?? null, after: key }
  const isMade = isCreated(use, card, item.id)
  const gone = (isPinned || willBear) && isMade ? goneStatus(setting, use) : null
  const isBack = gone !== null && sameValue(card.values[gone.attribute.name], gone.value, gone.attribute)
  for (const field of use.fields) {
    if (!isCompared(field, use, allowed)) continue
    const before = card.values[field.attribute.name] ?? null
    const after = wanted(setting, places, use, field, item, isBack && field.attribute === gone?.attribute)
    if (after === undefined || isLeft(setting, isMade ? field : namedByPerson(field), before, after)) continue
    values[field.attribute.name] = { before, after }
  }
  if (Object.keys(values).length === 0) return { change: null, blocked: null, isOurs: isPinned }
  if (!use.target.canUpdate) {
    const attributes = Object.keys(values).join(', ')
    return {
      change: null,
      blocked: say('blocked.mayNotUpdate', { class: use.target.name, attributes }),
      isOurs: isPinned,
    }
  }
  if (!allowed.onlyEmpty) stamp(setting, use, card.values, values)
  const why: UpdateReason = willBear ? 'adopted' : isBack || (isPinned && wasGone) ? 'back' : 'differs'
  const about = { kind: item.kind, className: card.className, card: card.id, key, name: item.name }
  return { change: { do: 'update', why, ...about, values }, blocked: null, isOurs: isPinned || willBear }
}

interface Allowed {
  readonly onlyEmpty: boolean
  readonly keepNames: boolean
}

/** Adds the instant of the change, which is no change of its own. */
export function stamp(
  setting: Setting,
  use: ClassUse,
  current: Readonly<Record<string, CardValue>>,
  values: Changed,
): void {
  for (const { fact, attribute, policy, isKept } of use.fields) {
    if (fact !== 'updatedAt' || !isKept) continue
    const before = current[attribute.name] ?? null
    if (policy === 'fillIfEmpty' && !isEmpty(before, attribute)) continue
    const after = plainValue(setting, use, attribute, '', setting.nowAt)
    if (after !== undefined && !sameValue(before, after, attribute))
      values[attribute.name] = { before, after }
  }
}

/** What is written on created cards of items that are gone, and where; null where nothing is. */
export function goneStatus(
  { mapping, cmdb }: Setting,
  use: ClassUse,
): { attribute: CmdbAttribute; value: CardValue } | null {
  if (mapping.kinds[use.kind].orphans !== 'mark') return null
  const status = use.fields.find(
    ({ fact, policy, isKept }) => fact === 'status' && policy === 'own' && isKept,
  )
  if (status === undefined) return null
  const stored = toCardValue(mapping.goneStatus, status.attribute, cmdb.lookups)
  if ('problem' in stored || stored.value === null) return null
  return { attribute: status.attribute, value: stored.value }
}

function isCompared(field: FieldUse, use: ClassUse, { onlyEmpty, keepNames }: Allowed): boolean {
  const { attribute, fact, policy, isKept } = field
  if (!isKept || fact === 'updatedAt' || (onlyEmpty && policy !== 'fillIfEmpty')) return false
  return !(keepNames && use.recognisedBy.has(attribute.name))
}

function wanted(
  setting: Setting,
  places: Places,
  use: ClassUse,
  field: FieldUse,
  item: Item,
  isGoneStatus: boolean,
): WriteValue | undefined {
  const after = factValue(setting, places, use, field, item)
  // It is there again, so what was written when it was gone is wrong, whether or not its status is known.
  const known = after === undefined && isGoneStatus ? null : after
  if (known !== null || !field.attribute.isMandatory) return known
  return undefined
}

/** What somebody else made bears the name that they gave it. */
function namedByPerson(field: FieldUse): FieldUse {
  return field.fact === 'name' && field.policy === 'own' ? { ...field, policy: 'fillIfEmpty' } : field
}

/** Whether a card stays as it is in one attribute. */
function isLeft(setting: Setting, field: FieldUse, before: CardValue, after: WriteValue): boolean {
  const { attribute, policy, fact } = field
  if (policy === 'fillIfEmpty' && !isEmpty(before, attribute)) return true
  if (typeof after === 'object' && after !== null) return false
  if (sameValue(before, after, attribute)) return true
  if (fact !== 'capacityGb' && fact !== 'freeGb') return false
  const [from, to] = [Number(before ?? Number.NaN), Number(after ?? Number.NaN)]
  return Math.abs(to - from) < (Math.abs(from) * setting.mapping.sizeTolerancePercent) / 100
}
