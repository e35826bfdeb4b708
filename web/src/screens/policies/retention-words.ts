import type { RetentionRules } from '@holdfast/contract'

/** The rules that keep something, in the order in which they are told: how many, and of what. */
export const KEEP_RULES = [
  ['keepLast', 'last'],
  ['keepHourly', 'hourly'],
  ['keepDaily', 'daily'],
  ['keepWeekly', 'weekly'],
  ['keepMonthly', 'monthly'],
  ['keepYearly', 'yearly'],
] as const satisfies [keyof RetentionRules, string][]

export type KeepWord = (typeof KEEP_RULES)[number][1]

export function keptBy(retention: unknown): { word: KeepWord; count: number }[] {
  if (typeof retention !== 'object' || retention === null) return []
  const rules = retention as Record<string, unknown>
  return KEEP_RULES.flatMap(([rule, word]) => {
    const count = rules[rule]
    return typeof count === 'number' && count > 0 ? [{ word, count }] : []
  })
}
