import { z } from 'zod'

/** As much of a JSON Schema as the reference needs. */
export interface JsonSchema {
  $schema?: string
  $id?: string
  title?: string
  description?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
  if?: JsonSchema
  then?: JsonSchema
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
}

const STANDARD_FORMATS = ['date-time', 'email', 'uri', 'uuid', 'ipv4', 'ipv6']

/** What a person may write: fields with a default need not be there. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return tidy(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
}

/** Drops formats of zod's own that editors complain about; their pattern says the same. */
function tidy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(tidy) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(
    ([key, inner]) => key !== 'format' || typeof inner !== 'string' || STANDARD_FORMATS.includes(inner),
  )
  return Object.fromEntries(entries.map(([key, inner]) => [key, tidy(inner)])) as T
}

/** The variants of a schema: its branches, or itself. */
export function variants(schema: JsonSchema): JsonSchema[] {
  return schema.oneOf ?? [schema]
}
