import { Ajv2019 } from 'ajv/dist/2019.js'

type Schema = Readonly<Record<string, unknown>>
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly in?: string; readonly schema?: Schema }[]
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>
  >
}

const PREFIX = '#/components/schemas/'

/**
 * Checks answers against a vendor's description, more strictly than it asks for: a property that it does not name is a
 * mistake too. Its types that choose by a property refer to themselves in a circle, which is undone first.
 */
export class OfficialSchemas {
  readonly #description: Description
  readonly #ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true })

  /** `more` are values of enumerations that it does not know, but a version between two described ones does. */
  constructor(description: Description, more: readonly string[] = []) {
    this.#description = description
    this.#ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
    this.#ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/)
    for (const format of ['int32', 'int64', 'double', 'time']) this.#ajv.addFormat(format, true)
    const schemas: Record<string, unknown> = {}
    for (const [name, schema] of Object.entries(description.components.schemas)) {
      const { oneOf: _, discriminator, ...rest } = schema
      schemas[`${name}.base`] = this.#closed(rest, more)
      schemas[name] = this.#chosen(name, discriminator)
    }
    this.#ajv.addSchema({ $id: 'official', components: { schemas } })
  }

  /** What is wrong with the answer of a `GET`, one line each. */
  problems(path: string, answer: unknown, method = 'get'): string[] {
    const operation = this.#description.paths[path]?.[method]
    const content = operation?.responses['200']?.content?.['application/json']
    const name = String(content?.schema.$ref ?? '').slice(PREFIX.length)
    if (name === '') return [`${path} is not described`]
    const check = this.#ajv.getSchema(`official${PREFIX}${name}`)
    if (!check) return [`${name} is not described`]
    if (check(answer) === true) return []
    const all = check.errors ?? []
    // Whatever else is wrong with a part, all of its properties are told to be too many: that says nothing then.
    const others = all.filter(({ keyword }) => keyword !== 'unevaluatedProperties' && keyword !== 'if')
    const told = (others.length > 0 ? others : all).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
    return [...new Set(told)]
  }

  /** Names of the parameters in the query. */
  parameters(path: string): string[] {
    const all = this.#description.paths[path]?.get?.parameters ?? []
    return all.filter((one) => one.in === 'query').map(({ name }) => name ?? '')
  }

  /** Values of `orderColumn`. */
  columns(path: string): string[] {
    const all = this.#description.paths[path]?.get?.parameters ?? []
    const reference = all.find(({ name }) => name === 'orderColumn')?.schema?.$ref
    if (typeof reference !== 'string') return []
    return (this.#description.components.schemas[reference.slice(PREFIX.length)]?.enum ?? []) as string[]
  }

  isDescribed(path: string): boolean {
    return path in this.#description.paths
  }

  /** The base of a type, and what the value of its discriminator adds. */
  #chosen(name: string, discriminator: unknown): unknown {
    const base = { $ref: `${PREFIX}${name}.base` }
    const by = discriminator as { propertyName: string; mapping?: Record<string, string> } | undefined
    if (!by?.mapping) return base
    const choices = Object.entries(by.mapping).map(([value, reference]) => ({
      // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
      then: { $ref: `${reference}.base` },
      if: { properties: { [by.propertyName]: { const: value } }, required: [by.propertyName] },
    }))
    return { allOf: [base, ...choices] }
  }

  /** Refers to bases in `allOf`; what properties and items refer to may hold nothing more than it says. */
  #closed(schema: unknown, more: readonly string[], isPart = false): unknown {
    if (Array.isArray(schema)) return schema.map((one) => this.#closed(one, more, isPart))
    if (typeof schema !== 'object' || schema === null) return schema
    const { $ref, ...rest } = schema as Schema
    if (typeof $ref === 'string') {
      if (isPart) return { $ref: `${$ref}.base` }
      const target = this.#description.components.schemas[$ref.slice(PREFIX.length)]
      const isEnumeration = target !== undefined && 'enum' in target
      return isEnumeration ? { $ref } : { allOf: [{ $ref }], unevaluatedProperties: false }
    }
    return Object.fromEntries(
      Object.entries(rest).map(([key, value]) => {
        if (key === 'enum') return [key, [...(value as unknown[]), ...more]]
        return [key, this.#closed(value, more, key === 'allOf')]
      }),
    )
  }
}

/** Without the properties that are null: the descriptions forbid them, and their own examples hold them. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === null ? [] : [[key, withoutNulls(one)]])),
  )
}
