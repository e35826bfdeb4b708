import type { HoldfastError } from '@holdfast/contract'
import { type Dispatcher, Pool } from 'undici'
import { canceledError, throwIfCanceled } from '../../kit/exec.ts'
import { readCaFile } from '../smtp/certificate.ts'
import { networkError } from './network-error.ts'
import { nodeUrl } from './node-url.ts'

/** Statements have connections of their own: they must not wait for a reader whose answer is still being taken. */
const STATEMENT_CONNECTIONS = 2
const LONGEST_CONNECT_MS = 10_000
/** What is read of an answer that says no. */
const MOST_ERROR_BYTES = 65_536

export type Purpose = 'statement' | 'read' | 'write'

export interface HttpAddress {
  /** http(s)://host:port[/prefix], without credentials. */
  readonly url: string
  readonly authorization: string | null
  /** Authorities to trust instead of the public ones. */
  readonly caFile: string | null
}

export interface HttpLimits {
  readonly readers: number
  readonly writers: number
  /** How long to wait for an answer to begin, and for each next piece of it. */
  readonly timeoutMs: number
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Below the prefix, such as `/query`. */
  readonly path: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** Of a header, by its name in lower case; empty when it is not there. */
  header(name: string): string
  /** The body as it comes; to leave off early breaks the connection. Throws what a request throws. */
  body(): AsyncIterable<Buffer>
  /** The beginning of the body, for answers that say no. */
  text(): Promise<string>
}

/** Keep-alive connections to one HTTP server. Every failure of the network is a HoldfastError; no status is. */
export class HttpPools implements AsyncDisposable {
  /** Origin and prefix, without a slash at the end: what messages name. */
  readonly at: string
  readonly #origin: string
  readonly #prefix: string
  readonly #address: HttpAddress
  readonly #limits: HttpLimits
  #pools: Promise<Readonly<Record<Purpose, Pool>>> | undefined

  constructor(address: HttpAddress, limits: HttpLimits) {
    const url = nodeUrl(address.url)
    this.#origin = url.origin
    this.#prefix = url.pathname.replace(/\/+$/, '')
    this.at = this.#origin + this.#prefix
    this.#address = address
    this.#limits = limits
  }

  /** Throws `node-unreachable`, `node-certificate-untrusted`, `node-answer-invalid`, or that the signal was fired. */
  async send(purpose: Purpose, request: HttpRequest): Promise<HttpAnswer> {
    const { signal } = request
    throwIfCanceled(signal)
    this.#pools ??= this.#open()
    const pool = (await this.#pools)[purpose]
    try {
      return this.#answer(await pool.request(this.#options(request)), signal)
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const pools = await this.#pools?.catch(() => undefined)
    await Promise.all(Object.values(pools ?? {}).map((pool) => pool.destroy()))
  }

  async #open(): Promise<Readonly<Record<Purpose, Pool>>> {
    const { readers, writers, timeoutMs } = this.#limits
    const ca = this.#address.caFile === null ? {} : { ca: await readCaFile(this.#address.caFile) }
    const open = (connections: number) =>
      new Pool(this.#origin, {
        connections,
        connect: { ...ca, timeout: Math.min(timeoutMs, LONGEST_CONNECT_MS) },
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        // One connection for everything would take the meaning from the numbers of readers and writers.
        allowH2: false,
      })
    return { statement: open(STATEMENT_CONNECTIONS), read: open(readers), write: open(writers) }
  }

  #options({ method, path, parameters, headers, body, signal }: HttpRequest): Dispatcher.RequestOptions {
    const query = parameters ? `?${new URLSearchParams(parameters).toString()}` : ''
    const { authorization } = this.#address
    return {
      method,
      path: this.#prefix + path + query,
      headers: { ...headers, ...(authorization === null ? {} : { authorization }) },
      body: body ?? null,
      signal,
    }
  }

  #answer(data: Dispatcher.ResponseData, signal: AbortSignal): HttpAnswer {
    const body = () => this.#body(data, signal)
    return {
      status: data.statusCode,
      header: (name) => [data.headers[name] ?? ''].flat().join(', '),
      body,
      text: () => beginningOf(body()),
    }
  }

  async *#body(data: Dispatcher.ResponseData, signal: AbortSignal): AsyncIterable<Buffer> {
    try {
      yield* data.body
    } catch (error) {
      throw this.#failure(error, signal)
    }
  }

  #failure(error: unknown, signal: AbortSignal): HoldfastError {
    if (signal.aborted) return canceledError(signal)
    return networkError(this.at, error, this.#limits.timeoutMs)
  }
}

async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MOST_ERROR_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, MOST_ERROR_BYTES).toString('utf8')
}
