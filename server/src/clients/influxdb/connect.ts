import { HoldfastError } from '@holdfast/contract'
import { type HttpAnswer, HttpPools, type HttpRequest } from '../http/pools.ts'
import { type ResultSeries, readAnswer } from './answer.ts'
import { answerError, refusedPoints, statementError } from './errors.ts'

export type { Cell, ResultSeries } from './answer.ts'

export type InfluxProduct = 'influxdb-1' | 'influxdb-2' | 'influxdb-3' | 'victoria-metrics'

export interface InfluxAddress {
  /** http(s)://host:port[/prefix], without credentials. */
  readonly url: string
  readonly user: string | null
  readonly password: string | null
  /** Instead of user and password. */
  readonly token: string | null
  /** PEM file of the authorities to trust instead of the public ones. */
  readonly caFile: string | null
  readonly product: InfluxProduct
}

export interface InfluxLimits {
  /** How many answers of {@link InfluxServer.stream} and how many writes go on at the same time; more wait. */
  readonly readers: number
  readonly writers: number
  /** How long to wait for an answer to begin, and for each next piece of it. */
  readonly timeoutMs: number
}

const CHUNK_ROWS = 10_000
/** Longer statements go into the body: proxies refuse long addresses. */
const LONGEST_IN_ADDRESS = 4000

/** Where not at /ping: what stores the data in a cluster of VictoriaMetrics has nothing there. */
const PING: Partial<Readonly<Record<InfluxProduct, Pick<HttpRequest, 'path' | 'parameters'>>>> = {
  'victoria-metrics': { path: '/query', parameters: { q: 'SHOW DATABASES' } },
}

const NAMES: Readonly<Record<InfluxProduct, string>> = {
  'influxdb-1': 'InfluxDB',
  'influxdb-2': 'InfluxDB',
  'influxdb-3': 'InfluxDB',
  'victoria-metrics': 'VictoriaMetrics',
}

/**
 * A server that speaks the HTTP interface of InfluxDB 1.x. All methods throw `node-unreachable`,
 * `node-certificate-untrusted`, `node-auth-failed`, `privilege-missing`, `database-absent`, `node-full`, `node-refused`
 * or `node-answer-invalid`, and what their signal was fired with. None repeats anything by itself.
 * Only InfluxDB 1.x answers all statements; the others are for {@link ping} and {@link write}.
 */
export class InfluxServer implements AsyncDisposable {
  readonly product: InfluxProduct
  readonly #http: HttpPools

  private constructor(address: InfluxAddress, limits: InfluxLimits) {
    this.product = address.product
    const { url, caFile } = address
    this.#http = new HttpPools({ url, caFile, authorization: authorizationOf(address) }, limits)
  }

  /** Connects at the first request. Throws `config-invalid` for an address that is none. */
  static connect(address: InfluxAddress, limits: InfluxLimits): InfluxServer {
    return new InfluxServer(address, limits)
  }

  /** Its address without credentials: what messages name. */
  get at(): string {
    return this.#http.at
  }

  /**
   * Whether it is there, and its version: empty for VictoriaMetrics, which does not say. InfluxDB 1.x does not look at
   * user and password for this.
   */
  async ping(signal: AbortSignal): Promise<{ version: string }> {
    const request = PING[this.product] ?? { path: '/ping' }
    const answer = await this.#http.send('statement', { ...request, method: 'GET', signal })
    const text = await answer.text()
    if (answer.status !== 200 && answer.status !== 204)
      throw this.#refusal(answer, text, `GET ${request.path}`)
    const version = versionIn(this.product, answer.header('x-influxdb-version'), text)
    if (version !== null) return { version }
    const message = `what answers at ${this.at} is not ${NAMES[this.product]}`
    const details = { address: this.at, status: answer.status }
    throw new HoldfastError('node-answer-invalid', message, { details })
  }

  /**
   * Sends one statement. Times are ns since 1970. Series that came in several pieces are put together. Of a whole
   * number no digit is lost: see {@link Cell}.
   */
  async query(statement: string, options: { db?: string; signal: AbortSignal }): Promise<ResultSeries[]> {
    const { db, signal } = options
    const parameters = { ...(db === undefined ? {} : { db }), ...chunks(CHUNK_ROWS) }
    const answer = await this.#http.send('statement', { ...asked(statement, parameters), signal })
    if (answer.status !== 200) throw this.#refusal(answer, await answer.text(), statement)
    return await readAnswer(this.at, answer.body(), (said) =>
      statementError(said, { at: this.at, statement }),
    )
  }

  /**
   * Sends a statement that reads, and gives its answer in msgpack as it comes: a sequence of documents, cut anywhere,
   * of at most `chunkSize` rows each. An error that the server meets on the way stands in the answer itself; whoever
   * decodes it makes it an error with {@link statementError}. To stop early breaks the connection.
   */
  async *stream(
    statement: string,
    options: { db: string; chunkSize?: number; signal: AbortSignal },
  ): AsyncIterable<Buffer> {
    const { db, chunkSize = CHUNK_ROWS, signal } = options
    const request = asked(statement, { db, ...chunks(chunkSize) })
    const headers = { ...request.headers, accept: 'application/x-msgpack' }
    const answer = await this.#http.send('read', { ...request, headers, signal })
    if (answer.status !== 200) throw this.#refusal(answer, await answer.text(), statement)
    if (!answer.header('content-type').startsWith('application/x-msgpack')) {
      const details = { address: this.at, contentType: answer.header('content-type') }
      const text = await answer.text()
      const message = `${this.at} does not answer in msgpack, which InfluxDB does since version 1.4`
      throw new HoldfastError('node-answer-invalid', message, {
        details: { ...details, beginning: text.slice(0, 200) },
      })
    }
    yield* answer.body()
  }

  /**
   * Writes whole lines of line protocol with times in ns. Safe to repeat: the same points overwrite themselves. Throws
   * `points-refused` when the server refuses some or all of them; `isPartial` in its details says whether the others
   * are stored. VictoriaMetrics never says what it leaves out. The bytes may be used anew once this has settled.
   */
  async write(lines: Buffer, options: { db: string; rp: string; signal: AbortSignal }): Promise<void> {
    const { db, rp, signal } = options
    const parameters = { db, ...(rp === '' ? {} : { rp }), precision: 'ns' }
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    const request = { method: 'POST', path: '/write', parameters, headers, body: lines, signal } as const
    const answer = await this.#http.send('write', request)
    const text = await answer.text()
    if (answer.status === 204) return
    const { status } = answer
    const refused = refusedPoints({ at: this.at, status, text, header: answer.header('x-influxdb-error') })
    throw refused ?? this.#refusal(answer, text, `write to ${rp === '' ? db : `${db}, ${rp}`}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http[Symbol.asyncDispose]()
  }

  #refusal(answer: HttpAnswer, text: string, what: string): HoldfastError {
    const header = answer.header('x-influxdb-error')
    return answerError({ at: this.at, status: answer.status, text, header }, what)
  }
}

/** What the header Authorization says; null when nobody logs in. */
export function authorizationOf({ user, password, token }: InfluxAddress): string | null {
  if (token !== null) return `Token ${token}`
  return user === null ? null : `Basic ${Buffer.from(`${user}:${password ?? ''}`, 'utf8').toString('base64')}`
}

function chunks(rows: number) {
  return { epoch: 'ns', chunked: 'true', chunk_size: String(rows) }
}

/** What reads is a GET, as servers that only allow reading want it. */
function asked(statement: string, parameters: Readonly<Record<string, string>>): Omit<HttpRequest, 'signal'> {
  const path = '/query'
  const reads = /^\s*(SELECT|SHOW)\s/i.test(statement)
  if (reads && statement.length <= LONGEST_IN_ADDRESS)
    return { method: 'GET', path, parameters: { ...parameters, q: statement } }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', path, parameters, headers, body: new URLSearchParams({ q: statement }).toString() }
}

function versionIn(product: InfluxProduct, header: string, text: string): string | null {
  if (product === 'victoria-metrics') return text.startsWith('{"results":') ? '' : null
  if (header !== '') return header
  return /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? null
}
