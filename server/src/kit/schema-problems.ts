import { z } from 'zod'
import { suggestion } from './text/nearest-word.ts'

/** A value that a schema refuses, said to the person who wrote it. Neither field ever repeats a value that may be secret. */
export interface SchemaProblem {
  /** From the value that was checked; a missing or unknown key is the last element. */
  path: (string | number)[]
  message: string
  hint?: string
}

type Issue = z.core.$ZodIssue
type JsonSchema = { [key: string]: unknown }

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
  null: 'empty',
}

/** Nobody reads more at once, and explaining each takes time that others wait for. */
export const MOST_PROBLEMS = 50
const LONGEST_WORD = 100
/** The time to compare two words grows with both of them; no word that is meant is this long. */
const LONGEST_COMPARED = 64

/** The problems of a value with a schema, in words, at most 50; an empty list when it is valid. Long words are cut. */
export function schemaProblems(schema: z.ZodType, value: unknown): SchemaProblem[] {
  const result = schema.safeParse(value)
  if (result.success) return []
  return explainAll(result.error.issues, { value, root: shapeOf(schema), prefix: [] }).map((problem) => ({
    ...problem,
    path: problem.path.map((key) => (typeof key === 'string' ? cut(key) : key)),
  }))
}

const SHAPES = new WeakMap<z.ZodType, JsonSchema>()

function shapeOf(schema: z.ZodType): JsonSchema {
  const known = SHAPES.get(schema)
  if (known) return known
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  SHAPES.set(schema, shape)
  return shape
}

function explainAll(issues: readonly Issue[], where: Where): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  for (const issue of issues) {
    if (problems.length >= MOST_PROBLEMS) break
    problems.push(...explain(issue, where))
  }
  return problems.slice(0, MOST_PROBLEMS)
}

function cut(word: string): string {
  return word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD)}…` : word
}

function suggest(word: string, valid: readonly string[]): string | null {
  return word.length > LONGEST_COMPARED ? null : suggestion(word, valid)
}

interface Where {
  value: unknown
  root: JsonSchema
  prefix: (string | number)[]
}

function explain(issue: Issue, where: Where): SchemaProblem[] {
  const path = [...where.prefix, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))]
  const found = valueAt(where.value, path)
  const label = path.length === 0 ? 'the value' : lastOf(path)
  const about = (message: string, hint: string | null = null): SchemaProblem[] => [
    hint === null ? { path, message } : { path, message, hint },
  ]
  const missing = found === undefined && path.length > 0
  switch (issue.code) {
    case 'unrecognized_keys': {
      const valid = keysAt(where.root, path, where.value)
      return issue.keys.slice(0, MOST_PROBLEMS).map((key) => unknownKey([...path, key], valid))
    }
    case 'invalid_type':
      if (missing) return about(`${label} is missing`, descriptionAt(where, path))
      return about(
        `${label} must be ${typeWord(issue.expected)}, not ${typeOf(found)}`,
        quoteHint(issue, found),
      )
    case 'invalid_value':
      return missing ? about(`${label} is missing`, oneOf(issue.values)) : choice(path, found, issue.values)
    case 'invalid_union':
      return explainUnion(issue, where, path)
    case 'invalid_key':
      return about(`the key ${label} is not valid: ${lower(issue.issues[0]?.message ?? issue.message)}`)
    case 'too_small':
      return about(`${label} ${limit(issue.origin, 'at least', issue.minimum)}`)
    case 'too_big':
      return about(`${label} ${limit(issue.origin, 'at most', issue.maximum)}`)
    default:
      // Words of our own say what is wanted; zod's stock ones need the description beside them.
      return about(lower(issue.message), isStock(issue.message) ? descriptionAt(where, path) : null)
  }
}

function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  where: Where,
  path: (string | number)[],
): SchemaProblem[] {
  const found = valueAt(where.value, path)
  if ('options' in issue && Array.isArray(issue.options)) {
    if (found === undefined) {
      return [{ path, message: `${lastOf(path)} is missing`, hint: oneOf(issue.options) ?? '' }]
    }
    return choice(path, found, issue.options)
  }
  // The branch that came furthest says the most; when none got past the type, the description says what is wanted.
  const deep = issue.errors.filter(
    (branch) => !branch.every((each) => each.code === 'invalid_type' && each.path.length === 0),
  )
  const best = deep.toSorted((left, right) => left.length - right.length)[0]
  if (best) return explainAll(best, { ...where, prefix: path })
  const expected = new Set(
    issue.errors
      .flat()
      .map((each) => (each.code === 'invalid_type' ? typeWord(each.expected) : 'something else')),
  )
  const message = `${lastOf(path)} must be ${[...expected].join(' or ')}, not ${typeOf(found)}`
  const hint = descriptionAt(where, path)
  return [hint === null ? { path, message } : { path, message, hint }]
}

function lastOf(path: readonly (string | number)[]): string {
  return `"${cut(String(path.at(-1)))}"`
}

function unknownKey(path: (string | number)[], valid: readonly string[]): SchemaProblem {
  const key = String(path.at(-1))
  const hint = suggest(key, valid)
  const message = `unknown key "${cut(key)}"`
  return hint === null ? { path, message } : { path, message, hint }
}

function choice(path: (string | number)[], found: unknown, values: readonly unknown[]): SchemaProblem[] {
  const words = values.map(String)
  if (typeof found !== 'string') {
    return [{ path, message: `${lastOf(path)} must be one of ${words.join(', ')}, not ${typeOf(found)}` }]
  }
  const hint = suggest(found, words)
  const message = `"${cut(found)}" is not one of ${words.join(', ')}`
  return [hint?.startsWith('Did') ? { path, message, hint } : { path, message }]
}

function oneOf(values: readonly unknown[]): string | null {
  return values.length > 0 ? `Use one of: ${values.map(String).join(', ')}.` : null
}

function limit(origin: string, bound: string, amount: number | bigint): string {
  if (origin === 'string' && bound === 'at least' && amount === 1) return 'must not be empty'
  if (origin === 'string') return `must have ${bound} ${amount} characters`
  if (origin === 'array') return `must have ${bound} ${amount} ${amount === 1 ? 'entry' : 'entries'}`
  return `must be ${bound} ${amount}`
}

function quoteHint(issue: Issue, found: unknown): string | null {
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string'
  return wantsText && (typeof found === 'number' || typeof found === 'boolean')
    ? 'Put the value in quotes to make it a text.'
    : null
}

function typeWord(expected: string): string {
  return TYPE_WORDS[expected] ?? expected
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  return typeWord(Array.isArray(value) ? 'array' : typeof value)
}

function isStock(message: string): boolean {
  return message.startsWith('Invalid ')
}

function lower(message: string): string {
  return isStock(message) ? `i${message.slice(1)}` : message
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Record<string | number, unknown>)[key]
  }
  return current
}

/** The parts of a JSON Schema that can describe the value at a path: several where the schema is a union. */
function schemasAt(root: JsonSchema, path: readonly (string | number)[], value: unknown): JsonSchema[] {
  let current = branches(root, root, value)
  let inside = value
  for (const key of path) {
    inside = valueAt(inside, [key])
    current = current.flatMap((schema) => {
      const child = typeof key === 'number' ? schema.items : property(schema, key)
      return isSchema(child) ? branches(root, child, inside) : []
    })
  }
  return current
}

function branches(root: JsonSchema, schema: JsonSchema, value: unknown): JsonSchema[] {
  if (typeof schema.$ref === 'string') {
    const target = valueAt(root, schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean))
    return isSchema(target) ? branches(root, target, value) : []
  }
  const nested = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  if (nested.length === 0) return [schema]
  const all = nested.filter(isSchema)
  const kind = valueAt(value, ['kind'])
  const chosen = all.filter((branch) => valueAt(branch, ['properties', 'kind', 'const']) === kind)
  const described = typeof schema.description === 'string' ? [{ description: schema.description }] : []
  return [
    ...described,
    ...(chosen.length > 0 ? chosen : all).flatMap((branch) => branches(root, branch, value)),
  ]
}

function property(schema: JsonSchema, key: string): unknown {
  return valueAt(schema, ['properties', key]) ?? schema.additionalProperties
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}

function keysAt(root: JsonSchema, path: readonly (string | number)[], value: unknown): string[] {
  const keys = schemasAt(root, path, value).flatMap((schema) =>
    isSchema(schema.properties) ? Object.keys(schema.properties) : [],
  )
  return [...new Set(keys)]
}

function descriptionAt(where: Where, path: readonly (string | number)[]): string | null {
  for (const schema of schemasAt(where.root, path, where.value)) {
    if (typeof schema.description === 'string') return `${schema.description.replace(/\.$/, '')}.`
  }
  return null
}
