import { duration, durationMs, type JsonValue } from '@holdfast/contract'
import { InvalidArgumentError, Option } from 'commander'

/** `--json`, naming the type of the contract that is printed: its shape is as stable as the API. */
export function jsonOption(shape: string): Option {
  return new Option('--json', `print ${shape} as JSON`)
}

export interface JsonFlag {
  json?: boolean
}

export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    throw new InvalidArgumentError('Expected a whole number from 1 to 100000.')
  }
  return count
}

/** Milliseconds of `90s`, `30m`, `8h`; `0` stands for none at all. */
export function parseDuration(text: string): number {
  if (text === '0') return 0
  const parsed = duration.safeParse(text)
  if (!parsed.success) throw new InvalidArgumentError('Expected a duration such as 90s, 30m or 8h.')
  return durationMs(parsed.data)
}

/** An object written as JSON on the command line. */
export function parseObject(text: string): Record<string, JsonValue> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = null
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
    return parsed as Record<string, JsonValue>
  throw new InvalidArgumentError(
    `Expected a JSON object such as '{"range":{"from":"2026-11-01T00:00:00Z"}}'.`,
  )
}

/** Collects the values of an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** Values of a list option, each one of the words allowed, separated by commas or given several times. */
export function collectWords<T extends string>(words: readonly T[]): (text: string, before?: T[]) => T[] {
  return (text, before) => {
    const chosen = text.split(',').map((word) => {
      const found = words.find((candidate) => candidate === word.trim())
      if (!found) throw new InvalidArgumentError(`Use one of: ${words.join(', ')}.`)
      return found
    })
    return [...(before ?? []), ...chosen]
  }
}
