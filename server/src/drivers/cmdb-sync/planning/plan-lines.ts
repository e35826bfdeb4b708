import type { PlanItem } from '@holdfast/contract'
import type { Change, WriteValue } from '../model/changes.ts'
import { toldValue, type Words } from '../reporting/told-value.ts'
import { say } from '../texts/texts.ts'

/** What one change does, and why, for people. */
export function changeLine(change: Change, words: Words): PlanItem {
  return { ...lineOf(change, words), expectedBytes: null }
}

function lineOf(change: Change, words: Words): Pick<PlanItem, 'what' | 'reason'> {
  switch (change.do) {
    case 'create': {
      const { className, name } = change
      return { what: say('plan.create', { class: className, name }), reason: say('why.new') }
    }
    case 'update': {
      const { className, name, values, why } = change
      const attributes = Object.entries(values)
        .map(([name, { before, after }]) => {
          const told = (value: WriteValue) => shortly(toldValue(words, className, name, value))
          return `${name} (${told(before)} → ${told(after)})`
        })
        .join(', ')
      return { what: say('plan.update', { class: className, name, attributes }), reason: say(`why.${why}`) }
    }
    case 'delete': {
      const { className, name } = change
      return { what: say('plan.delete', { class: className, name }), reason: say('why.gone') }
    }
    case 'relate': {
      const [from, to] = change.names
      return { what: say('plan.relate', { from, to, domain: change.domain }), reason: say('why.related') }
    }
    case 'unrelate': {
      const [from, to] = change.names
      return { what: say('plan.unrelate', { from, to, domain: change.domain }), reason: say('why.unrelated') }
    }
  }
}

/** Characters of a value that a line shows; the report has all of them. */
const MOST_SHOWN = 60

function shortly(value: string | number | boolean | null): string {
  if (value === null || value === '') return '–'
  const text = String(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
