import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { CmdbuildStore } from '../store/cmdbuild-store.ts'
import { LabError } from '../store/lab-error.ts'
import type { Reply, Route } from './call.ts'
import type { Fault, LabFaults } from './faults.ts'
import { ADMIN_ROLE, denied, type LabSession, type LabSessions } from './sessions.ts'

export interface SeenRequest {
  readonly method: string
  /** Below `/services/rest/v3`. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** 0 where no answer was sent. */
  status: number
}

export interface ServerParts {
  /** Where the application lies: `/cmdbuild`. */
  readonly context: string
  readonly routes: readonly Route[]
  readonly sessions: LabSessions
  readonly faults: LabFaults
  readonly tls: { key: string; cert: string } | null
  readonly store: CmdbuildStore
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly headers: Record<string, string>
}

const REST = '/services/rest/v3'
/** Sign-in and what belongs to it, which answer also without a session. */
const OPEN_ROUTE = 'POST /sessions'

/** HTTP in front of the routes: finds sessions, wraps answers, counts, and lets go wrong what is on order. */
export class LabHttpServer {
  readonly requests: SeenRequest[] = []
  writeRequests = 0
  changes = 0
  readonly #parts: ServerParts
  readonly #server: http.Server

  constructor(parts: ServerParts) {
    this.#parts = parts
    const handle = (request: http.IncomingMessage, response: http.ServerResponse) => {
      // It fails only where the client went away before it had sent all.
      this.#handle(request, response).catch(() => response.destroy())
    }
    this.#server = parts.tls ? https.createServer(parts.tls, handle) : http.createServer(handle)
  }

  /** Returns the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const url = new URL(request.url ?? '/', 'http://lab')
    const method = request.method ?? 'GET'
    const base = `${this.#parts.context}${REST}`
    if (!url.pathname.startsWith(`${base}/`)) {
      const isService = url.pathname.startsWith(`${this.#parts.context}/services/`)
      send(response, page(isService ? 401 : 404))
      return
    }
    const path = url.pathname.slice(base.length).replace(/\/$/, '')
    const seen = { method, path, query: Object.fromEntries(url.searchParams), status: 0 }
    this.requests.push(seen)
    const found = this.#find(method, path)
    const isWrite = found?.route.writes === true
    if (isWrite) this.writeRequests += 1
    const fault = this.#parts.faults.take({ method, path, isWrite })
    if (fault && 'reset' in fault) request.socket.destroy()
    if (fault && ('reset' in fault || 'hang' in fault)) return
    if (fault && 'delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    const answer =
      fault && 'status' in fault
        ? faultyAnswer(fault)
        : this.#answer(found, url.searchParams, request, Buffer.concat(chunks).toString())
    if (fault && 'lose' in fault) {
      request.socket.destroy()
      return
    }
    seen.status = answer.status
    send(response, answer)
  }

  #find(method: string, path: string): { route: Route; names: string[] } | null {
    for (const route of this.#parts.routes) {
      const names = route.method === method ? namesIn(route.path, path) : null
      if (names) return { route, names }
    }
    return null
  }

  #answer(
    found: { route: Route; names: string[] } | null,
    query: URLSearchParams,
    request: http.IncomingMessage,
    text: string,
  ): Answer {
    const before = this.#parts.store.revision
    try {
      const isLogin = found !== null && `${found.route.method} ${found.route.path}` === OPEN_ROUTE
      const session = isLogin ? NOBODY : this.#sessionOf(request, query, found?.route)
      if (!found) throw new LabError(404, 'java.lang.NullPointerException: resource not found')
      if (found.route.admin === true && session.role !== ADMIN_ROLE) throw denied('access denied')
      const { method } = found.route
      const call = { method, names: found.names, query, body: bodyOf(text), session }
      return this.#success(this.#parts.store.as(session.user, () => found.route.run(call)))
    } catch (error) {
      return this.#failure(error)
    } finally {
      if (this.#parts.store.revision !== before) this.changes += 1
    }
  }

  /** A session without a role may only choose one, or end. */
  #sessionOf(request: http.IncomingMessage, query: URLSearchParams, route: Route | undefined): LabSession {
    const session = this.#parts.sessions.use(tokenOf(request, query)) ?? this.#basic(request)
    if (!session || (session.role === null && !route?.path.startsWith('/sessions/')))
      throw new LabError(
        401,
        'org.springframework.security.authentication.InsufficientAuthenticationException: Full authentication is required to access this resource',
        { isPlain: true },
      )
    return session
  }

  /** Signs in anew with each request, and leaves the session open. */
  #basic(request: http.IncomingMessage): LabSession | undefined {
    const [, encoded] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
    if (encoded === undefined) return undefined
    const [, username, password] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? []
    return this.#parts.sessions.login({ username, password })
  }

  #success({ data, total, cookie }: Reply): Answer {
    const meta = total === undefined ? {} : { meta: { total } }
    const body = JSON.stringify({ success: true, ...(data === undefined ? {} : { data }), ...meta })
    const headers: Record<string, string> = { 'content-type': 'application/json' }
    if (cookie !== undefined) headers['set-cookie'] = cookie
    return { status: 200, body, headers }
  }

  #failure(error: unknown): Answer {
    const known =
      error instanceof LabError ? error : new LabError(500, `java.lang.RuntimeException: ${String(error)}`)
    const isShown = known.isPlain || this.#parts.store.version === '3.3'
    const message = isShown ? known.message : 'generic error'
    const code = known.code === null ? {} : { code: known.code }
    const said = {
      level: 'ERROR',
      show_user: known.code !== null,
      message,
      _message_translation: message,
      ...code,
    }
    return {
      status: known.status,
      body: JSON.stringify({ success: false, messages: [said] }),
      headers: { 'content-type': 'application/json' },
    }
  }
}

const NOBODY: LabSession = { id: '', user: '', role: null, beganAt: '', lastActive: 0 }

function namesIn(pattern: string, path: string): string[] | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return null
  const names: string[] = []
  for (const [index, part] of wanted.entries()) {
    const actual = given[index] ?? ''
    if (part === '{}') names.push(decodeURIComponent(actual))
    else if (part !== actual) return null
  }
  return names
}

function tokenOf(request: http.IncomingMessage, query: URLSearchParams): string | null {
  const header = request.headers['cmdbuild-authorization']
  if (typeof header === 'string') return header
  const cookie = /(?:^|;\s*)CMDBuild-Authorization=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
  return query.get('CMDBuild-Authorization') ?? cookie ?? null
}

function bodyOf(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>
  } catch {
    // Refused below.
  }
  throw new LabError(400, 'com.fasterxml.jackson.core.JsonParseException: invalid request body')
}

function faultyAnswer(fault: Extract<Fault, { status: number }>): Answer {
  const message = `simulated failure ${fault.status}`
  const said = { level: 'ERROR', show_user: false, message, _message_translation: message }
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (fault.retryAfter !== undefined) headers['retry-after'] = String(fault.retryAfter)
  return { status: fault.status, body: JSON.stringify({ success: false, messages: [said] }), headers }
}

/** What stands before the application answers in HTML. */
function page(status: number): Answer {
  const body = `<!doctype html><html><head><title>HTTP Status ${status}</title></head><body></body></html>`
  return { status, body, headers: { 'content-type': 'text/html' } }
}

function send(response: http.ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
  response.end(answer.body)
}
