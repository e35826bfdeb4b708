import { HoldfastError } from '@holdfast/contract'
import type { Window } from '../../planning/windows.ts'
import { isoInstant } from '../../points/file-names.ts'
import type { LackingWindow } from '../../points/layout.ts'

/** Windows that a manifest and a report name; of the others they say how many there are. */
const MOST_NAMED = 100

/** What a server says of one statement, and may not say of the next one. Everything else ends the run. */
const OF_ONE_STATEMENT = ['node-refused', 'node-answer-invalid', 'database-absent', 'points-refused']

/** Whether an error of reading a window says nothing about the others. */
export function isOfOneWindow(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && OF_ONE_STATEMENT.includes(error.code)
}

/** The windows of a database that could not be read. */
export class Lacking {
  count = 0
  readonly named: LackingWindow[] = []
  /** Of the source; nothing is known of them any more. */
  readonly shardIds = new Set<string>()
  first: HoldfastError | null = null

  /** Whether it is named: of thousands not every one has a line in the log either. */
  add({ rp, measurement, startNs, endNs, shardIds }: Window, error: HoldfastError): boolean {
    this.count += 1
    this.first ??= error
    for (const id of shardIds) this.shardIds.add(id)
    if (this.named.length === MOST_NAMED) return false
    const [from, to] = [isoInstant(startNs), isoInstant(endNs)]
    this.named.push({ retentionPolicy: rp, measurement, from, to, reason: error.message })
    return true
  }
}

/** Where a window lies, and why it was not read. */
export function lackingText({ retentionPolicy, measurement, from, to, reason }: LackingWindow): string {
  return `measurement "${measurement}" of retention policy "${retentionPolicy}", ${from} to ${to}: ${reason}`
}
