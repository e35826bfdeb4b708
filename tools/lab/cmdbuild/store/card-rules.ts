import type { CardTable } from './card-table.ts'
import { daoError, duplicateKey } from './lab-error.ts'
import { type LabSchema, rightsOf } from './lab-schema.ts'
import type { LabLookups } from './lookups.ts'
import type { RelationTable } from './relation-table.ts'
import type { ClassAttribute, LabValue, LabValues } from './schema-types.ts'
import { storedValue } from './values.ts'

export interface CardRules {
  readonly schema: LabSchema
  readonly lookups: LabLookups
  readonly cards: CardTable
  readonly relations: RelationTable
  readonly version: '3.3' | '4.2'
}

/** Who writes: a client, whose rights and mistakes count, or a test by hand, which is told of its own. */
export type Writer = 'client' | 'hand'

/**
 * What of that which was sent is taken: unknown names, inactive attributes, and those without the right are left out
 * without a word.
 */
export function takenValues(
  rules: CardRules,
  className: string,
  sent: Readonly<Record<string, unknown>>,
  to: { right: 'canCreate' | 'canUpdate'; writer: Writer },
): Record<string, LabValue> {
  const attributes = rules.schema.attributesOf(className)
  const taken: Record<string, LabValue> = {}
  for (const [name, value] of Object.entries(sent)) {
    const attribute = attributes.get(name)
    if (to.writer === 'hand' && !attribute) throw new Error(`${className} has no attribute ${name}`)
    if (!attribute || (to.writer === 'client' && !isTaken(attribute, to.right))) continue
    taken[name] = storedValue(attribute, value, rules.lookups)
  }
  return taken
}

function isTaken(attribute: ClassAttribute, right: 'canCreate' | 'canUpdate'): boolean {
  return attribute.isActive && rightsOf(attribute)[right]
}

/** Throws where the database would refuse the row. */
export function checkRow(rules: CardRules, className: string, id: number | null, values: LabValues): void {
  for (const attribute of rules.schema.attributesOf(className).values()) {
    const value = values[attribute.name] ?? null
    if (value === null) {
      if (attribute.isMandatory)
        throw daoError(`attribute "${attribute.name}" of "${className}" is mandatory but found null`, '208')
      continue
    }
    if (attribute.type === 'reference') checkReference(rules, className, id, attribute, Number(value))
    if (!attribute.isUnique) continue
    const other = rules.cards.withValue(className, attribute.name, value)
    if (other !== undefined && other !== id) throw duplicateCard(rules, className, attribute.name, value)
  }
}

function duplicateCard(rules: CardRules, className: string, attribute: string, value: LabValue): Error {
  if (rules.version === '4.2')
    return daoError(`duplicate value: a card with "${attribute}" "${value}" does already exist`, '201')
  return duplicateKey(
    `CardImpl{id=null, type=${className}}`,
    `_cm3_${className}_${attribute}`,
    `Key ("${attribute}")=(${value})`,
  )
}

/** The relation that follows from the reference must be one that may be made. */
function checkReference(
  rules: CardRules,
  className: string,
  id: number | null,
  { name, domain: domainName = '', direction }: ClassAttribute,
  targetId: number,
): void {
  const domain = rules.schema.domainOf(domainName)
  const [own, far] =
    direction === 'direct' ? (['source', 'destination'] as const) : (['destination', 'source'] as const)
  const target = rules.cards.byId(targetId)
  if (
    !target ||
    !rules.schema.fits(target.className, domain, far) ||
    !rules.schema.fits(className, domain, own)
  )
    throw daoError(`ERROR: card with id = ${targetId} for attribute "${name}" does not exist`)
  if (domain.cardinality !== '1:1') return
  const taken =
    far === 'source'
      ? rules.relations.from(targetId, domainName).some((one) => one.destinationId !== id)
      : rules.relations.to(targetId, domainName).some((one) => one.sourceId !== id)
  if (taken)
    throw duplicateKey(`CardImpl{type=${className}}`, `_cm3_Map_${domainName}_target`, `Key (${targetId})`)
}

/** Before a row is written a trigger makes the description of every CI of its other values, whatever was sent. */
export function afterTriggers(schema: LabSchema, className: string, values: LabValues): LabValues {
  if (!schema.hasClass('CI') || !schema.isA(className, 'CI')) return values
  const named = [values.Code, values.Model].filter((part) => (part ?? null) !== null).join(' - ')
  const host = values.Hostname ?? null
  const description = `${named}${host === null ? '' : ` [${host}]`}`.trim().slice(0, 250)
  return { ...values, Description: description === '' ? null : description }
}
