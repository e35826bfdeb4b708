import { type Endpoint, HoldfastError, type JsonValue } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { MOST_PROBLEMS, type SchemaProblem, schemaProblems } from '../../kit/schema-problems.ts'

export interface Input {
  params: unknown
  query: unknown
  body: unknown
}

/**
 * What a request sent, checked by the schemas of its endpoint. Throws `config-invalid` with the mistakes,
 * `request-invalid` for text that no database can hold.
 */
export function parseInput(endpoint: Endpoint, request: FastifyRequest): Input {
  for (const part of [request.params, request.query, request.body]) requireStorable(part)
  const problems: SchemaProblem[] = []
  const checked = (schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined
    const result = schema.safeParse(value)
    if (result.success) return result.data
    problems.push(...schemaProblems(schema, value))
    return undefined
  }
  const input = {
    params: checked(endpoint.params, { ...(request.params as object) }),
    query: checked(endpoint.query, { ...(request.query as object) }),
    body: checked(endpoint.body, request.body),
  }
  if (!endpoint.query && Object.keys(request.query as object).length > 0) {
    problems.push(...unknownParameters(request.query as object))
  }
  const first = problems[0]
  if (!first) return input
  const more =
    problems.length > 1 ? `, and ${problems.length < MOST_PROBLEMS ? problems.length - 1 : 'many'} more` : ''
  const details: JsonValue = problems.map(({ path, message, hint }) =>
    hint === undefined ? { path, message } : { path, message, hint },
  )
  throw new HoldfastError('config-invalid', `${first.message}${more}`, {
    hint: first.hint ?? 'Correct what is named under "problems" and send the request again.',
    details: { problems: details },
  })
}

function unknownParameters(query: object): SchemaProblem[] {
  return Object.keys(query)
    .slice(0, MOST_PROBLEMS)
    .map((key) => ({
      path: [key.slice(0, 100)],
      message: `unknown parameter "${key.slice(0, 100)}"`,
    }))
}

/** PostgreSQL refuses U+0000 in every text, and halves of surrogate pairs in JSON. */
function requireStorable(value: unknown): void {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return
    throw new HoldfastError('request-invalid', 'a text of the request holds U+0000 or half a character')
  }
  if (value === null || typeof value !== 'object') return
  for (const [key, item] of Object.entries(value)) {
    requireStorable(key)
    requireStorable(item)
  }
}
