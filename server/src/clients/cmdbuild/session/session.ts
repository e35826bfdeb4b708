import { HoldfastError } from '@holdfast/contract'
import type { JsonAnswer, JsonServer } from '../../http/json-server.ts'
import { session } from '../answers.ts'
import { answerError, bodyOf, quote, saidBy } from '../errors.ts'

const FAREWELL_MS = 5000

export interface Login {
  readonly user: string
  readonly password: string
  /** The group to work as; null where the user has one, or one that is the default. */
  readonly role: string | null
}

/**
 * One session of CMDBuild. A login that is refused is never tried again, in no request whatever: five of them lock the
 * account.
 */
export class Session {
  readonly #http: JsonServer
  readonly #login: Login
  #id: string | null = null
  #user: string | null = null
  #renewing: Promise<'renewed' | 'alive'> | null = null
  #refused: HoldfastError | null = null

  constructor(http: JsonServer, login: Login) {
    this.#http = http
    this.#login = login
  }

  get id(): string {
    return this.#id ?? ''
  }

  /** Login name as the server writes it. */
  get user(): string {
    return this.#user ?? this.#login.user
  }

  async begin(signal: AbortSignal): Promise<void> {
    if (this.#refused) throw this.#refused
    const { user: username, password, role } = this.#login
    const answer = await this.#http.send({
      method: 'POST',
      path: '/sessions',
      query: { scope: 'service', returnId: true },
      json: { username, password, ...(role === null ? {} : { role }) },
      signal,
    })
    const body = bodyOf(answer.json)
    if (answer.status === 401 && body) throw this.#refuse(this.#loginError(answer))
    // What answers 200 without being CMDBuild may have sent a session of its own: none of that is repeated in an error.
    const text = answer.status === 200 ? '' : answer.text
    if (answer.status !== 200 || !body?.success)
      throw answerError({ at: this.#http.at, ...answer, text }, 'log in')
    const found = session.safeParse(body.data).data
    if (found === undefined || found._id === 'current') throw this.#noSession()
    this.#id = found._id
    this.#user = found.username ?? null
    if (!found.role) throw this.#refuse(this.#noRole(found.availableRoles ?? []))
  }

  /**
   * After a 401 for a request with that session: `alive` when the session holds, so that a right is missing, else
   * `renewed`. Whoever comes while this goes on waits for the same answer.
   */
  async renew(rejected: string, signal: AbortSignal): Promise<'renewed' | 'alive'> {
    if (rejected !== this.id) return 'renewed'
    this.#renewing ??= this.#renew(signal).finally(() => {
      this.#renewing = null
    })
    return await this.#renewing
  }

  /** Never throws: the server forgets a session that is not used by itself. */
  async end(): Promise<void> {
    if (this.#id === null) return
    const headers = sessionHeader(this.#id)
    this.#id = null
    const signal = AbortSignal.timeout(FAREWELL_MS)
    await this.#http
      .send({ method: 'DELETE', path: '/sessions/current', headers, signal })
      .catch(() => undefined)
  }

  async #renew(signal: AbortSignal): Promise<'renewed' | 'alive'> {
    const headers = sessionHeader(this.id)
    const answer = await this.#http.send({ method: 'GET', path: '/sessions/current', headers, signal })
    if (answer.status === 200) return 'alive'
    await this.begin(signal)
    return 'renewed'
  }

  #refuse(error: HoldfastError): HoldfastError {
    this.#refused = error
    return error
  }

  #loginError(answer: JsonAnswer): HoldfastError {
    const { at } = this.#http
    const { user } = this.#login
    const body = bodyOf(answer.json)
    const words = body === null ? null : saidBy(body)
    const said = words === null ? null : quote(words)
    const details = { address: at, user, status: answer.status, said }
    if (body?.passwordResetRequired) {
      const message = `the password of ${user} at ${at} has run out and must be changed first`
      const hint = 'Log in to CMDBuild as that user, change the password, then enter the new one in the node.'
      return new HoldfastError('node-auth-failed', message, { hint, details })
    }
    const message = `${at} refuses the login of ${user}${said === null ? '' : `: ${said}`}`
    return new HoldfastError('node-auth-failed', message, { details })
  }

  #noRole(available: readonly string[]): HoldfastError {
    const { at } = this.#http
    const { user } = this.#login
    const message = `${user} has no group to work as at ${at}: none of ${available.length} is the default one`
    const hint = `Name one as the role of the node${available.length === 0 ? '' : `: ${available.join(', ')}`}.`
    return new HoldfastError('privilege-missing', message, { hint, details: { address: at, user } })
  }

  #noSession(): HoldfastError {
    const { at } = this.#http
    const message = `${at} accepts the login but does not say which session it is`
    return new HoldfastError('node-answer-invalid', message, { details: { address: at } })
  }
}

export function sessionHeader(id: string): Record<string, string> {
  return { 'cmdbuild-authorization': id }
}
