import type { Missing } from '../../model/changes.ts'
import type { Mapping } from '../../model/mapping.ts'

const DAY_MS = 86_400_000

/** Since when and how often, this run counted. */
export function missedAgain(before: Missing[string] | undefined, nowAt: string): Missing[string] {
  return before === undefined ? { since: nowAt, runs: 1 } : { since: before.since, runs: before.runs + 1 }
}

/** Whether it was missing for long enough, and in runs enough. */
export function isOver({ since, runs }: Missing[string], { grace }: Mapping, nowAt: string): boolean {
  return runs >= grace.runs && Date.parse(nowAt) >= Date.parse(endOfGrace(since, grace))
}

/** When its days have passed, UTC. */
export function endOfGrace(since: string, grace: Mapping['grace']): string {
  return new Date(Date.parse(since) + grace.days * DAY_MS).toISOString()
}
