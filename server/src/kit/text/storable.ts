import { maskSecrets } from '../secrets.ts'

const UNSTORABLE = /\0/g

/** Text that PostgreSQL takes: no NUL, no half of a surrogate pair. Such bytes come from file names and tool output. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(UNSTORABLE, '\uFFFD')
}

/** For text that tells what happened: clean, and without any secret that this process has resolved. */
export function tellableText(text: string): string {
  return cleanText(maskSecrets(text))
}

/** Every string in a value, keys included, passed through {@link tellableText}. Numbers are never touched. */
export function tellable<T>(value: T): T {
  return mapStrings(value, tellableText) as T
}

/** Every string in a value, keys included, passed through {@link cleanText}. */
export function clean<T>(value: T): T {
  return mapStrings(value, cleanText) as T
}

type Change = (text: string) => string

/** What needs no change is given back itself: a plan may be tens of megabytes, and would stand in memory twice. */
function mapStrings(value: unknown, change: Change): unknown {
  if (typeof value === 'string') return change(value)
  if (!needsChange(value, change)) return value
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [change(key), mapStrings(item, change)]),
  )
}

/** Makes nothing while it looks. */
function needsChange(value: unknown, change: Change): boolean {
  if (typeof value === 'string') return change(value) !== value
  if (value === null || typeof value !== 'object' || value instanceof Date) return false
  if (Array.isArray(value)) return value.some((item) => needsChange(item, change))
  // Of what is made by a class, only its fields are kept: it might say something else of itself when it is stored.
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return true
  const fields = value as Readonly<Record<string, unknown>>
  for (const key in fields) if (change(key) !== key || needsChange(fields[key], change)) return true
  return false
}
