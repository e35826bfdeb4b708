import type { Phrase, PlanItem } from '@holdfast/contract'
import { say } from '../../texts/texts.ts'
import { canBeMade, type Lacking } from './lack.ts'

/** That it is lacking: a whole sentence, for a finding or a remark. */
export function sayLacking(lacking: Lacking): Phrase {
  switch (lacking.what) {
    case 'class':
      return say('lacking.class', { class: lacking.className })
    case 'lookup-type':
      return say('lacking.lookupType', { type: lacking.lookupType })
    case 'lookup-value':
      return say('lacking.lookupValue', { type: lacking.lookupType, code: lacking.code })
    case 'domain':
      return say('lacking.domain', { domain: lacking.domain })
    case 'attribute':
      return say('lacking.attribute', { class: lacking.className, attribute: lacking.attribute })
    case 'right':
      return sayRight(lacking)
    case 'domain-right':
      return say('lacking.domainRight', { domain: lacking.domain })
    case 'inactive-class':
      return say('lacking.inactiveClass', { class: lacking.className })
    case 'inactive-attribute':
      return say('lacking.inactiveAttribute', { class: lacking.className, attribute: lacking.attribute })
    case 'inactive-domain':
      return say('lacking.inactiveDomain', { domain: lacking.domain })
    case 'domain-end': {
      const values = { domain: lacking.domain, class: lacking.className }
      return lacking.end === 'source'
        ? say('lacking.domainSource', values)
        : say('lacking.domainDestination', values)
    }
  }
}

/** What comes of it, or who can do something about it. */
export function whyLacking(lacking: Lacking): Phrase {
  switch (lacking.what) {
    case 'right':
    case 'domain-right':
      return say('lack.right')
    case 'inactive-class':
    case 'inactive-attribute':
    case 'inactive-domain':
      return say('lack.inactive')
    case 'domain-end':
      return say('lack.domainEnd')
    default:
      return canBeMade(lacking) ? say(WHY[lacking.what]) : say('lack.byPerson')
  }
}

/** One item of a plan for each: what is made, then what is left to people. */
export function lackingItems(lacking: readonly Lacking[]): PlanItem[] {
  return lacking.map((one) => ({
    what: sayMaking(one) ?? sayLacking(one),
    reason: whyLacking(one),
    expectedBytes: null,
  }))
}

const WHY = {
  class: 'lack.class',
  'lookup-type': 'lack.lookupType',
  'lookup-value': 'lack.lookupValue',
  domain: 'lack.domain',
  attribute: 'lack.attribute',
} as const

function sayRight({ className, attribute, right }: Extract<Lacking, { what: 'right' }>): Phrase {
  if (attribute === null) {
    if (right === 'create') return say('lacking.rightCreate', { class: className })
    if (right === 'delete') return say('lacking.rightDelete', { class: className })
    return say('lacking.rightUpdate', { class: className })
  }
  const values = { class: className, attribute }
  if (right === 'read') return say('lacking.attributeRead', values)
  return right === 'create' ? say('lacking.attributeCreate', values) : say('lacking.attributeUpdate', values)
}

/** Null for what only a person can do. */
function sayMaking(one: Lacking): Phrase | null {
  if (one.what === 'class' && one.parent !== null)
    return say('make.class', { class: one.className, parent: one.parent })
  if (one.what === 'lookup-type') return say('make.lookupType', { type: one.lookupType })
  if (one.what === 'lookup-value') return say('make.lookupValue', { type: one.lookupType, code: one.code })
  if (one.what === 'domain' && one.ends !== null)
    return say('make.domain', { domain: one.domain, ...one.ends, cardinality: one.cardinality })
  if (one.what === 'attribute' && one.make !== null) {
    const { className, attribute, make } = one
    return say('make.attribute', { class: className, attribute, type: make.type })
  }
  return null
}
