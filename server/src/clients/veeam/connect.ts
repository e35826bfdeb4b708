import { HoldfastError } from '@holdfast/contract'
import type { z } from 'zod'
import { type JsonAddress, type JsonAnswer, type JsonLimits, JsonServer } from '../http/json-server.ts'
import { invalidAnswer, refusal } from './errors.ts'
import {
  type BackupObject,
  type LongLists,
  longListsBy,
  type ReadEntry,
  type RestorePoint,
} from './long-lists.ts'
import * as models from './models.ts'
import { entriesOf, firstById, firstOfName, type List, readPages } from './pages.ts'
import { ServerClock } from './server-clock.ts'
import { Session } from './session.ts'
import { chooseVersion, negotiate, offeredIn, type VeeamVersion } from './versions.ts'

export type { BackupObject, RestorePoint } from './long-lists.ts'
export type {
  Backup,
  BackupProxy,
  Job,
  JobState,
  ManagedServer,
  Repository,
  ScaleOutRepository,
  ServerInfo,
} from './models.ts'
export type { List } from './pages.ts'
export { VEEAM_VERSIONS, type VeeamVersion } from './versions.ts'

export interface VeeamAddress extends JsonAddress {
  readonly user: string
  readonly password: string
  readonly apiVersion: VeeamVersion | 'auto'
  /** Entries asked for at once. */
  readonly pageSize: number
}

type Query = Readonly<Record<string, string | number | boolean>>

const INFRASTRUCTURE = '/api/v1/backupInfrastructure'
const RESTORE_POINTS = '/api/v1/restorePoints'
/** Names change seldom: a page that follows another begins where that one ended. */
const BY_NAME = { orderColumn: 'Name', orderAsc: true }
/** New ones come before the page that is read, and are met twice rather than never. */
const NEWEST_FIRST = { orderColumn: 'CreationTime', orderAsc: false }

/**
 * A server of Veeam Backup & Replication, signed in. Methods give the same shapes for all revisions of its interface,
 * with the newest names, and throw `node-auth-failed`, `privilege-missing`, `node-refused`, `node-unreachable`,
 * `node-certificate-untrusted`, `node-answer-invalid` and what their signal was fired with.
 */
export class VeeamServer implements AsyncDisposable {
  readonly version: VeeamVersion
  readonly #http: JsonServer
  readonly #session: Session
  readonly #models: ReturnType<typeof models.modelsWith>
  readonly #long: LongLists
  readonly #pageSize: number

  private constructor(http: JsonServer, session: Session, parts: ServerParts) {
    this.version = parts.version
    this.#http = http
    this.#session = session
    this.#models = models.modelsWith(parts.clock)
    this.#long = longListsBy(parts.clock)
    this.#pageSize = parts.pageSize
  }

  /** Agrees on a revision of the interface and signs in. */
  static async open(address: VeeamAddress, limits: JsonLimits, signal: AbortSignal): Promise<VeeamServer> {
    const http = new JsonServer(address, limits)
    try {
      const { apiVersion, pageSize } = address
      const { version, serverTime } = await negotiate(http, apiVersion, signal)
      const clock = ServerClock.of(serverTime)
      const opened = await signIn(http, address, version, signal)
      return new VeeamServer(http, opened.session, { version: opened.version, clock, pageSize })
    } catch (error) {
      await http[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Its address without credentials: what messages name. */
  get at(): string {
    return this.#http.at
  }

  /** Requests sent, repeats counted. */
  get calls(): number {
    return this.#http.calls
  }

  /** Null when the user may not read it, as it takes an administrator. */
  async serverInfo(signal: AbortSignal): Promise<models.ServerInfo | null> {
    const what = 'serverInfo'
    try {
      const { success, data, error } = models.serverInfo.safeParse(
        await this.#get('/api/v1/serverInfo', {}, signal),
      )
      if (!success) throw invalidAnswer(this.at, what, 'it does not say who it is', error)
      return data
    } catch (error) {
      if (error instanceof HoldfastError && error.code === 'privilege-missing') return null
      throw error
    }
  }

  async managedServers(signal: AbortSignal): Promise<List<models.ManagedServer>> {
    return await this.#list(`${INFRASTRUCTURE}/managedServers`, models.managedServer, BY_NAME, signal)
  }

  /** With their states where the revision has them. */
  async proxies(signal: AbortSignal): Promise<List<models.BackupProxy>> {
    const path = `${INFRASTRUCTURE}/proxies${this.version === '1.2-rev1' ? '' : '/states'}`
    return await this.#list(path, models.proxy, BY_NAME, signal)
  }

  async repositories(signal: AbortSignal): Promise<List<models.Repository>> {
    return await this.#list(`${INFRASTRUCTURE}/repositories/states`, models.repository, BY_NAME, signal)
  }

  async scaleOutRepositories(signal: AbortSignal): Promise<List<models.ScaleOutRepository>> {
    const path = `${INFRASTRUCTURE}/scaleOutRepositories`
    return await this.#list(path, models.scaleOutRepository, BY_NAME, signal)
  }

  async jobStates(signal: AbortSignal): Promise<List<models.JobState>> {
    return await this.#list('/api/v1/jobs/states', this.#models.jobState, BY_NAME, signal)
  }

  /** The settings of the jobs: of what is asked here, only the proxies they name. */
  async jobs(signal: AbortSignal): Promise<List<models.Job>> {
    return await this.#list('/api/v1/jobs', models.job, BY_NAME, signal)
  }

  async backups(signal: AbortSignal): Promise<List<models.Backup>> {
    return await this.#list('/api/v1/backups', models.backup, BY_NAME, signal)
  }

  /** One for each machine and chain. They name their chain since 1.3-rev2; see {@link objectsOfBackup}. */
  async backupObjects(signal: AbortSignal): Promise<List<BackupObject>> {
    const request = { path: '/api/v1/backupObjects', query: BY_NAME, signal }
    return await this.#pages(request, this.#long.backupObject, firstById())
  }

  /** The objects of one chain, for revisions whose objects do not name it. Some platforms are refused: `node-refused`. */
  async objectsOfBackup(backupId: string, signal: AbortSignal): Promise<List<BackupObject>> {
    const path = `/api/v1/backups/${encodeURIComponent(backupId)}/objects`
    // The oldest revision gives all at once and knows no parameters here.
    const isPaged = this.version !== '1.2-rev1'
    const request = { path, query: isPaged ? {} : null, signal }
    const { items, ...rest } = await this.#pages(request, this.#long.backupObject, firstById())
    return { ...rest, items: items.map((object) => ({ ...object, backupId })) }
  }

  /**
   * The newest one of each chain and name. There are many times as many, of which nobody needs to hold more. What came
   * while they were read may be missing.
   */
  async newestRestorePoints(createdAfter: Date, signal: AbortSignal): Promise<List<RestorePoint>> {
    const query = { createdAfterFilter: createdAfter.toISOString(), ...NEWEST_FIRST }
    return await this.#pages({ path: RESTORE_POINTS, query, signal }, this.#long.restorePoint, firstOfName())
  }

  /** Of one object, however old; null when it has none. One request for each object: for a few only. */
  async newestRestorePoint(objectId: string, signal: AbortSignal): Promise<RestorePoint | null> {
    const query = { backupObjectIdFilter: objectId, ...NEWEST_FIRST, skip: 0, limit: 1 }
    const [newest] = entriesOf(this.at, RESTORE_POINTS, await this.#get(RESTORE_POINTS, query, signal))
    return this.#long.restorePoint(newest)
  }

  /** Signs out; never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.logout()
    await this.#http[Symbol.asyncDispose]()
  }

  async #list<Item extends { readonly id: string }>(
    path: string,
    schema: z.ZodType<Item>,
    query: Query,
    signal: AbortSignal,
  ): Promise<List<Item>> {
    const read: ReadEntry<Item> = (entry) => schema.safeParse(entry).data ?? null
    return await this.#pages({ path, query, signal }, read, firstById())
  }

  /** `query` is null for what knows no parameters, pages included. */
  async #pages<Item>(
    { path, query, signal }: { path: string; query: Query | null; signal: AbortSignal },
    read: ReadEntry<Item>,
    kept: { isFirst: (item: Item) => boolean; isEachKept: boolean },
  ): Promise<List<Item>> {
    const limit = this.#pageSize
    const page = async (skip: number) =>
      await this.#get(path, query === null ? {} : { ...query, skip, limit }, signal)
    return await readPages({ at: this.at, what: path, read, page, ...kept })
  }

  /** One replay with a new token, since this one may have ended on its way; no body is looked at before the status. */
  async #get(path: string, query: Query, signal: AbortSignal): Promise<unknown> {
    let token = await this.#session.token(signal)
    let answer = await this.#send(path, query, token, signal)
    if (answer.status === 401) {
      this.#session.reject(token)
      token = await this.#session.token(signal)
      answer = await this.#send(path, query, token, signal)
    }
    if (answer.status !== 200) throw refusal(this.at, answer, path)
    if (answer.json === undefined) throw invalidAnswer(this.at, path, 'it is no JSON')
    return answer.json
  }

  async #send(path: string, query: Query, token: string, signal: AbortSignal): Promise<JsonAnswer> {
    const headers = { 'x-api-version': this.version, authorization: `Bearer ${token}` }
    return await this.#http.send({ method: 'GET', path, query, headers, signal })
  }
}

interface ServerParts {
  readonly version: VeeamVersion
  readonly clock: ServerClock
  readonly pageSize: number
}

/** A server that refuses the revision does so before it looks at the password: then it is tried once more. */
async function signIn(
  http: JsonServer,
  address: VeeamAddress,
  version: VeeamVersion,
  signal: AbortSignal,
): Promise<{ session: Session; version: VeeamVersion }> {
  const session = new Session(http, version, address)
  try {
    await session.token(signal)
    return { session, version }
  } catch (error) {
    const offered =
      error instanceof HoldfastError && error.code === 'node-refused' ? offeredIn(error.message) : null
    if (offered === null) throw error
    const agreed = chooseVersion(http.at, address.apiVersion, offered)
    if (agreed === version) throw error
    const other = new Session(http, agreed, address)
    await other.token(signal)
    return { session: other, version: agreed }
  }
}
