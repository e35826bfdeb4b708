import type { Change } from '../../model/changes.ts'

const PHASES = {
  create: 'cards',
  update: 'cards',
  relate: 'relate',
  unrelate: 'unrelate',
  delete: 'delete',
} as const

/**
 * Changes that may go on at the same time, in the order of the plan: a new stage begins wherever another kind of change
 * follows, so that relations come after the cards they join, and before a card is changed a second time.
 */
export function stagesOf(changes: readonly Change[]): Change[][] {
  const stages: Change[][] = []
  let cards = new Set<number>()
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1]
    const card = change.do === 'update' ? change.card : null
    const isAgain = card !== null && cards.has(card)
    if (before === undefined || PHASES[before.do] !== PHASES[change.do] || isAgain) {
      stages.push([])
      cards = new Set()
    }
    if (card !== null) cards.add(card)
    stages.at(-1)?.push(change)
  }
  return stages
}
