import type { JsonValue, ObjectRevision } from '@holdfast/contract'

export interface Difference {
  /** Dotted: `schedule.cron`. */
  path: string
  before: JsonValue | undefined
  after: JsonValue | undefined
}

/** What an edit changed, value by value. Lists count as one value: their order has a meaning. */
export function differences(before: ObjectRevision['spec'], after: ObjectRevision['spec']): Difference[] {
  const old = flat(before ?? {})
  const now = flat(after ?? {})
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

function flat(value: JsonValue, prefix = ''): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found.set(prefix, value)
  for (const [key, inner] of Object.entries(value))
    for (const [path, one] of flat(inner, prefix === '' ? key : `${prefix}.${key}`)) found.set(path, one)
  return found
}
