import type { ENDPOINTS } from '@holdfast/contract'
import type { z } from 'zod'

// Types only: a value import of the contract would bring zod into the browser.

type Endpoints = typeof ENDPOINTS

/** Key of a route that answers with JSON or with nothing: `GET /api/runs/{ref}`. */
export type ApiKey = {
  [K in keyof Endpoints]: Endpoints[K] extends { stream: string } ? never : K
}[keyof Endpoints]
export type GetKey = Extract<ApiKey, `GET ${string}`>
export type ChangeKey = Exclude<ApiKey, GetKey>

type Part<K extends ApiKey, P extends 'params' | 'query' | 'body'> =
  Endpoints[K] extends Record<P, infer S extends z.ZodType>
    ? Record<never, never> extends z.input<S>
      ? { [Q in P]?: z.input<S> }
      : { [Q in P]: z.input<S> }
    : unknown
type EditPart<K extends ApiKey> = Endpoints[K] extends { etag: 'write' }
  ? { /** The ETag that was read with what is edited. */ ifMatch: string | null }
  : unknown

/** What a request of the route takes: `params`, `query`, `body` and `ifMatch`, as far as it has them. */
export type ApiInput<K extends ApiKey> = Part<K, 'params'> & Part<K, 'query'> & Part<K, 'body'> & EditPart<K>

/** What it answers with; null when the answer is empty. */
export type ApiOutput<K extends ApiKey> = Endpoints[K]['response'] extends z.ZodType
  ? z.output<Endpoints[K]['response']>
  : null

/** The input may be left out when nothing in it is required. */
export type InputArgs<K extends ApiKey, Rest extends unknown[]> =
  Record<never, never> extends ApiInput<K> ? [input?: ApiInput<K>, ...Rest] : [input: ApiInput<K>, ...Rest]

/** Keys of routes whose answer bears an ETag that an edit sends back. */
export type TaggedKey = {
  [K in GetKey]: Endpoints[K] extends { etag: 'read' } ? K : never
}[GetKey]

/** Keys of routes that answer page by page. */
export type PagedKey = {
  [K in GetKey]: ApiOutput<K> extends { items: unknown[]; next: string | null } ? K : never
}[GetKey]
export type PageItem<K extends PagedKey> = ApiOutput<K> extends { items: (infer T)[] } ? T : never
