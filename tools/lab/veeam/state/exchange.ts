import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LabAnswer } from '../wire/answer.ts'

/** One request that the simulator was sent. What the token call carried is not kept, but for the kind of grant. */
export interface LabRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** As its header says it, or null. */
  readonly version: string | null
  /** Of the token call: `password` or `refresh_token`. */
  readonly grant: string | null
  /** 0 while, or because, there is no answer. */
  readonly status: number
  /** Whether it bore a living token. */
  readonly authorised: boolean
}

const MOST_BODY = 64 * 1024

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length <= MOST_BODY) chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function send(response: ServerResponse, answer: LabAnswer): void {
  const body = answer.json === undefined ? '' : JSON.stringify(answer.json)
  const type = answer.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(answer.status, { ...type, 'content-length': Buffer.byteLength(body), ...answer.headers })
  response.end(body)
}

export function sendHtml(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers })
  response.end('<!doctype html><title>Gateway</title><h1>Gateway</h1>')
}

/** The head of the answer and half of its body, then the end of the connection. */
export function sendHalf(response: ServerResponse, answer: LabAnswer): void {
  const body = JSON.stringify(answer.json ?? {})
  const length = Math.max(2, Buffer.byteLength(body))
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': length })
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
}

/** One request while it is worked on. */
export class Call implements LabRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly version: string | null
  status = 0
  authorised = false
  grant: string | null = null
  readonly #isForm: boolean
  #form: URLSearchParams | null = null
  #authorization: string | undefined

  constructor(request: IncomingMessage) {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const version = request.headers['x-api-version']
    this.method = request.method ?? 'GET'
    this.path = url.pathname
    this.query = url.searchParams
    this.version = typeof version === 'string' ? version : null
    this.#isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
    this.#authorization = request.headers.authorization
  }

  get form(): URLSearchParams | null {
    return this.#form
  }

  get authorization(): string | undefined {
    return this.#authorization
  }

  async readForm(request: IncomingMessage): Promise<void> {
    const body = await bodyOf(request)
    if (!this.#isForm) return
    this.#form = new URLSearchParams(body)
    this.grant = this.#form.get('grant_type')
  }
}
