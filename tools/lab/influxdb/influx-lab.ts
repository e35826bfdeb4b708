import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LabCertificate, makeCertificate } from './certificates.ts'
import { type LabAnswer, LabHttp, type LabLogin, queryOf } from './lab-http.ts'
import { freePort, LabServer, labDirectory } from './lab-server.ts'

export interface InfluxLabOptions {
  /** With an administrator, who is `login`. */
  readonly auth?: boolean
  /** HTTPS with a certificate of an authority of its own, which is `caFile`. */
  readonly tls?: boolean
  /** Makes the port of snapshots (8088 elsewhere) known as `snapshotPort`. */
  readonly snapshot?: boolean
  /** The most points a statement may read; the server looks once a second, so a short statement is never stopped. */
  readonly maxSelectPoints?: number
  /** Of shards that are created: `inmem` unless said. */
  readonly index?: 'inmem' | 'tsi1'
  /** Where its directory is made, for tests with a small disk. The folder of temporary files unless said. */
  readonly parent?: string
  /** More settings, as its environment variables name them: `INFLUXDB_COORDINATOR_QUERY_TIMEOUT`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A real InfluxDB 1.x on loopback. Disposing it leaves nothing behind. Needs the Debian package influxdb. */
export class InfluxLab implements AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string
  readonly port: number
  readonly snapshotPort: number | null
  readonly login: LabLogin | null
  readonly caFile: string | null
  readonly #server: LabServer
  readonly #http: LabHttp

  private constructor(parts: LabParts) {
    const { port, snapshotPort, certificate, auth } = parts
    this.url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`
    this.port = port
    this.snapshotPort = snapshotPort
    this.caFile = certificate?.caFile ?? null
    this.login = auth ? { user: 'admin', password: 'the "admin": 100%' } : null
    this.#http = new LabHttp(this.url, this.login, this.caFile)
    const answers = async () => (await this.#http.send('GET', '/ping')).status === 204
    const args = ['-config', join(parts.directory, 'influxdb.conf')]
    this.#server = new LabServer(parts.directory, { program: 'influxd', args, env: parts.settings, answers })
  }

  static async start(options: InfluxLabOptions = {}): Promise<InfluxLab> {
    const { auth = false, tls = false, snapshot = false, settings = {} } = options
    const directory = await labDirectory(options.parent)
    const certificate = tls ? await makeCertificate(directory) : null
    const port = await freePort()
    const snapshotPort = snapshot ? await freePort() : null
    const parts = { directory, port, snapshotPort, certificate, auth, settings }
    for (const name of ['meta', 'data', 'wal']) await mkdir(join(directory, name))
    await writeFile(join(directory, 'influxdb.conf'), configuration(parts, options))
    const lab = new InfluxLab(parts)
    try {
      await lab.#server.start()
      if (lab.login) await lab.#createAdministrator(lab.login)
    } catch (error) {
      await lab[Symbol.asyncDispose]()
      throw error
    }
    return lab
  }

  /** Directory of all its files: `meta`, `data`, `wal`. */
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

  /** SIGKILL: what it had not written is lost. */
  async kill(): Promise<void> {
    await this.#server.kill()
  }

  /** After {@link stop} or {@link kill}: on the same data and ports. */
  async startAgain(): Promise<void> {
    await this.#server.start()
  }

  /** The end of its log. */
  async said(): Promise<string> {
    return await this.#server.said()
  }

  /** Sends a statement as the administrator; the results as the server gives them, with times in ns. Throws on an error. */
  async query(statement: string, db = ''): Promise<unknown[]> {
    const path = `/query?${queryOf({ q: statement, db, epoch: 'ns' })}`
    const { status, body } = await this.#http.send('POST', path)
    const answer: { error?: string; results?: { error?: string; series?: unknown[] }[] } = JSON.parse(
      body.toString(),
    )
    const error = answer.error ?? answer.results?.find((result) => result.error !== undefined)?.error
    if (status !== 200 || error !== undefined) throw new Error(`${statement}: ${status} ${error}`)
    return answer.results?.flatMap(({ series }) => series ?? []) ?? []
  }

  /** Writes lines; whatever the server answers is returned. */
  async write(lines: Buffer | string, db: string, rp: string): Promise<LabAnswer> {
    const path = `/write?${queryOf({ db, rp, precision: 'ns' })}`
    return await this.#http.send('POST', path, Buffer.from(lines))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close()
    await this.#server.dispose()
  }

  async #createAdministrator({ user, password }: LabLogin): Promise<void> {
    const quoted = password.replace(/['\\]/g, '\\$&')
    await this.query(`CREATE USER "${user}" WITH PASSWORD '${quoted}' WITH ALL PRIVILEGES`)
  }
}

interface LabParts {
  readonly directory: string
  readonly port: number
  readonly snapshotPort: number | null
  readonly certificate: LabCertificate | null
  readonly auth: boolean
  readonly settings: Readonly<Record<string, string>>
}

/**
 * The port of snapshots cannot be switched off, so where nobody asked for it the system chooses one. What is older than its
 * retention policy stays for as long as a test takes.
 */
function configuration(parts: LabParts, options: InfluxLabOptions): string {
  const { directory, port, snapshotPort, certificate, auth } = parts
  const text = (value: string) => JSON.stringify(value)
  return `reporting-enabled = false
bind-address = "127.0.0.1:${snapshotPort ?? 0}"

[meta]
dir = ${text(join(directory, 'meta'))}

[data]
dir = ${text(join(directory, 'data'))}
wal-dir = ${text(join(directory, 'wal'))}
index-version = "${options.index ?? 'inmem'}"
query-log-enabled = false

[coordinator]
max-select-point = ${options.maxSelectPoints ?? 0}

[retention]
check-interval = "24h0m0s"

[monitor]
store-enabled = false

[http]
bind-address = "127.0.0.1:${port}"
auth-enabled = ${auth}
log-enabled = false
https-enabled = ${certificate !== null}
https-certificate = ${text(certificate?.certFile ?? '')}
https-private-key = ${text(certificate?.keyFile ?? '')}

[continuous_queries]
log-enabled = false
`
}
