import { setTimeout as pause } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { type Dispatcher, Pool } from 'undici'
import { canceledError, throwIfCanceled } from '../../kit/exec.ts'
import { networkError } from './network-error.ts'
import { nodeUrl } from './node-url.ts'
import { isBroken, isForLater, pauseBefore, REPEATS } from './repeats.ts'
import { fingerprintOf, type Trust, trustingConnector } from './trust.ts'

const LONGEST_CONNECT_MS = 10_000
const MOST_BYTES = 256 * 1024 * 1024
/** What is kept of an answer for messages, in characters. */
const BEGINNING = 4000

export interface JsonAddress {
  /** http(s)://host:port[/prefix], without credentials. */
  readonly url: string
  /** PEM file of the authorities to trust instead of the public ones. */
  readonly caFile: string | null
  /** SHA-256 of the server's certificate: then only that certificate is trusted, whatever its name or issuer. */
  readonly fingerprint: string | null
}

export interface JsonLimits {
  /** How many requests go on at the same time; more wait. */
  readonly connections: number
  /** How long to wait for an answer to begin, and for each next piece of it. */
  readonly timeoutMs: number
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the prefix, such as `/sessions`; what stands in it is escaped already. */
  readonly path: string
  /** A list is sent as the same parameter several times. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** The body: one of both. */
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

export interface JsonAnswer {
  readonly status: number
  /** Of a header, by its name in lower case; empty when it is not there. */
  header(name: string): string
  /** Undefined when the body is empty or no JSON. */
  readonly json: unknown
  /** The beginning of the body, for messages. */
  readonly text: string
}

/**
 * Keep-alive connections to one server that speaks JSON over HTTP. Any status is an answer; what is no answer is
 * `node-unreachable`, `node-certificate-untrusted`, `node-answer-invalid` or what the signal was fired with.
 * GET, PUT and DELETE are repeated up to three times when the server says to come later or the connection breaks;
 * POST never, for it may have been done. undici's own repeats do not fit: they ask for the rest of a broken answer by
 * its range, which servers that make their answers up cannot give.
 */
export class JsonServer implements AsyncDisposable {
  /** Origin and prefix, without a slash at the end: what messages name. */
  readonly at: string
  readonly #origin: string
  readonly #prefix: string
  readonly #trust: Trust
  readonly #limits: JsonLimits
  #pool: Promise<Pool> | undefined
  #calls = 0
  #sentBytes = 0

  /** Connects at the first request. Throws `config-invalid` for an address or a fingerprint that is none. */
  constructor({ url: text, caFile, fingerprint }: JsonAddress, limits: JsonLimits) {
    const url = nodeUrl(text)
    if (fingerprint !== null && url.protocol !== 'https:')
      throw new HoldfastError(
        'config-invalid',
        'a node with the fingerprint of a certificate needs an address with https://',
      )
    this.#origin = url.origin
    this.#prefix = url.pathname.replace(/\/+$/, '')
    this.at = this.#origin + this.#prefix
    this.#trust = { caFile, fingerprint: fingerprint === null ? null : fingerprintOf(fingerprint) }
    this.#limits = limits
  }

  /** Requests sent, repeats counted. */
  get calls(): number {
    return this.#calls
  }

  /** Bytes of the bodies of all requests, repeats counted. */
  get sentBytes(): number {
    return this.#sentBytes
  }

  async send(request: JsonRequest): Promise<JsonAnswer> {
    const { signal } = request
    let repeats = request.method === 'POST' ? 0 : REPEATS
    for (let number = 1; ; number += 1, repeats -= 1) {
      throwIfCanceled(signal)
      try {
        const answer = await this.#once(request)
        if (repeats === 0 || !isForLater(answer.status)) return answer
        await this.#pause(pauseBefore(number, answer.header('retry-after')), signal)
      } catch (error) {
        if (signal.aborted) throw canceledError(signal)
        if (repeats === 0 || !isBroken(error)) throw networkError(this.at, error, this.#limits.timeoutMs)
        await this.#pause(pauseBefore(number), signal)
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pool = await this.#pool?.catch(() => undefined)
    await pool?.destroy()
  }

  async #once(request: JsonRequest): Promise<JsonAnswer> {
    this.#pool ??= this.#open()
    const pool = await this.#pool
    const options = this.#options(request)
    this.#calls += 1
    this.#sentBytes += Buffer.byteLength(options.body)
    const data = await pool.request(options)
    // Piece by piece: pages are large, and would stand in memory twice.
    data.body.setEncoding('utf8')
    let body = ''
    for await (const piece of data.body) body += piece
    return answerOf(data, body)
  }

  async #open(): Promise<Pool> {
    const { connections, timeoutMs } = this.#limits
    const longest = Math.min(timeoutMs, LONGEST_CONNECT_MS)
    return new Pool(this.#origin, {
      connections,
      connect: await trustingConnector(this.at, this.#trust, longest),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: MOST_BYTES,
      allowH2: false,
    })
  }

  #options(request: JsonRequest): Dispatcher.RequestOptions & { body: string } {
    const { method, path, query, headers, json, form, signal } = request
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
    const body = form ? new URLSearchParams(form).toString() : json === undefined ? '' : JSON.stringify(json)
    const contentType = body === '' ? {} : { 'content-type': type }
    return {
      method,
      path: this.#prefix + path + queryOf(query),
      headers: { accept: 'application/json', ...contentType, ...headers },
      body,
      signal,
    }
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    await pause(ms, undefined, { signal }).catch(() => {
      throw canceledError(signal)
    })
  }
}

function answerOf({ statusCode, headers }: Dispatcher.ResponseData, body: string): JsonAnswer {
  return {
    status: statusCode,
    header: (name) => [headers[name] ?? ''].flat().join(', '),
    json: parse(body),
    text: body.slice(0, BEGINNING),
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function queryOf(query: JsonRequest['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, String(one)]),
  )
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
}
