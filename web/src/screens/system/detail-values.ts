import type { JsonValue } from '@holdfast/contract'

/** The details of an entry as a list: what holds JSON as text is opened, what is empty is left out. */
export function detailValues(details: Record<string, JsonValue>): [name: string, value: JsonValue][] {
  return Object.entries(details)
    .map(([name, value]): [string, JsonValue] => [name, opened(value)])
    .filter(([, value]) => !isEmpty(value))
}

/** "a, b" for a list, "from: a, to: b" for a group: what no page has better words for. */
export function plainText(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${plainText(inner)}`)
    .join(', ')
}

function opened(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as JsonValue
  } catch {
    return value
  }
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '' || value === false || value === 0) return true
  return typeof value === 'object' && Object.keys(value).length === 0
}
