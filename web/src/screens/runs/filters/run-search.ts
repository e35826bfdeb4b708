import type { RunOperation, RunOutcome, RunStatus } from '@holdfast/contract'
import { RUN_OUTCOME, RUN_STATUS } from '../../../status/status-map.ts'

/** The filters of the list of runs as they stand in the address of the page. */
export interface RunSearch {
  job?: string
  kind?: string
  operation?: RunOperation
  status?: RunStatus[]
  outcome?: RunOutcome[]
  /** Instants. */
  from?: string
  to?: string
}

export const OPERATIONS = ['job', 'verify', 'restore', 'plan'] as const satisfies RunOperation[]
export const STATUSES = Object.keys(RUN_STATUS) as RunStatus[]
export const OUTCOMES = Object.keys(RUN_OUTCOME) as RunOutcome[]

/** What an address asks for, as far as it is known: the rest is left out rather than refused by the server. */
export function parseRunSearch(search: Record<string, unknown>): RunSearch {
  const operation = OPERATIONS.find((one) => one === search.operation)
  const status = known(search.status, STATUSES)
  const outcome = known(search.outcome, OUTCOMES)
  return {
    ...textOf('job', search.job),
    ...textOf('kind', search.kind),
    ...(operation ? { operation } : {}),
    ...(status.length > 0 ? { status } : {}),
    ...(outcome.length > 0 ? { outcome } : {}),
    ...instantOf('from', search.from),
    ...instantOf('to', search.to),
  }
}

/** A text of the address under its name, or nothing. A name of digits only has been read as a number. */
export function textOf<K extends string>(name: K, value: unknown): { [N in K]?: string } {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? ({ [name]: text } as { [N in K]?: string }) : {}
}

/** An instant of the address under its name, or nothing. */
export function instantOf<K extends string>(name: K, value: unknown): { [N in K]?: string } {
  const at = typeof value === 'string' ? new Date(value) : undefined
  if (!at || Number.isNaN(at.getTime())) return {}
  return { [name]: at.toISOString() } as { [N in K]?: string }
}

/** One or several values of a list; those that are not in it are left out. */
export function known<T extends string>(value: unknown, all: readonly T[]): T[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((one) => values.includes(one))
}
