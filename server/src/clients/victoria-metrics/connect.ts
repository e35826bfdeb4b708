import { type HttpAnswer, HttpPools, type HttpRequest } from '../http/pools.ts'
import { authorizationOf, type InfluxAddress, type InfluxLimits, InfluxServer } from '../influxdb/connect.ts'
import { answerError } from '../influxdb/errors.ts'
import { ExportReader, type ExportVisitor } from './export-reader.ts'
import { labelValuesOf, type ServerFacts, serverFacts } from './server-facts.ts'

export type { ServerFacts } from './server-facts.ts'

/** Which samples to read back. */
export interface ExportRange {
  /** A selector of series, such as `{__name__="cpu_usage"}`. */
  readonly match: string
  /** Whole seconds since 1970; samples of the last one come too. */
  readonly startSeconds: number
  readonly endSeconds: number
}

/**
 * A server of VictoriaMetrics by the interfaces of its own, which lose nothing that it can store. Its `/write` for clients
 * of InfluxDB does (version 1.79 was tried): strings become the number 0, the time 0 becomes the present, a string with a
 * newline breaks its point, and backslashes in names are read in pairs. All methods throw what those of `InfluxServer` do.
 */
export class VictoriaMetrics implements AsyncDisposable {
  readonly #http: HttpPools
  readonly #influx: InfluxServer

  private constructor(address: InfluxAddress, limits: InfluxLimits) {
    const { url, caFile } = address
    this.#http = new HttpPools({ url, caFile, authorization: authorizationOf(address) }, limits)
    this.#influx = InfluxServer.connect(address, limits)
  }

  /** Connects at the first request. Throws `config-invalid` for an address that is none. */
  static connect(address: InfluxAddress, limits: InfluxLimits): VictoriaMetrics {
    return new VictoriaMetrics(address, limits)
  }

  /** Its address without credentials: what messages name. */
  get at(): string {
    return this.#http.at
  }

  /** Whether it is there. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.#influx.ping(signal)
  }

  /**
   * Stores lines of JSON, one series each: see `SampleWriter`. It says yes to everything, also to what it leaves out, and a
   * sample that is there already is there twice then. The bytes may be used anew once this has settled.
   */
  async write(lines: Buffer, { signal }: { signal: AbortSignal }): Promise<void> {
    const path = '/api/v1/import'
    const headers = { 'content-type': 'application/json' }
    const request: HttpRequest = { method: 'POST', path, headers, body: lines, signal }
    const answer = await this.#http.send('write', request)
    const text = await answer.text()
    if (answer.status !== 204 && answer.status !== 200) throw this.#refusal(answer, text, path)
  }

  /** Makes what was written visible to {@link read}; it is not on the disk then. */
  async flush(signal: AbortSignal): Promise<void> {
    const path = '/internal/force_flush'
    const answer = await this.#http.send('statement', { method: 'GET', path, signal })
    const text = await answer.text()
    if (answer.status !== 200) throw this.#refusal(answer, text, path)
  }

  /** Tells the visitor every series of the range with its samples in the order of their times. */
  async read({ match, startSeconds, endSeconds }: ExportRange, visitor: ExportVisitor, signal: AbortSignal) {
    const path = '/api/v1/export'
    const [start, end] = [String(startSeconds), String(endSeconds)]
    // In the body: a selector of many metrics is too long for an address.
    const body = new URLSearchParams({ 'match[]': match, start, end }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await this.#http.send('read', { method: 'POST', path, headers, body, signal })
    if (answer.status !== 200) throw this.#refusal(answer, await answer.text(), path)
    const reader = new ExportReader(this.at, visitor)
    for await (const chunk of answer.body()) reader.push(chunk)
    reader.end()
  }

  /** The values that a label has in any series it has kept. */
  async labelValues(label: string, signal: AbortSignal): Promise<readonly string[]> {
    const path = `/api/v1/label/${encodeURIComponent(label)}/values`
    // Without a beginning it tells of the last days only.
    const parameters = { start: '0' }
    const answer = await this.#http.send('statement', { method: 'GET', path, parameters, signal })
    if (answer.status !== 200) throw this.#refusal(answer, await answer.text(), path)
    return labelValuesOf(this.at, await wholeText(answer))
  }

  /** What it tells about itself at /metrics; null when it tells nobody. */
  async facts(signal: AbortSignal): Promise<ServerFacts | null> {
    const answer = await this.#http.send('statement', { method: 'GET', path: '/metrics', signal })
    const text = await wholeText(answer)
    return answer.status === 200 ? serverFacts(text) : null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#http[Symbol.asyncDispose](), this.#influx[Symbol.asyncDispose]()])
  }

  #refusal({ status }: HttpAnswer, text: string, path: string) {
    // It answers in plain text, where InfluxDB has JSON.
    const said = text.startsWith('{') ? text : JSON.stringify({ error: text.trim() })
    return answerError({ at: this.at, status, text: said }, path)
  }
}

async function wholeText(answer: HttpAnswer): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer.body()) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
