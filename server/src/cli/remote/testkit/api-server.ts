import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import {
  asHoldfastError,
  ENDPOINTS,
  type Endpoint,
  ERROR_CODES,
  ERROR_KINDS,
  HoldfastError,
  methodAndPath,
} from '@holdfast/contract'
import type { EndpointName } from '../call.ts'
import type { Routes } from './control-routes.ts'

export interface SeenRequest {
  method: string
  path: string
  headers: http.IncomingHttpHeaders
  body: unknown
}

export interface ApiServer extends AsyncDisposable {
  readonly url: string
  readonly seen: SeenRequest[]
}

/** Called before the request is answered; true when it did something else with the answer. */
export type Fault = (request: SeenRequest, response: http.ServerResponse) => boolean

export interface ApiServerOptions {
  tls?: { key: string; cert: string }
  /** The only token that is let in. */
  token?: string
  fault?: Fault
  /** Set on the answer to a sign-in. */
  cookie?: string
}

/** Serves routes of the contract on loopback: what comes in and what goes out is checked by the schemas. */
export async function serveApi(routes: Routes, options: ApiServerOptions = {}): Promise<ApiServer> {
  const seen: SeenRequest[] = []
  const listener: http.RequestListener = (request, response) => void answer(request, response)
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener)

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const url = new URL(request.url ?? '/', 'http://localhost')
    const told = { method: request.method ?? '', path: url.pathname, headers: request.headers, body }
    seen.push(told)
    if (options.fault?.(told, response)) return
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      const isPublic = url.pathname === '/api/auth/login' || request.headers.cookie !== undefined
      if (!isPublic && request.headers.authorization !== `Bearer ${options.token ?? 'secret'}`)
        throw new HoldfastError('not-signed-in', 'no valid session or token')
      const { value, status } = await dispatch(routes, told, url, gone.signal)
      if (options.cookie !== undefined && url.pathname === '/api/auth/login')
        response.setHeader('set-cookie', `${options.cookie}; Path=/; HttpOnly`)
      if (value === undefined) response.writeHead(204).end()
      else
        response
          .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
          .end(JSON.stringify(value))
    } catch (thrown) {
      sendProblem(response, asHoldfastError(thrown))
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function dispatch(
  routes: Routes,
  { method, body, headers }: SeenRequest,
  url: URL,
  signal: AbortSignal,
): Promise<{ value: unknown; status: number }> {
  for (const [key, endpoint] of Object.entries<Endpoint>(ENDPOINTS)) {
    const params = paramsOf(key as EndpointName, method, url.pathname)
    const handler = routes[key as EndpointName] as ((asked: unknown) => Promise<unknown>) | undefined
    if (params === null || !handler) continue
    const query: Record<string, string | string[]> = {}
    for (const name of url.searchParams.keys()) {
      const values = url.searchParams.getAll(name)
      query[name] = values.length === 1 ? (values[0] ?? '') : values
    }
    const value = await handler({
      params: endpoint.params?.parse(params),
      query: endpoint.query?.parse(query),
      body: endpoint.body?.parse(body),
      revision: endpoint.etag === 'write' ? revisionOf(headers['if-match']) : null,
      signal,
    })
    return { value: endpoint.response?.parse(value), status: endpoint.status ?? 200 }
  }
  throw new HoldfastError('route-unknown', `there is nothing at ${method} ${url.pathname}`)
}

function paramsOf(key: EndpointName, method: string, path: string): Record<string, string> | null {
  const endpoint = methodAndPath(key)
  if (endpoint.method !== method) return null
  const pattern = endpoint.path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  const match = new RegExp(`^${pattern}$`).exec(path)
  if (!match) return null
  const groups = Object.entries(match.groups ?? {})
  return Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]))
}

function revisionOf(header: string | undefined): number | null {
  if (header === undefined) throw new HoldfastError('edit-unconditional', 'If-Match is missing')
  return header === '*' ? null : Number(header.slice(1, -1))
}

function sendProblem(response: http.ServerResponse, error: HoldfastError): void {
  const { kind, code, message, hint, details } = error
  const entry = ERROR_CODES[code]
  const status = 'httpStatus' in entry ? entry.httpStatus : ERROR_KINDS[kind].httpStatus
  const body = {
    type: `/docs/errors#${code}`,
    title: code,
    status,
    detail: message,
    code,
    kind,
    hint,
    details,
  }
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body))
}
