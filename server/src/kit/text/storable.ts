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

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapStrings(item, change)]),
  )
}
