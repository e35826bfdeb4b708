import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/**
 * What a request must be allowed to do. `public`: nobody has to sign in. `account`: a person who is signed in, about
 * themselves; no token may. Every other one is granted by roles and can be a scope of a token.
 */
export const PERMISSIONS = ['read', 'operate', 'lock', 'metrics', 'configure', 'administer'] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = {
  viewer: ['read'],
  operator: ['read', 'operate', 'lock'],
  admin: PERMISSIONS,
} as const satisfies Record<string, readonly Permission[]>
export type Role = keyof typeof ROLES

/** One route of the API as data: what registers it, describes it (OpenAPI), calls it and tests it reads the same. */
export interface Endpoint {
  /** Name for generated clients: `listRuns`. */
  id: string
  tag: string
  summary: string
  permission: Permission | 'public' | 'account'
  /** Of what is for a person who is signed in: a token may it too, whatever its scope, about itself. */
  tokenToo?: true
  /** Of what is public: the request bears a token that the handler checks. Cookies count for nothing, so that it may come from anywhere. */
  ownToken?: true
  /**
   * What a user limited to some nodes gets: `filtered` what belongs to jobs on these nodes, `refused` nothing,
   * `same` what everybody gets, because nothing in it belongs to a node.
   */
  limited: 'filtered' | 'refused' | 'same'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** Null: the answer is empty (204). */
  response: z.ZodType | null
  status?: 200 | 201 | 202
  /** `read` answers with an ETag; `write` wants If-Match as well. */
  etag?: 'read' | 'write'
  /** A POST that only asks: made twice it costs time and nothing else, so no answer is kept for an Idempotency-Key. */
  onlyAsks?: true
  /** Not JSON: live events, plain text, or a file to keep, of which the handler says the type. */
  stream?: 'events' | 'text' | 'file'
  /** Types of text that a file may be of when it is not the JSON of its response. */
  textTypes?: readonly string[]
}

export type EndpointKey = `${Method} /${string}`
export type Endpoints = Record<EndpointKey, Endpoint>

/** What the `events` of {@link Endpoint.stream} carry is told by its response schema: a union with an `event` each. */
export function methodAndPath(key: EndpointKey): { method: Method; path: string } {
  const space = key.indexOf(' ')
  return { method: key.slice(0, space) as Method, path: key.slice(space + 1) }
}
