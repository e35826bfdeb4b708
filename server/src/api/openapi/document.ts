import { type Endpoint, type EndpointKey, type Endpoints, methodAndPath, problem } from '@holdfast/contract'
import type { z } from 'zod'
import { type JsonSchema, SchemaCollection } from './json-schemas.ts'

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: JsonSchema
  servers: JsonSchema[]
  tags: { name: string }[]
  paths: Record<string, Record<string, JsonSchema>>
  components: Record<string, Record<string, JsonSchema>>
}

/** The description of the API, made from the endpoints that the server registers: it cannot say anything else. */
export function openApiDocument(endpoints: Endpoints, version: string): OpenApiDocument {
  const schemas = new SchemaCollection()
  const problemSchema = schemas.add(problem, 'output')
  const paths: OpenApiDocument['paths'] = {}
  for (const [key, endpoint] of Object.entries(endpoints)) {
    const { method, path } = methodAndPath(key as EndpointKey)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(endpoint, method, schemas) }
  }
  const tags = [...new Set(Object.values(endpoints).map(({ tag }) => tag))].map((name) => ({ name }))
  return {
    openapi: '3.1.0',
    info: { title: 'Holdfast', version, description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'holdfast', description: COOKIE },
        token: { type: 'http', scheme: 'bearer', description: 'An API token: `hft_...`' },
        startToken: { type: 'http', scheme: 'bearer', description: 'The token of a start address of a job' },
      },
      responses: {
        Problem: {
          description: 'What went wrong, and what to do about it (RFC 9457)',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
  }
}

const DESCRIPTION =
  'Everything Holdfast does can be asked for here. Errors are problem documents with a stable `code` and a `hint`. Lists are paged: `next` is the `after` of the following page. A POST with an `Idempotency-Key` is done once, however often it is sent within a day.'
const COOKIE =
  'Set by signing in; named `__Host-holdfast` over https. Changes must come from the same origin.'

function operation(endpoint: Endpoint, method: string, schemas: SchemaCollection): JsonSchema {
  const { id, tag, summary, permission, limited, body } = endpoint
  const parameters = [
    ...parametersOf(endpoint.params, 'path', schemas),
    ...parametersOf(endpoint.query, 'query', schemas),
    ...headersOf(endpoint, method),
  ]
  return {
    operationId: id,
    summary,
    tags: [tag],
    'x-permission': permission,
    'x-limited-users': limited,
    security: securityOf(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.add(body, 'input') } },
      },
    }),
    responses: { ...answersOf(endpoint, schemas), default: { $ref: '#/components/responses/Problem' } },
  }
}

function securityOf({ permission, tokenToo, ownToken }: Endpoint): JsonSchema[] {
  if (ownToken) return [{ startToken: [] }]
  if (permission === 'public') return []
  return permission === 'account' && !tokenToo ? [{ session: [] }] : [{ session: [] }, { token: [] }]
}

function parametersOf(
  object: z.ZodObject | undefined,
  place: 'path' | 'query',
  schemas: SchemaCollection,
): JsonSchema[] {
  if (!object) return []
  const { properties = {}, required = [] } = schemas.add(object, 'input') as {
    properties?: Record<string, JsonSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

function headersOf({ etag, onlyAsks, permission }: Endpoint, method: string): JsonSchema[] {
  const header = (name: string, required: boolean, description: string) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', maxLength: 200 },
  })
  return [
    ...(etag === 'write' ? [header('If-Match', true, 'The ETag that was read; `*` for any state')] : []),
    ...(etag === 'read' && method === 'GET'
      ? [header('If-None-Match', false, 'The ETag known: 304 if it is still so')]
      : []),
    ...(method === 'POST' && !onlyAsks && permission !== 'public' && permission !== 'account'
      ? [header('Idempotency-Key', false, 'The request is done once for each key')]
      : []),
  ]
}

function answersOf(endpoint: Endpoint, schemas: SchemaCollection): JsonSchema {
  const { response, etag, stream, textTypes = [] } = endpoint
  if (response === null) return { 204: { description: 'Done' } }
  const type =
    stream === 'events' ? 'text/event-stream' : stream === 'text' ? 'text/plain' : 'application/json'
  const headers = etag && { ETag: { description: 'The revision', schema: { type: 'string' } } }
  return {
    [endpoint.status ?? 200]: {
      description: endpoint.summary,
      ...(headers && { headers }),
      content: {
        [type]: { schema: schemas.add(response, 'output') },
        ...Object.fromEntries(textTypes.map((text) => [text, { schema: { type: 'string' } }])),
      },
    },
  }
}
