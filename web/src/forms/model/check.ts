import type { JsonValue } from '@holdfast/contract'
import type { Field, FieldOf, Path } from './field.ts'
import { branchOf, emptyValue, isAsked, isObject } from './values.ts'

/** A mistake that can be seen without asking the server. */
export interface Mistake {
  path: Path
  reason: 'required' | 'pattern' | 'range'
  /** A value that would do. */
  example?: string
}

const FORMAT_EXAMPLES: Readonly<Record<string, string>> = {
  email: 'name@example.org',
  uri: 'https://example.org',
}

/** What is missing or malformed. The server has the last word; this only saves a way to it. */
export function check(field: Field, value: JsonValue | undefined, path: Path = []): Mistake[] {
  if (value === undefined || value === '') {
    if (field.shape === 'group' && isObject(field.initial))
      return checkFields(field.fields, field.initial, path)
    if (!field.isRequired || field.initial !== undefined) return []
    // An object that must be there is missing in its parts, which is where the reader can enter them.
    if (field.shape === 'group') return checkFields(field.fields, {}, path)
    if (field.shape === 'list') return check(field.item, emptyValue(field.item), [...path, 0])
    return [{ path, reason: 'required' }]
  }
  switch (field.shape) {
    case 'text':
      return typeof value === 'string' && !isWellFormed(field, value) ? [malformed(field, path)] : []
    case 'number': {
      const isOut =
        typeof value === 'number' && (value < (field.min ?? value) || value > (field.max ?? value))
      return isOut ? [{ path, reason: 'range' }] : []
    }
    case 'group':
      return checkFields(field.fields, isObject(value) ? value : {}, path)
    case 'variants': {
      if (!isObject(value)) return []
      const variant = field.variants.find((one) => one.value === value[field.by])
      return variant ? checkFields(variant.fields, value, path) : []
    }
    case 'branches':
    case 'secret': {
      const branch = field.branches[branchOf(field.branches, value)]
      return branch ? check(branch.field, value, path) : []
    }
    case 'list':
      return Array.isArray(value)
        ? value.flatMap((one, index) => check(field.item, one, [...path, index]))
        : []
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([name, one]) => check(field.item, one, [...path, name]))
        : []
    default:
      return []
  }
}

function checkFields(fields: readonly Field[], value: Record<string, JsonValue>, path: Path): Mistake[] {
  return fields
    .filter((field) => isAsked(field, fields, value))
    .flatMap((field) => check(field, value[field.name], [...path, field.name]))
}

function malformed(field: FieldOf<'text'>, path: Path): Mistake {
  const example = field.example ?? FORMAT_EXAMPLES[field.format ?? '']
  return { path, reason: 'pattern', ...(example === undefined ? {} : { example }) }
}

function isWellFormed({ pattern, format }: FieldOf<'text'>, value: string): boolean {
  // A name with a port parses as well: what stands before the colon is taken for the scheme.
  if (format === 'uri' && !(value.includes('://') && URL.canParse(value))) return false
  return matches(pattern, value)
}

/** A pattern that this browser does not understand is left to the server. */
function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined) return true
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return true
  }
}
