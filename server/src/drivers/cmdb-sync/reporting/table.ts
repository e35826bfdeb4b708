import type { ReportTable } from '@holdfast/contract'
import type { Change, WriteValue } from '../model/changes.ts'
import type { CmdbSyncPlan } from '../planning/plan.ts'
import type { Applied } from '../target/apply/apply.ts'
import { toldValue, type Words, wordsOf } from './told-value.ts'

const COLUMNS = ['action', 'class', 'card', 'name', 'attribute', 'before', 'after', 'result', 'message']
/** More are of no use on a screen; the plan of the run holds them all. */
const MOST_ROWS = 20_000

type Row = ReportTable['rows'][number]
type Result = readonly [result: 'done' | 'failed' | 'skipped' | 'not-taken', message: string | null]

const DONE: Result = ['done', null]

/** Every value that was written, with the one before, and what became of it. */
export function tableOf(
  { changes, codes }: Pick<CmdbSyncPlan, 'changes' | 'codes'>,
  applied: Applied,
): ReportTable {
  const results = resultsOf(applied)
  const words = wordsOf(changes, codes)
  const rows: Row[] = []
  let total = 0
  for (const change of changes) {
    const result = results.get(change) ?? DONE
    for (const cells of cellsOf(change, words)) {
      total += 1
      if (rows.length < MOST_ROWS) rows.push([change.do, ...cells, ...result])
    }
  }
  return { columns: COLUMNS, rows, total }
}

function resultsOf({ failed, skipped, notTaken }: Applied): Map<Change, Result> {
  return new Map<Change, Result>([
    ...notTaken.map(({ change, attributes }): [Change, Result] => [
      change,
      ['not-taken', attributes.join(', ')],
    ]),
    ...skipped.map(({ change }): [Change, Result] => [change, ['skipped', null]]),
    ...failed.map(({ change, error }): [Change, Result] => [change, ['failed', error.message]]),
  ])
}

/** Class, card, name, attribute, before and after: a line for each value. */
function cellsOf(change: Change, words: Words): Row[] {
  switch (change.do) {
    case 'create': {
      const { className, name, values } = change
      return Object.entries(values).map(([attribute, value]) => {
        return [className, null, name, attribute, null, toldValue(words, className, attribute, value)]
      })
    }
    case 'update': {
      const { className, card, name, values } = change
      return Object.entries(values).map(([attribute, { before, after }]) => {
        const told = (value: WriteValue) => toldValue(words, className, attribute, value)
        return [className, card, name, attribute, told(before), told(after)]
      })
    }
    case 'delete':
      return [[change.className, change.card, change.name, null, null, null]]
    case 'relate':
      return [[change.domain, null, change.names.join(' → '), null, null, null]]
    case 'unrelate':
      return [[change.domain, change.relation, change.names.join(' → '), null, null, null]]
  }
}
