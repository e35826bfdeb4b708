import type { JsonValue } from '@holdfast/contract'
import { type Field, type FieldOf, type Option, type Schema, type Shape, TEXT_WIDGETS } from './field.ts'

/** The form of a schema: what to show for it, in its order, with the server's own titles. */
export function readSchema(schema: Schema, name = '', isRequired = true): Field {
  const examples = schema.examples
  const example = Array.isArray(examples) && typeof examples[0] === 'string' ? examples[0] : undefined
  return {
    name,
    title: text(schema.title) ?? name,
    description: text(schema.description) ?? '',
    isRequired: isRequired || schema['x-required'] === true,
    isAdvanced: schema['x-advanced'] === true,
    initial: schema.default,
    example,
    onlyWith: onlyWith(schema['x-only-with']),
    ...shapeOf(schema),
  }
}

/** Fields of an object, as its properties say. */
export function readFields(schema: Schema): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  return Object.entries(isSchema(schema.properties) ? schema.properties : {})
    .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
    .sort(([, a], [, b]) => order(a) - order(b))
    .map(([name, property]) => readSchema(property, name, required.includes(name)))
}

function onlyWith(hint: JsonValue | undefined): Field['onlyWith'] {
  const [condition] = isSchema(hint) ? Object.entries(hint) : []
  return condition && Array.isArray(condition[1]) ? { name: condition[0], values: condition[1] } : undefined
}

export function isSchema(value: JsonValue | undefined): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shapeOf(schema: Schema): Shape {
  const widget = schema['x-widget']
  const choices = alternatives(schema)
  const only = choices.length === 1 ? choices[0] : undefined
  if (only && !oneVariant(only)) return shapeOf({ ...schema, ...only, anyOf: null, oneOf: null })
  if (choices.length > 0) return choiceShape(choices, widget === 'secret')
  if (schema.const !== undefined) return { shape: 'constant', value: schema.const }
  if (Array.isArray(schema.enum)) return { shape: 'choice', options: options(schema) }
  if (schema.type === 'array') return arrayShape(schema)
  const to = text(schema['x-reference'])
  if (widget === 'reference' && to !== undefined) return { shape: 'reference', to }
  switch (schema.type) {
    case 'boolean':
      return { shape: 'switch' }
    case 'integer':
    case 'number':
      return {
        shape: 'number',
        isInteger: schema.type === 'integer',
        min: number(schema.minimum),
        max: number(schema.maximum),
      }
    case 'string':
      return {
        shape: 'text',
        widget: TEXT_WIDGETS.find((known) => known === widget) ?? 'line',
        pattern: text(schema.pattern),
        format: text(schema.format),
      }
    case 'object':
      return objectShape(schema)
    default:
      return { shape: 'json' }
  }
}

/** Branches of a choice; null is no branch but what is left when nothing is set. */
function alternatives(schema: Schema): Schema[] {
  const found = schema.oneOf ?? schema.anyOf
  return Array.isArray(found) ? found.filter(isSchema).filter(({ type }) => type !== 'null') : []
}

function choiceShape(choices: Schema[], isSecret: boolean): Shape {
  const variants = readVariants(choices)
  if (variants) return { shape: 'variants', ...variants }
  const branches = choices.map((branch) => {
    const field = readSchema(branch)
    return { title: field.title, description: field.description, field }
  })
  return { shape: isSecret ? 'secret' : 'branches', branches }
}

/** Branches that all have a constant under the same name, which tells them apart. */
function readVariants(choices: Schema[]): Pick<FieldOf<'variants'>, 'by' | 'byTitle' | 'variants'> | null {
  const by = constantNames(choices[0] ?? {}).find((name) =>
    choices.every((branch) => constantNames(branch).includes(name)),
  )
  if (by === undefined) return null
  const variants = choices.map((branch) => {
    const value = String((branch.properties as Record<string, Schema>)[by]?.const)
    const fields = readFields(branch).filter(({ name }) => name !== by)
    return { value, title: text(branch.title) ?? value, description: text(branch.description) ?? '', fields }
  })
  const properties = choices[0]?.properties
  const named = isSchema(properties) ? properties[by] : undefined
  const told = isSchema(named) ? named.title : undefined
  return { by, byTitle: text(told) ?? by, variants }
}

function oneVariant(branch: Schema): boolean {
  return constantNames(branch).length > 0
}

function constantNames(branch: Schema): string[] {
  return Object.entries(isSchema(branch.properties) ? branch.properties : {})
    .filter(([, property]) => isSchema(property) && typeof property.const === 'string')
    .map(([name]) => name)
}

function arrayShape(schema: Schema): Shape {
  const items = isSchema(schema.items) ? schema.items : {}
  const to = text(schema['x-reference']) ?? text(items['x-reference'])
  if (to !== undefined) return { shape: 'references', to }
  if (Array.isArray(items.enum)) return { shape: 'choices', options: options(items) }
  if (items.type === 'string') return { shape: 'texts' }
  return { shape: 'list', item: readSchema(items) }
}

function objectShape(schema: Schema): Shape {
  if (isSchema(schema.properties)) return { shape: 'group', fields: readFields(schema) }
  const inner = schema.additionalProperties
  if (isSchema(inner) && Object.keys(inner).length > 0) return { shape: 'map', item: readSchema(inner) }
  return { shape: 'json' }
}

function options(schema: Schema): Option[] {
  const titles = isSchema(schema['x-enum-titles']) ? schema['x-enum-titles'] : {}
  return (Array.isArray(schema.enum) ? schema.enum : [])
    .filter((value) => typeof value === 'string')
    .map((value) => ({ value, title: text(titles[value]) ?? value }))
}

const order = (schema: Schema) => number(schema['x-order']) ?? Number.MAX_SAFE_INTEGER
const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : undefined)
const number = (value: JsonValue | undefined) => (typeof value === 'number' ? value : undefined)
