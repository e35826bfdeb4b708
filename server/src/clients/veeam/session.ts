import { HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import type { JsonAnswer, JsonServer } from '../http/json-server.ts'
import { invalidAnswer, refusal } from './errors.ts'
import type { VeeamVersion } from './versions.ts'

/** A token is renewed when this share of its life is over. */
const RENEW_AT = 0.8
/** What all examples say, for a server that does not. */
const USUAL_LIFE_S = 900
const LOGOUT_MS = 5000

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullable().catch(null),
  // The instants beside it are by another clock, and the documentation names other lifetimes than servers give.
  expires_in: z.number().nonnegative().catch(USUAL_LIFE_S),
})

interface Tokens {
  readonly access: string
  /** Good for one use. */
  readonly refresh: string | null
  /** By the monotonic clock, in ms. */
  readonly renewAt: number
}

export interface Credentials {
  readonly user: string
  readonly password: string
}

/**
 * Being signed in to one server. However many requests need a token, one renewal is under way at a time. A password
 * that was refused is never sent again: accounts are locked for less.
 */
export class Session {
  readonly #http: JsonServer
  readonly #version: VeeamVersion
  readonly #credentials: Credentials
  #tokens: Tokens | null = null
  #renewing: Promise<Tokens> | null = null
  #refused: HoldfastError | null = null

  constructor(http: JsonServer, version: VeeamVersion, credentials: Credentials) {
    this.#http = http
    this.#version = version
    this.#credentials = credentials
  }

  /** A token that is not about to expire. Throws `node-auth-failed` and what a request throws. */
  async token(signal: AbortSignal): Promise<string> {
    const tokens = this.#tokens
    if (tokens && performance.now() < tokens.renewAt) return tokens.access
    this.#renewing ??= this.#renew(signal).finally(() => {
      this.#renewing = null
    })
    return (await this.#renewing).access
  }

  /** The server does not take this token any more; a newer one is left as it is. */
  reject(access: string): void {
    if (this.#tokens?.access === access) this.#tokens = { ...this.#tokens, renewAt: 0 }
  }

  /** Ends all tokens. Never throws. */
  async logout(): Promise<void> {
    await this.#renewing?.catch(() => undefined)
    const tokens = this.#tokens
    this.#tokens = null
    if (!tokens) return
    const signal = AbortSignal.timeout(LOGOUT_MS)
    const headers = { ...this.#headers, authorization: `Bearer ${tokens.access}` }
    const request = { method: 'POST', path: '/api/oauth2/logout', headers, signal } as const
    await this.#http.send(request).catch(() => undefined)
  }

  get #headers() {
    return { 'x-api-version': this.#version }
  }

  async #renew(signal: AbortSignal): Promise<Tokens> {
    const refresh = this.#tokens?.refresh ?? null
    this.#tokens = null
    const tokens =
      (refresh === null ? null : await this.#refresh(refresh, signal)) ?? (await this.#signIn(signal))
    this.#tokens = tokens
    return tokens
  }

  /** Null when the server refuses it, or when nobody knows whether it is used up. */
  async #refresh(refreshToken: string, signal: AbortSignal): Promise<Tokens | null> {
    const from = performance.now()
    try {
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken }
      const answer = await this.#send(form, signal)
      return answer.status === 200 ? this.#tokensOf(answer, from) : null
    } catch (error) {
      if (signal.aborted || !(error instanceof HoldfastError) || error.code !== 'node-unreachable')
        throw error
      return null
    }
  }

  async #signIn(signal: AbortSignal): Promise<Tokens> {
    if (this.#refused) throw this.#refused
    const from = performance.now()
    const { user: username, password } = this.#credentials
    const answer = await this.#send({ grant_type: 'password', username, password }, signal)
    if (answer.status === 200) return this.#tokensOf(answer, from)
    const error = refusal(this.#http.at, answer, 'the sign-in')
    if (error.code === 'node-auth-failed') this.#refused = error
    throw error
  }

  async #send(form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<JsonAnswer> {
    const request = {
      method: 'POST',
      path: '/api/oauth2/token',
      headers: this.#headers,
      form,
      signal,
    } as const
    return await this.#http.send(request)
  }

  #tokensOf(answer: JsonAnswer, from: number): Tokens {
    const { data } = tokenAnswer.safeParse(answer.json)
    // The answer itself is not shown: it may hold a token.
    if (!data) throw invalidAnswer(this.#http.at, 'the sign-in', 'there is no token in it')
    const { access_token: access, refresh_token: refresh, expires_in: life } = data
    return { access, refresh, renewAt: from + life * 1000 * RENEW_AT }
  }
}
