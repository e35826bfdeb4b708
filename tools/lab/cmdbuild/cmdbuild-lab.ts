import { X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { makeCertificate } from '../influxdb/certificates.ts'
import { labDirectory } from '../influxdb/lab-server.ts'
import { buildExtended } from './fixtures/extended.ts'
import { buildReady2use } from './fixtures/ready2use.ts'
import { LabFaults } from './http/faults.ts'
import { LabHttpServer, type SeenRequest } from './http/lab-http-server.ts'
import { ADMIN_ROLE, LabSessions } from './http/sessions.ts'
import { cardRoutes } from './routes/card-routes.ts'
import { classRoutes } from './routes/class-routes.ts'
import { domainRoutes } from './routes/domain-routes.ts'
import { lookupRoutes } from './routes/lookup-routes.ts'
import { relationRoutes } from './routes/relation-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { CmdbuildStore } from './store/cmdbuild-store.ts'

export interface CmdbuildLabOptions {
  /** `extended`: with the class, the attributes and the lookup values that a synchronisation writes. `ready2use` unless said. */
  readonly fixture?: 'ready2use' | 'extended'
  /** HTTPS with that certificate, or with one of an authority of its own, which is `caFile`; for the latter openssl is needed. */
  readonly tls?: boolean | { readonly key: string; readonly cert: string }
  /** `holdfast` unless said. */
  readonly user?: string
  readonly password?: string
  /** Its groups, `SuperUser` unless said: only that one may change the schema. With several the login must choose. */
  readonly role?: string | readonly string[]
  /** Where the application lies, `/cmdbuild` unless said. */
  readonly context?: string
  /** A session that nobody uses for so long is over; an hour unless said. */
  readonly idleSeconds?: number
  /** 4.2 unless said: 3.3 says in errors what Java said, and keeps the system fields of cards whatever `attrs` asks for. */
  readonly version?: '3.3' | '4.2'
}

/**
 * CMDBuild on loopback as its REST API v3 behaves, traps included, out of memory. What it does not simulate answers with
 * 404 or 501. Disposing it leaves nothing behind.
 */
export class CmdbuildLab implements AsyncDisposable {
  /** `http://127.0.0.1:PORT/cmdbuild`, or https. */
  readonly url: string
  readonly user: string
  readonly password: string
  readonly store: CmdbuildStore
  readonly faults: LabFaults
  /** Of the authority, where the certificate is the lab's own. */
  readonly caFile: string | null
  /** SHA-256 of the certificate, with colons. */
  readonly fingerprint: string | null
  readonly #server: LabHttpServer
  readonly #sessions: LabSessions
  readonly #directory: string | null

  private constructor(parts: LabParts, port: number) {
    this.url = `${parts.tls ? 'https' : 'http'}://127.0.0.1:${port}${parts.context}`
    this.store = parts.store
    this.faults = parts.faults
    this.user = parts.sessions.user.user
    this.password = parts.sessions.user.password
    this.caFile = parts.tls?.caFile ?? null
    this.fingerprint = parts.tls ? new X509Certificate(parts.tls.cert).fingerprint256 : null
    this.#server = parts.server
    this.#sessions = parts.sessions
    this.#directory = parts.tls?.directory ?? null
  }

  static async start(options: CmdbuildLabOptions = {}): Promise<CmdbuildLab> {
    const { version = '4.2', context = '/cmdbuild', role = ADMIN_ROLE, idleSeconds = 3600 } = options
    const { user = 'holdfast', password = 'the "service": 100%' } = options
    const store = new CmdbuildStore(version)
    if (options.fixture === 'extended') buildExtended(store)
    else buildReady2use(store)
    const roles = typeof role === 'string' ? [role] : role
    const sessions = new LabSessions({ user, password, roles }, idleSeconds, store.clock)
    const faults = new LabFaults({
      endSessions: () => sessions.endAll(),
      forbid: (className) => store.setRights(className, NO_RIGHTS),
    })
    const tls = await certificateOf(options.tls ?? false)
    const routes = [
      ...sessionRoutes(sessions),
      ...classRoutes(store),
      ...cardRoutes(store),
      ...lookupRoutes(store),
      ...domainRoutes(store),
      ...relationRoutes(store),
    ]
    const server = new LabHttpServer({ context, routes, sessions, faults, tls, store })
    const port = await server.listen()
    return new CmdbuildLab({ context, store, faults, sessions, server, tls }, port)
  }

  /** In the order of their arrival. */
  get requests(): readonly SeenRequest[] {
    return this.#server.requests
  }

  /** Requests that asked for a change of cards, relations or schema, whatever came of it. */
  get writeRequests(): number {
    return this.#server.writeRequests
  }

  /** Requests that did change cards, relations or schema. */
  get changes(): number {
    return this.#server.changes
  }

  get openSessions(): number {
    return this.#sessions.open.length
  }

  /** All cards, relations and schema, to be compared with another. */
  snapshot(): unknown {
    return this.store.snapshot()
  }

  /** Forgets the requests and counts anew. */
  forgetRequests(): void {
    this.#server.requests.length = 0
    this.#server.writeRequests = 0
    this.#server.changes = 0
  }

  /** The server's time moves on: sessions grow idle, locks of the account end. */
  passTime(seconds: number): void {
    this.store.clock.pass(seconds)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close()
    if (this.#directory !== null) await rm(this.#directory, { recursive: true, force: true })
  }
}

const NO_RIGHTS = { canRead: false, canCreate: false, canUpdate: false, canDelete: false }

interface LabParts {
  readonly context: string
  readonly store: CmdbuildStore
  readonly faults: LabFaults
  readonly sessions: LabSessions
  readonly server: LabHttpServer
  readonly tls: Tls | null
}

interface Tls {
  readonly key: string
  readonly cert: string
  readonly caFile: string | null
  readonly directory: string | null
}

async function certificateOf(tls: boolean | { key: string; cert: string }): Promise<Tls | null> {
  if (tls === false) return null
  if (tls !== true) return { ...tls, caFile: null, directory: null }
  const directory = await labDirectory()
  const { caFile, certFile, keyFile } = await makeCertificate(directory)
  const [key, cert] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certFile, 'utf8')])
  return { key, cert, caFile, directory }
}
