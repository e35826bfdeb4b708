import type { KeyedPhrase, PlanItem } from '@holdfast/contract'
import { isSelected, selectFields } from '../../planning/select.ts'
import type { DatabaseContents } from '../../planning/windows.ts'
import { say } from '../../texts/texts.ts'
import type { Taking } from '../destination.ts'
import { isNumeric } from './numeric.ts'

const MOST_NAMES = 12

/** Times that are kept. */
export interface Limits {
  readonly startMs: number
  readonly endMs: number
  /** As the server says it; null when it does not. */
  readonly retention: string | null
}

type Selecting = Taking['config']

interface Known {
  readonly config: Selecting
  readonly limits: Limits
  readonly way: 'copy' | 'restore'
}

interface CopiedField {
  readonly measurement: string
  readonly field: string
  readonly types: readonly string[]
}

/** What VictoriaMetrics does not keep as the source has it. */
export function lossesOf(contents: DatabaseContents, { config, limits, way }: Known): PlanItem[] {
  const fields = [...copiedFields(contents, config)]
  const numeric = fields.find(({ types }) => isNumeric(types))
  const example = numeric ? metricOf(numeric) : 'measurement_field'
  const items = [
    item(say('model.metrics', { example, target: contents.as }), say('model.numbers')),
    way === 'copy' ? item(say('model.overwritten'), say('model.adds')) : COMPARED,
    item(say('model.oneRetention'), retentionOf(limits)),
  ]
  const strings = namesOf(fields.filter(({ types }) => types.includes('string')).map(nameOf))
  if (way === 'restore') items.push(item(say('restore.noStrings'), say('model.numbersOnly')))
  else if (strings !== '')
    items.push(item(say('model.strings', { names: strings }), say('model.numbersOnly')))
  const others = contents.policies
    .filter(({ policy: { name, isDefault } }) => !isDefault && isSelected(name, config.retentionPolicies))
    .map(({ policy }) => policy.name)
  if (others.length > 0)
    items.push(item(say('model.policies', { names: namesOf(others) }), say('model.policiesReason')))
  const shared = namesOf(sharedMetrics(fields))
  if (shared !== '') items.push(item(say('model.sharedNames', { names: shared }), say('model.sharedReason')))
  return items
}

const COMPARED = item(say('restore.numbersCompared'), say('restore.numbersAdded'))

function item(what: KeyedPhrase, reason: KeyedPhrase): PlanItem {
  return { what, reason, expectedBytes: null }
}

/** Whether samples of several measurements may lie in one series. */
export function sharesMetrics(contents: DatabaseContents, config: Selecting): boolean {
  return sharedMetrics([...copiedFields(contents, config)]).length > 0
}

function* copiedFields({ policies }: DatabaseContents, config: Selecting): Generator<CopiedField> {
  for (const { policy, measurements } of policies) {
    if (!isSelected(policy.name, config.retentionPolicies)) continue
    for (const [measurement, fields] of measurements) {
      if (!isSelected(measurement, config.measurements)) continue
      const selected = selectFields(config, measurement, fields)
      for (const [field, types] of fields)
        if (selected === null || selected.includes(field)) yield { measurement, field, types }
    }
  }
}

function metricOf({ measurement, field }: CopiedField): string {
  return `${measurement}_${field}`
}

function nameOf({ measurement, field }: CopiedField): string {
  return `${measurement}.${field}`
}

/** Names that two measurements give: `a_b` with the field `c`, and `a` with `b_c`. */
function sharedMetrics(fields: readonly CopiedField[]): string[] {
  const measurements = new Map<string, Set<string>>()
  for (const field of fields) {
    const known = measurements.get(metricOf(field)) ?? new Set()
    measurements.set(metricOf(field), known.add(field.measurement))
  }
  return [...measurements].filter(([, { size }]) => size > 1).map(([name]) => name)
}

function retentionOf({ retention, startMs }: Limits): KeyedPhrase {
  if (retention === null) return say('model.retentionUnknown')
  return say('model.retention', { retention, from: new Date(startMs).toISOString() })
}

function namesOf(names: readonly string[]): string {
  const all = [...new Set(names)]
  const more = all.length > MOST_NAMES ? [`… (${all.length})`] : []
  return [...all.slice(0, MOST_NAMES), ...more].join(', ')
}
