import type { JsonValue } from '@holdfast/contract'
import type { Branch, Field, JsonObject, Path } from './field.ts'

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function valueAt(whole: JsonValue | undefined, path: Path): JsonValue | undefined {
  let value = whole
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key]
    else if (isObject(value) && Object.hasOwn(value, key)) value = value[String(key)]
    else return undefined
  }
  return value
}

/** Whether two values say the same, whatever the order in which their properties were set. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isSame(one, b[index]))
  if (!isObject(a) || !isObject(b)) return a === b
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]))
}

/** The whole with another value at a place. Undefined takes it away: what is not set is not sent. */
export function withValue(
  whole: JsonValue | undefined,
  path: Path,
  value: JsonValue | undefined,
): JsonValue | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (typeof key === 'number') {
    const list = Array.isArray(whole) ? [...whole] : []
    const inner = withValue(list[key], rest, value)
    if (inner === undefined) list.splice(key, 1)
    else list[key] = inner
    return list
  }
  const object: JsonObject = isObject(whole) ? { ...whole } : {}
  const inner = withValue(object[key], rest, value)
  if (inner === undefined) delete object[key]
  else object[key] = inner
  return object
}

/** Whether a field makes sense beside what its neighbours are set to. What is set is never hidden. */
export function isAsked(field: Field, beside: readonly Field[], value: JsonObject): boolean {
  const { onlyWith } = field
  if (!onlyWith || value[field.name] !== undefined) return true
  const initial = beside.find(({ name }) => name === onlyWith.name)?.initial
  return onlyWith.values.includes(value[onlyWith.name] ?? initial ?? null)
}

/** What a new one of a kind starts with: only what cannot be left out. */
export function emptyValue(field: Field): JsonValue {
  switch (field.shape) {
    case 'constant':
      return field.value
    case 'switch':
      return false
    case 'number':
      return field.min ?? 0
    case 'choice':
      return field.options[0]?.value ?? ''
    case 'choices':
    case 'references':
    case 'texts':
    case 'list':
      return []
    case 'group':
      return constants(field.fields)
    case 'map':
    case 'json':
      return {}
    case 'variants': {
      const first = field.variants[0]
      return first ? { ...constants(first.fields), [field.by]: first.value } : {}
    }
    case 'branches':
    case 'secret':
      return field.branches[0] ? emptyValue(field.branches[0].field) : {}
    case 'text':
    case 'reference':
      return ''
  }
}

/** What has to be there and can only be one thing is not asked for. */
function constants(fields: readonly Field[]): JsonObject {
  const found: JsonObject = {}
  for (const field of fields)
    if (field.shape === 'constant' && field.isRequired) found[field.name] = field.value
  return found
}

/** Which branch a value belongs to, by what it looks like. */
export function branchOf(branches: readonly Branch[], value: JsonValue | undefined): number {
  if (value === undefined) return -1
  return branches.findIndex(({ field }) => fits(field, value))
}

function fits(field: Field, value: JsonValue): boolean {
  switch (field.shape) {
    case 'secret':
    case 'branches':
      return branchOf(field.branches, value) >= 0
    case 'group': {
      if (!isObject(value)) return false
      const known = field.fields.map(({ name }) => name)
      const required = field.fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)
      // What is being entered may still be incomplete: it fits when nothing in it is foreign.
      return Object.keys(value).every((key) => known.includes(key)) && required.some((key) => key in value)
    }
    case 'variants':
      return isObject(value) && typeof value[field.by] === 'string'
    case 'map':
    case 'json':
      return isObject(value)
    case 'list':
    case 'choices':
    case 'references':
    case 'texts':
      return Array.isArray(value)
    case 'number':
      return typeof value === 'number'
    case 'switch':
      return typeof value === 'boolean'
    case 'constant':
      return value === field.value
    default:
      return typeof value === 'string'
  }
}

/** What tells an object from others of its list: its label or name, then the texts it must have. Empty while it has none. */
export function summaryOf(field: Field, value: JsonValue): string {
  if (field.shape !== 'group' || !isObject(value)) return typeof value === 'string' ? value : ''
  const texts = field.fields.filter(({ shape, isRequired }) => shape === 'text' && isRequired)
  return texts
    .toSorted((a, b) => Number(isName(b)) - Number(isName(a)))
    .map(({ name }) => value[name])
    .filter((text) => typeof text === 'string' && text !== '')
    .join(' · ')
}

const isName = ({ name }: Field) => name === 'label' || name === 'name'
