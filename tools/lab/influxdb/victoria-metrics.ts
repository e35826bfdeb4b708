import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LabAnswer, LabHttp, queryOf } from './lab-http.ts'
import { freePort, LabServer, labDirectory } from './lab-server.ts'

export interface VictoriaMetricsOptions {
  /** How long it keeps samples, as its flag has it. */
  readonly retention?: string
  /** Metrics that it takes and throws away, as a regular expression. */
  readonly dropsMetrics?: string
}

/** A real VictoriaMetrics on loopback. Disposing it leaves nothing behind. Needs the Debian package victoria-metrics. */
export class VictoriaMetrics implements AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly port: number
  readonly #server: LabServer
  readonly #http: LabHttp

  private constructor(directory: string, port: number, { retention = '100y' }: VictoriaMetricsOptions) {
    this.port = port
    this.url = `http://127.0.0.1:${port}`
    this.#http = new LabHttp(this.url)
    const args = [
      `-storageDataPath=${directory}/data`,
      `-httpListenAddr=127.0.0.1:${port}`,
      `-retentionPeriod=${retention}`,
      '-search.latencyOffset=0s',
      `-relabelConfig=${directory}/relabel.yaml`,
    ]
    const answers = async () => (await this.#http.send('GET', '/health')).status === 200
    this.#server = new LabServer(directory, { program: 'victoria-metrics', args, answers })
  }

  static async start(options: VictoriaMetricsOptions = {}): Promise<VictoriaMetrics> {
    const directory = await labDirectory()
    const drop = [{ action: 'drop', source_labels: ['__name__'], regex: options.dropsMetrics }]
    // JSON is YAML.
    await writeFile(join(directory, 'relabel.yaml'), JSON.stringify(options.dropsMetrics ? drop : []))
    const lab = new VictoriaMetrics(directory, await freePort(), options)
    try {
      await lab.#server.start()
    } catch (error) {
      await lab[Symbol.asyncDispose]()
      throw error
    }
    return lab
  }

  get directory(): string {
    return this.#server.directory
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#server.pid
  }

  async stop(): Promise<void> {
    await this.#server.stop()
  }

  async kill(): Promise<void> {
    await this.#server.kill()
  }

  /** After {@link stop} or {@link kill}: on the same data and port. */
  async startAgain(): Promise<void> {
    await this.#server.start()
  }

  async said(): Promise<string> {
    return await this.#server.said()
  }

  /** All samples that match, one JSON object a series: {metric, values, timestamps}. What was just written is seen. */
  async export(match: string): Promise<unknown[]> {
    await this.#http.send('GET', '/internal/force_flush')
    const { status, body } = await this.#http.send(
      'GET',
      `/api/v1/export?${queryOf({ 'match[]': match, start: '0', end: String(Date.now() / 1000 + 60) })}`,
    )
    if (status !== 200) throw new Error(`${match}: ${status} ${body.toString()}`)
    const lines = body.toString().split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line))
  }

  /** Writes lines as it takes them from InfluxDB clients; whatever it answers is returned. */
  async write(lines: Buffer | string, db: string): Promise<LabAnswer> {
    return await this.#http.send('POST', `/write?${queryOf({ db, precision: 'ns' })}`, Buffer.from(lines))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close()
    await this.#server.dispose()
  }
}
