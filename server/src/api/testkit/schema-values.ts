import { fc } from '../../../../tools/lab/properties.testkit.ts'

type Schema = Record<string, unknown>

/** What values are made from. */
export interface Material {
  components: Record<string, Schema>
  /** Texts that stand for something real, by the name of the property or parameter that takes them. */
  known: Record<string, readonly string[]>
}

/** Values that a JSON Schema of the API description allows, more or less: formats and patterns are tried, not proved. */
export function valuesOf(schema: Schema, material: Material, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constantFrom<unknown>(null, 'deep')
  const { components } = material
  const inner = (part: unknown) => valuesOf((part ?? {}) as Schema, material, depth + 1)
  const reference = schema.$ref
  if (typeof reference === 'string') return inner(components[reference.split('/').at(-1) ?? ''])
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (Array.isArray(choices)) return fc.oneof(...choices.map(inner))
  switch (schema.type) {
    case 'string':
      return texts(schema)
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.ceil(Math.max(Number(schema.minimum ?? 0), -1e9)),
        max: Math.floor(Math.min(Number(schema.maximum ?? 1e6), 1e9)),
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(inner(schema.items), { minLength: Number(schema.minItems ?? 0), maxLength: 4 })
    case 'object':
      return objects(schema, inner, material)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objects(
  schema: Schema,
  inner: (part: unknown) => fc.Arbitrary<unknown>,
  { known }: Material,
): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const requiredKeys = ((schema.required ?? []) as string[]).filter((key) =>
    properties.some(([name]) => name === key),
  )
  if (properties.length === 0)
    return fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
  const values = properties.map(([key, value]) => [key, orKnown(known[key], value, inner(value))] as const)
  return fc.record<Record<string, unknown>>(Object.fromEntries(values), { requiredKeys })
}

/** Mostly what is known under a name, where a text or a list of texts is wanted. */
export function orKnown(
  known: readonly string[] | undefined,
  { type }: Schema,
  others: fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  if (!known?.length || (type !== 'string' && type !== 'array')) return others
  const text = fc.constantFrom(...known)
  const right = type === 'string' ? text : fc.array(text, { minLength: 1, maxLength: 3 })
  return fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: others })
}

function texts(schema: Schema): fc.Arbitrary<string> {
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-08-20T12:00:00.000Z', '1970-01-01T00:00:00Z')
  const examples = Array.isArray(schema.examples) ? schema.examples.map(String) : []
  const named = fc.constantFrom(...examples, 'documents', 'UTC', '1h', '2026-08-20T12:00:00.000Z', '/data')
  const free = fc.string({
    minLength: Number(schema.minLength ?? 0),
    maxLength: Math.min(Number(schema.maxLength ?? 40), 200),
  })
  const pattern = schema.pattern
  if (typeof pattern !== 'string') return fc.oneof(named, free)
  return fc.oneof(named, patterned(pattern))
}

/** Made once: a class such as \p{L} is a table of many thousand characters. */
const PATTERNED = new Map<string, fc.Arbitrary<string>>()

function patterned(pattern: string): fc.Arbitrary<string> {
  const known = PATTERNED.get(pattern)
  if (known) return known
  const made = matching(pattern)
  PATTERNED.set(pattern, made)
  return made
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' })
  } catch {
    const bare = pattern.replace(/^\^\(\?!.*?\$\)/, '^')
    if (bare !== pattern) return matching(bare).filter((text) => new RegExp(pattern, 'u').test(text))
    // Look-arounds and the like: fast-check cannot turn every pattern round.
    return fc.string()
  }
}
