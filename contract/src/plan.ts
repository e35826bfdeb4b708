import { z } from 'zod'
import { idOf } from './ids.ts'
import { type JsonValue, jsonValue } from './json.ts'
import { phrase } from './phrases/phrase.ts'

/** One thing a run will do, with the reason why. */
export const planItem = z.object({
  what: phrase,
  reason: phrase,
  expectedBytes: z.number().nullable(),
})
export type PlanItem = z.infer<typeof planItem>

/** Something that must not happen without a person's word: the run is held until the plan is approved or refused. */
export const planGuard = z.object({
  code: z.string(),
  message: phrase,
})
export type PlanGuard = z.infer<typeof planGuard>

/**
 * What one run will do, as plain data: shown as a dry run, stored with the run, compared.
 * A driver's own plan extends it with whatever its `run` needs.
 */
export const planBase = z.object({
  summary: phrase,
  items: z.array(planItem),
  guards: z.array(planGuard),
  /** Bytes to move; null when nobody can know beforehand. */
  expectedBytes: z.number().nullable(),
  /** Restore points on the vault that the run makes its own out of: from the moment it begins they are none any more. */
  replaces: z.exactOptional(z.array(idOf('restorePoint'))),
})
export type PlanBase = z.infer<typeof planBase>

/** A plan as stored: the driver's fields are kept but nobody else reads them. */
export const storedPlan = planBase.catchall(jsonValue)
export type StoredPlan = z.infer<typeof storedPlan>

const TOLD = new Set(Object.keys(planBase.shape))

/** What everybody reads of a plan: the driver's own fields may be a hundred times as much. */
export function toldPlan(plan: StoredPlan): StoredPlan {
  return Object.fromEntries(Object.entries(plan).filter(([name]) => TOLD.has(name))) as StoredPlan
}

/** The driver's own fields. */
export function restOfPlan(plan: StoredPlan): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(plan).filter(([name]) => !TOLD.has(name))) as Record<
    string,
    JsonValue
  >
}
