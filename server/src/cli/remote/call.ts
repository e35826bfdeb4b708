import { randomUUID } from 'node:crypto'
import { ENDPOINTS, methodAndPath } from '@holdfast/contract'
import type { z } from 'zod'
import { type HttpRequest, httpSender } from './http.ts'
import { sendAgain } from './send-again.ts'

export type EndpointName = keyof typeof ENDPOINTS
type Declared<K extends EndpointName> = (typeof ENDPOINTS)[K]
type QueryValue = string | number | boolean | readonly string[] | undefined

type Params<K extends EndpointName> =
  Declared<K> extends { params: infer P extends z.ZodType } ? { params: z.input<P> } : object
type Body<K extends EndpointName> =
  Declared<K> extends { body: infer B extends z.ZodType } ? { body: z.input<B> } : object
type Query<K extends EndpointName> =
  Declared<K> extends { query: infer Q extends z.ZodType }
    ? { query?: { [N in keyof z.input<Q>]?: QueryValue } }
    : object
export type CallInput<K extends EndpointName> = Params<K> &
  Query<K> &
  Body<K> & { headers?: Record<string, string>; timeoutMs?: number; signal?: AbortSignal }

export type CallResult<K extends EndpointName> =
  Declared<K> extends { response: infer R extends z.ZodType } ? z.output<R> : undefined

export interface CallerOptions {
  /** Address of the server, perhaps with a path that its proxy wants. */
  url: string
  /** Sent with every request; none for a sign-in. */
  token?: string | undefined
  /** PEM text of the authority to trust. */
  ca?: string | undefined
  /** How often a request is tried that may be repeated; 3 without it. */
  tries?: number | undefined
  timeoutMs?: number | undefined
  /** First pause before the next try, in milliseconds. */
  backOffMs?: number | undefined
}

export interface Caller {
  readonly origin: string
  /** Calls one route of the API; what it answers is checked against the contract. */
  call<K extends EndpointName>(key: K, input: CallInput<K>): Promise<CallResult<K>>
  /** As {@link Caller.call}, with the cookies that the server sets. */
  callForCookie<K extends EndpointName>(
    key: K,
    input: CallInput<K>,
  ): Promise<{ value: CallResult<K>; cookie: string }>
}

const TIMEOUT_MS = 30_000
const TRIES = 3
const BACK_OFF_MS = 400

export function createCaller(options: CallerOptions): Caller {
  const base = options.url.replace(/\/+$/, '')
  const send = httpSender(options.ca)
  const retry = { tries: options.tries ?? TRIES, backOffMs: options.backOffMs ?? BACK_OFF_MS }
  const request = <K extends EndpointName>(key: K, input: CallInput<K>): HttpRequest => {
    const { method, path } = methodAndPath(key)
    const { params, query, body } = input as AnyInput
    const url = new URL(base + fillPath(path, params ?? {}) + queryText(query ?? {}))
    const headers: Record<string, string> = { accept: 'application/json, application/problem+json' }
    if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (method === 'POST') headers['idempotency-key'] = randomUUID()
    Object.assign(headers, input.headers)
    const timeoutMs = input.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS
    return { url, method, headers, body: JSON.stringify(body), timeoutMs, signal: input.signal }
  }
  const ask = async <K extends EndpointName>(key: K, input: CallInput<K>) => {
    const { answer, value } = await sendAgain(request(key, input), ENDPOINTS[key], {
      ...retry,
      origin: base,
      send,
    })
    return { answer, value: value as CallResult<K> }
  }
  return {
    origin: base,
    call: async (key, input) => (await ask(key, input)).value,
    async callForCookie(key, input) {
      const { answer, value } = await ask(key, input)
      const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0])
      return { value, cookie: cookies.join('; ') }
    },
  }
}

interface AnyInput {
  params?: Record<string, string>
  query?: Record<string, QueryValue>
  body?: unknown
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function queryText(query: Record<string, QueryValue>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const one of typeof value === 'object' ? value : [value]) search.append(name, String(one))
  }
  return search.size > 0 ? `?${search}` : ''
}
