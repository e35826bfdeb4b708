import { X509Certificate } from 'node:crypto'
import { rm } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { VeeamEstate } from './estate/estate.ts'
import { officeEstate } from './estate/office.ts'
import { certificateOf, type LabCertificate } from './state/certificate.ts'
import { Call, type LabRequest, send, sendHalf, sendHtml } from './state/exchange.ts'
import { type Fault, Faults } from './state/faults.ts'
import { Tokens } from './state/tokens.ts'
import { absent, failure, forbidden, type LabAnswer, Refused, unexpected } from './wire/answer.ts'
import { endpointOf } from './wire/endpoints.ts'
import { serverTime } from './wire/server-time.ts'
import { BUILDS, LAB_VERSIONS, type LabVersion } from './wire/versions.ts'

export type * from './estate/estate.ts'
export { NIL_ID, THIS_SERVER_ID } from './estate/estate.ts'
export { generatedEstate } from './estate/generated.ts'
export { OFFICE_NOW, officeEstate } from './estate/office.ts'
export type { LabRequest } from './state/exchange.ts'
export type { Fault, FaultOptions, Faults } from './state/faults.ts'
export { LAB_VERSIONS, type LabVersion } from './wire/versions.ts'

export interface VeeamLabOptions {
  /** Those that it serves; the first is its own. All unless said. */
  readonly versions?: readonly LabVersion[]
  readonly estate?: VeeamEstate
  /** HTTPS, with this certificate or one of an authority of its own, which is `caFile`. That needs openssl. */
  readonly tls?: { readonly key: string; readonly cert: string } | boolean
  /** How long access tokens live, in seconds: 900 unless said. */
  readonly expiresIn?: number
  readonly user?: string
  readonly password?: string
}

/** A stateful simulator of the REST interface of Veeam Backup & Replication, on loopback. */
export class VeeamLab implements AsyncDisposable {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string
  readonly estate: VeeamEstate
  readonly user: string
  readonly password: string
  /** SHA-256 of the certificate, null without TLS. */
  readonly fingerprint: string | null
  /** Of the authority that it made; null without TLS, or where the certificate was given. */
  readonly caFile: string | null
  readonly faults = new Faults()
  readonly #versions: readonly LabVersion[]
  readonly #tokens: Tokens
  readonly #server: http.Server
  readonly #folder: string | null
  readonly #requests: LabRequest[] = []
  #inFlight = 0
  #mostAtOnce = 0

  private constructor(parts: LabParts) {
    this.estate = parts.estate
    this.user = parts.user
    this.password = parts.password
    this.fingerprint = parts.certificate ? new X509Certificate(parts.certificate.cert).fingerprint256 : null
    this.caFile = parts.certificate?.caFile ?? null
    this.#versions = parts.versions
    this.#tokens = new Tokens(parts)
    this.#server = parts.server
    this.#folder = parts.certificate?.folder ?? null
    const { port } = parts.server.address() as AddressInfo
    this.url = `${parts.certificate ? 'https' : 'http'}://127.0.0.1:${port}`
    parts.server.on('request', (request, response) => void this.#handle(request, response))
  }

  static async start(options: VeeamLabOptions = {}): Promise<VeeamLab> {
    const { versions = LAB_VERSIONS, tls = false, expiresIn = 900 } = options
    const { user = 'LAB\\inventory', password = 'the "viewer": 100%' } = options
    const estate = options.estate ?? officeEstate()
    if (!options.estate) estate.serverInfo.buildVersion = BUILDS[versions[0] ?? '1.3-rev2']
    const certificate = await certificateOf(tls)
    const server = certificate ? https.createServer(certificate) : http.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new VeeamLab({ versions, estate, certificate, server, expiresIn, user, password })
  }

  /** All requests so far, in the order in which they came. */
  get requests(): readonly LabRequest[] {
    return this.#requests
  }

  /** Sign-ins that are neither over nor logged out. */
  get openSessions(): number {
    return this.#tokens.open
  }

  /** The most requests that were in work at one moment. */
  get mostAtOnce(): number {
    return this.#mostAtOnce
  }

  forgetRequests(): void {
    this.#requests.length = 0
    this.#mostAtOnce = 0
  }

  /** Ends all access tokens now; with `refresh`, the refresh tokens too. */
  expireTokens(refresh = false): void {
    this.#tokens.expire(refresh)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
    if (this.#folder !== null) await rm(this.#folder, { recursive: true })
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight++
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#inFlight)
    response.on('close', () => this.#inFlight--)
    const call = new Call(request)
    this.#requests.push(call)
    response.on('finish', () => {
      call.status = response.statusCode
    })
    try {
      await call.readForm(request)
      await this.#answerOrFail(call, response)
    } catch {
      // The client went away while it sent, or while it was answered.
      response.destroy()
    }
  }

  async #answerOrFail(call: Call, response: ServerResponse): Promise<void> {
    let cut = false
    for (const fault of this.faults.take(call.path)) {
      if (await this.#befall(fault, response)) return
      cut ||= fault.kind === 'cut'
    }
    const answer = this.#answer(call)
    if (cut) sendHalf(response, answer)
    else send(response, answer)
  }

  /** Whether the request is done with. */
  async #befall(fault: Fault, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'status': {
        const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
        if (fault.body === 'html') sendHtml(response, fault.status, headers)
        else send(response, { ...failure(fault.status, fault.body === 'empty'), headers })
        return true
      }
      case 'garbage':
        sendHtml(response, 200, {})
        return true
      case 'hang':
        return true
      case 'reset':
        response.socket?.resetAndDestroy()
        return true
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.ms).unref())
        return response.destroyed
      case 'expire-tokens':
        this.#tokens.expire(fault.refresh)
        return false
      case 'change':
        fault.change(this.estate)
        return false
      case 'cut':
        return false
    }
  }

  #answer(call: Call): LabAnswer {
    try {
      return this.#withoutPaging(this.#route(call))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const isEmpty = error.answer.status === 401 && this.faults.isUnauthorisedEmpty
      return isEmpty ? { status: 401 } : error.answer
    }
  }

  #route(call: Call): LabAnswer {
    const described = /^\/swagger\/v([^/]+)\/swagger\.json$/.exec(call.path)?.[1]
    if (described !== undefined) return this.#describe(described)
    const version = this.#versionOf(call)
    if (call.path === '/api/oauth2/token') return this.#token(call)
    if (call.path === '/api/v1/serverTime')
      return { status: 200, json: serverTime(this.estate.clock, version) }
    this.#tokens.check(call.authorization)
    call.authorised = true
    if (call.path === '/api/oauth2/logout') return this.#logout(call)
    const found = endpointOf(call.path.replace(/^\/api\/v1\//, ''))
    if (!found || !call.path.startsWith('/api/v1/')) throw absent()
    if (call.method !== 'GET') throw new Refused(405, 'MethodNotAllowed', 'Method is not allowed')
    if (this.faults.isForbidden(call.path)) throw forbidden()
    return found.endpoint({ estate: this.estate, version, query: call.query, id: found.id })
  }

  #describe(version: string): LabAnswer {
    if (this.faults.swagger === 'forbidden') return { status: 403 }
    const isServed = this.faults.swagger === 'served' && this.#versions.some((one) => one === version)
    if (!isServed) return { status: 404 }
    // Real ones are megabytes long, which nobody who only asks for the status should have to wait for.
    const filler = 'The description of this version. '.repeat(60_000)
    return { status: 200, json: { openapi: '3.0.1', info: { version, description: filler }, paths: {} } }
  }

  #versionOf(call: Call): LabVersion {
    const version = this.#versions.find((one) => one === call.version)
    if (version) return version
    const prefix = this.faults.writesVersionsWithV ? 'v' : ''
    const known = this.#versions.map((one) => `${prefix}${one}`).join(', ')
    const message = `Unsupported RESTAPI version. The following versions are supported: ${known}`
    throw new Refused(400, 'NotImplemented', message)
  }

  #token(call: Call): LabAnswer {
    if (call.method !== 'POST') throw new Refused(405, 'MethodNotAllowed', 'Method is not allowed')
    if (call.form === null) throw unexpected()
    return this.#tokens.grant(call.form)
  }

  #logout(call: Call): LabAnswer {
    if (call.method !== 'POST') throw new Refused(405, 'MethodNotAllowed', 'Method is not allowed')
    this.#tokens.logout(call.authorization)
    return { status: 200, json: {} }
  }

  #withoutPaging(answer: LabAnswer): LabAnswer {
    const envelope = answer.json as
      | { data?: unknown; pagination?: { total: number; count: number } }
      | undefined
    if (!this.faults.omitsSkipAndLimit || !envelope?.pagination) return answer
    const { total, count } = envelope.pagination
    return { ...answer, json: { ...envelope, pagination: { total, count } } }
  }
}

interface LabParts {
  readonly versions: readonly LabVersion[]
  readonly estate: VeeamEstate
  readonly certificate: LabCertificate | null
  readonly server: http.Server
  readonly expiresIn: number
  readonly user: string
  readonly password: string
}
