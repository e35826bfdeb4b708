import { HoldfastError } from '@holdfast/contract'
import type { z } from 'zod'
import { throwIfCanceled } from '../../kit/exec.ts'
import {
  type JsonAddress,
  type JsonAnswer,
  type JsonLimits,
  type JsonRequest,
  JsonServer,
} from '../http/json-server.ts'
import { restUrl } from './address.ts'
import { answerError, bodyOf, reasonOfRefusal } from './errors.ts'
import { Session, sessionHeader } from './session/session.ts'

export interface CmdbuildAddress extends JsonAddress {
  /** Of CMDBuild itself, with or without `/services/rest/v3`. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** The group to work as; null for the default one of the user. */
  readonly role: string | null
  /** Cards that are asked for at once; of relations, which are short, three times as many. */
  readonly pageSize: number
}

export interface CmdbuildRequest {
  readonly method: JsonRequest['method']
  /** Below `/services/rest/v3`, escaped. */
  readonly path: string
  readonly query?: NonNullable<JsonRequest['query']>
  readonly json?: unknown
  /** What is asked, in words: `read the cards of Storage`. */
  readonly what: string
  readonly signal: AbortSignal
}

/**
 * A session with CMDBuild 3.3 or newer. All functions of this folder throw `node-unreachable`,
 * `node-certificate-untrusted`, `node-auth-failed`, `privilege-missing`, `node-refused` (with `reason`, `status` and
 * `code` in its details) or `node-answer-invalid`, and what their signal was fired with.
 */
export class CmdbuildServer implements AsyncDisposable {
  readonly pageSize: number
  readonly #http: JsonServer
  readonly #session: Session
  #writes = 0

  private constructor(address: CmdbuildAddress, limits: JsonLimits) {
    const { url, caFile, fingerprint, user, password, role, pageSize } = address
    this.pageSize = pageSize
    this.#http = new JsonServer({ url: restUrl(url), caFile, fingerprint }, limits)
    this.#session = new Session(this.#http, { user, password, role })
  }

  /** Logs in. Throws `config-invalid` for an address that is none. */
  static async open(
    address: CmdbuildAddress,
    limits: JsonLimits,
    signal: AbortSignal,
  ): Promise<CmdbuildServer> {
    const server = new CmdbuildServer(address, limits)
    try {
      await server.#session.begin(signal)
      return server
    } catch (error) {
      await server[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Its address without credentials: what messages name. */
  get at(): string {
    return this.#http.at
  }

  /** Login name as the server writes it: what is made here is said to be made by it. */
  get user(): string {
    return this.#session.user
  }

  /** Requests of every kind, logins and repeats counted. */
  get calls(): number {
    return this.#http.calls
  }

  /** Requests that were to change something, logins not counted. */
  get writes(): number {
    return this.#writes
  }

  get sentBytes(): number {
    return this.#http.sentBytes
  }

  /** One thing. What the answer holds beyond the schema is passed over. */
  async one<T>(request: CmdbuildRequest, schema: z.ZodType<T>): Promise<T> {
    return this.#parse(request, schema, (await this.#send(request)).data)
  }

  /** One thing, or null when there is none of that name. */
  async oneIfThere<T>(request: CmdbuildRequest, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return await this.one(request, schema)
    } catch (error) {
      if (reasonOfRefusal(error) === 'absent') return null
      throw error
    }
  }

  /** A part of a list. `total` is null where the server does not say how long the list is. */
  async list<T>(
    request: CmdbuildRequest,
    schema: z.ZodType<T[]>,
  ): Promise<{ items: T[]; total: number | null }> {
    const { data, total } = await this.#send(request)
    return { items: this.#parse(request, schema, data), total }
  }

  /** Of which nothing but success is answered. */
  async done(request: CmdbuildRequest): Promise<void> {
    await this.#send(request)
  }

  /** Ends the session. Never throws. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.end()
    await this.#http[Symbol.asyncDispose]()
  }

  /** A session that ran out is renewed once, and the request sent again: what was not let in has done nothing. */
  async #send(request: CmdbuildRequest): Promise<{ data: unknown; total: number | null }> {
    throwIfCanceled(request.signal)
    if (request.method !== 'GET') this.#writes += 1
    const { id } = this.#session
    let answer = await this.#once(request)
    if (answer.status === 401 && (await this.#session.renew(id, request.signal)) === 'renewed')
      answer = await this.#once(request)
    const { at } = this
    const isGood = answer.status >= 200 && answer.status < 300
    const body = bodyOf(answer.json)
    if (!isGood || !body?.success) {
      const { status, json, text } = answer
      throw answerError({ at, status, json, text }, request.what)
    }
    return { data: body.data, total: body.meta?.total ?? null }
  }

  #once({ method, path, query, json, signal }: CmdbuildRequest): Promise<JsonAnswer> {
    const headers = sessionHeader(this.#session.id)
    return this.#http.send({ method, path, headers, json, signal, ...(query ? { query } : {}) })
  }

  #parse<T>({ what }: CmdbuildRequest, schema: z.ZodType<T>, data: unknown): T {
    const { success, data: parsed, error } = schema.safeParse(data)
    if (success) return parsed
    const at = this.at
    const issue = error.issues[0]
    const where = issue === undefined ? '' : `: ${issue.path.join('.')} ${issue.message}`
    const message = `${at} answers otherwise than CMDBuild’s REST v3 when asked to ${what}${where}`
    throw new HoldfastError('node-answer-invalid', message, { details: { address: at, request: what } })
  }
}

/** A name as a part of a path: those of lookup types hold blanks. */
export function part(name: string | number): string {
  return encodeURIComponent(String(name))
}
