import { type Endpoint, HoldfastError, type JsonValue } from '@holdfast/contract'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type SchemaProblem, schemaProblems } from '../../kit/schema-problems.ts'

export interface Input {
  params: unknown
  query: unknown
  body: unknown
}

/** What a request sent, checked by the schemas of its endpoint. Throws `config-invalid` with every mistake. */
export function parseInput(endpoint: Endpoint, request: FastifyRequest): Input {
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
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : ''
  const details: JsonValue = problems.map(({ path, message, hint }) =>
    hint === undefined ? { path, message } : { path, message, hint },
  )
  throw new HoldfastError('config-invalid', `${first.message}${more}`, {
    hint: first.hint ?? 'Correct what is named under "problems" and send the request again.',
    details: { problems: details },
  })
}

function unknownParameters(query: object): SchemaProblem[] {
  return Object.keys(query).map((key) => ({
    path: [key],
    message: `unknown parameter "${key.slice(0, 100)}"`,
  }))
}
