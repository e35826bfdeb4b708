import { badArgument, LabError } from '../store/lab-error.ts'
import { matches, OPERATORS } from './operators.ts'

/** Reads a field of a row by the name that a client uses; undefined where there is none of that name. */
export type FieldOf<Row> = (row: Row, name: string) => unknown
export type Test<Row> = (row: Row) => boolean

interface Fields<Row> {
  /** Whether rows may be filtered by that name. */
  readonly has: (name: string) => boolean
  readonly of: FieldOf<Row>
}

const TOP_KEYS = ['attribute', 'query', 'relation', 'function', 'cql', 'ecql', 'attachment', 'composite']

/** Whether a row passes the filter of a request; what the grammar does not know is refused. */
export function compileFilter<Row>(text: string | null, fields: Fields<Row>): Test<Row> | null {
  if (text === null || text.trim() === '') return null
  const filter = parseLoosely(text)
  const unknown = Object.keys(filter).find((key) => !TOP_KEYS.includes(key))
  if (unknown !== undefined) throw unreadable(text, `unrecognized field "${unknown}"`)
  const beyond = Object.keys(filter).find((key) => key !== 'attribute')
  if (beyond !== undefined)
    throw new LabError(501, `filters by ${beyond} are not simulated`, { isPlain: true })
  return 'attribute' in filter ? condition(filter.attribute, text, fields) : null
}

function unreadable(text: string, cause: string): LabError {
  return badArgument(`error deserializing json filter =< ${text} >, caused by: ${cause}`)
}

/** JSON, in which texts may stand in single quotes too. */
function parseLoosely(text: string): Record<string, unknown> {
  const quoted = /"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/g
  const strict = text.replace(quoted, (all, single: string | undefined) =>
    single === undefined ? all : JSON.stringify(single.replace(/\\'/g, "'")),
  )
  try {
    const parsed: unknown = JSON.parse(strict)
    if (isRecord(parsed)) return parsed
  } catch {
    // Refused below, like anything else that is no object.
  }
  throw unreadable(text, 'com.fasterxml.jackson.core.JsonParseException')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function condition<Row>(node: unknown, text: string, fields: Fields<Row>): Test<Row> {
  if (!isRecord(node)) throw unreadable(text, 'expected an object')
  const [key, ...more] = Object.keys(node)
  if (key === undefined || more.length > 0) throw unreadable(text, 'expected exactly one key')
  const inner = node[key]
  if (key === 'simple') return simple(inner, text, fields)
  if (key === 'not') {
    const test = condition(inner, text, fields)
    return (row) => !test(row)
  }
  if (key !== 'and' && key !== 'or') throw badArgument(`invalid attribute filter key = < ${key} >`)
  if (!Array.isArray(inner) || inner.length === 0) throw unreadable(text, `"${key}" is no list`)
  const tests = inner.map((one) => condition(one, text, fields))
  return key === 'and' ? (row) => tests.every((one) => one(row)) : (row) => tests.some((one) => one(row))
}

function simple<Row>(node: unknown, text: string, fields: Fields<Row>): Test<Row> {
  if (!isRecord(node)) throw unreadable(text, 'expected an object')
  const { attribute, operator, value } = node
  if (typeof attribute !== 'string' || typeof operator !== 'string')
    throw unreadable(text, 'attribute and operator are needed')
  const name = operator.toLowerCase()
  if (!OPERATORS.has(name))
    throw unreadable(
      text,
      `java.lang.NullPointerException: enum value not found for name = ${operator}, valid values = [${[...OPERATORS].join(', ').toUpperCase()}]`,
    )
  if (!fields.has(attribute)) throw badArgument(`invalid filter attribute =< ${attribute} >`)
  const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
  const test = matches(name, values)
  return (row) => test(fields.of(row, attribute))
}
