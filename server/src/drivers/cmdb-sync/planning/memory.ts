import type { JsonValue } from '@holdfast/contract'
import { z } from 'zod'
import type { Missing } from '../model/changes.ts'
import { ITEM_KINDS } from '../model/inventory.ts'
import type { Refused } from './refused.ts'
import type { Bearing } from './vanished.ts'

/** Of old identities, the newest so many are kept. */
const MOST_IDENTITIES = 20

/** Under which names a source was known, by the id of its node, the newest last: keys of all of them are its own. */
export type Identities = Readonly<Record<string, readonly string[]>>

export interface Memory {
  /** Since when what is missing. Without it the time of grace begins anew. */
  readonly missing: Missing
  readonly identities: Identities
  /** How many cards bore a key of the source when the last run had ended. */
  readonly bearing: Bearing
  readonly refused: Refused
}

const cardValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What a run remembers for the next one. */
const memory = z.object({
  missing: z.record(z.string(), z.object({ since: z.iso.datetime(), runs: z.int().min(1) })).catch({}),
  identities: z.record(z.string(), z.array(z.string().min(1))).catch({}),
  bearing: z.partialRecord(z.enum(ITEM_KINDS), z.int().min(0)).catch({}),
  refused: z
    .record(z.string(), z.object({ before: cardValue, after: cardValue, at: z.iso.datetime() }))
    .catch({}),
})

export function readMemory(remembered: JsonValue): Memory {
  const { success, data } = memory.safeParse(remembered)
  return success ? data : { missing: {}, identities: {}, bearing: {}, refused: {} }
}

export function memoryOf({ missing, identities, bearing, refused }: Memory): JsonValue {
  return {
    missing: Object.fromEntries(Object.entries(missing).map(([key, entry]) => [key, { ...entry }])),
    identities: Object.fromEntries(Object.entries(identities).map(([node, ids]) => [node, [...ids]])),
    bearing: { ...bearing },
    refused: Object.fromEntries(Object.entries(refused).map(([place, entry]) => [place, { ...entry }])),
  }
}

/** With the identity that it has now as the newest. */
export function withIdentity(identities: Identities, node: string, identity: string): Identities {
  const others = (identities[node] ?? []).filter((one) => one !== identity)
  return { ...identities, [node]: [...others, identity].slice(-MOST_IDENTITIES) }
}
