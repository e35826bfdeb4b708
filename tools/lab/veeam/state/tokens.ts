import { randomBytes } from 'node:crypto'
import { type LabAnswer, Refused, unauthorised, unexpected } from '../wire/answer.ts'

export interface TokenSettings {
  readonly user: string
  readonly password: string
  /** Seconds. */
  readonly expiresIn: number
}

/** One sign-in, and all tokens that came of it. */
interface SignIn {
  /** Token to the instant when it ends, in milliseconds. */
  readonly access: Map<string, number>
  refresh: { token: string; endsAt: number } | null
  readonly isShort: boolean
}

const FORTNIGHT = 14 * 24 * 3600
/** How much longer a short refresh token lives than its access token, in seconds. */
const SHORT_GRACE = 15 * 60

/** The tokens of a simulated Veeam: access tokens that end, and refresh tokens that are good for one use. */
export class Tokens {
  readonly #settings: TokenSettings
  readonly #signIns = new Set<SignIn>()

  constructor(settings: TokenSettings) {
    this.#settings = settings
  }

  /** Sign-ins of which an access token is alive. */
  get open(): number {
    const now = Date.now()
    return [...this.#signIns].filter(({ access }) => [...access.values()].some((endsAt) => endsAt > now))
      .length
  }

  /** Answers the token call. */
  grant(form: URLSearchParams): LabAnswer {
    const isShort = form.get('use_short_term_refresh')?.toLowerCase() === 'true'
    switch (form.get('grant_type')?.toLowerCase()) {
      case 'password':
        return this.#signIn(form.get('username'), form.get('password'), isShort)
      case 'refresh_token':
        return this.#renew(form.get('refresh_token'))
      default:
        throw unexpected()
    }
  }

  /** Throws the 401 that a request without a living access token is answered with. */
  check(authorization: string | undefined): void {
    const token = tokenOf(authorization)
    const signIn = this.#of(token)
    if (!signIn) throw unauthorised()
    if ((signIn.access.get(token) ?? 0) <= Date.now())
      throw new Refused(401, 'ExpiredToken', 'Access token is expired')
  }

  /** Ends the sign-in: all its tokens are dead. */
  logout(authorization: string | undefined): void {
    const signIn = this.#of(tokenOf(authorization))
    if (signIn) this.#signIns.delete(signIn)
  }

  /** Ends all access tokens; with `refresh`, the refresh tokens too. */
  expire(refresh = false): void {
    for (const signIn of this.#signIns) {
      for (const token of signIn.access.keys()) signIn.access.set(token, 0)
      if (refresh) signIn.refresh = null
    }
  }

  #of(token: string): SignIn | undefined {
    return [...this.#signIns].find(({ access }) => access.has(token))
  }

  #signIn(user: string | null, password: string | null, isShort: boolean): LabAnswer {
    if (user === null || password === null) throw unexpected()
    const { user: known, password: right } = this.#settings
    // Names of Windows accounts are the same in any case of letters.
    if (user.toLowerCase() !== known.toLowerCase() || password !== right)
      throw new Refused(401, 'AccessDenied', 'Authentication failed')
    const signIn: SignIn = { access: new Map(), refresh: null, isShort }
    this.#signIns.add(signIn)
    return this.#issue(signIn)
  }

  #renew(token: string | null): LabAnswer {
    if (token === null) throw unexpected()
    const signIn = [...this.#signIns].find(({ refresh }) => refresh?.token === token)
    if (!signIn?.refresh || signIn.refresh.endsAt <= Date.now())
      throw new Refused(401, 'InvalidToken', 'Refresh token is not valid')
    return this.#issue(signIn)
  }

  #issue(signIn: SignIn): LabAnswer {
    const { expiresIn } = this.#settings
    const now = Date.now()
    const accessToken = newToken()
    const endsAt = now + expiresIn * 1000
    signIn.access.set(accessToken, endsAt)
    const refreshFor = signIn.isShort ? expiresIn + SHORT_GRACE : FORTNIGHT
    signIn.refresh = { token: newToken(), endsAt: now + refreshFor * 1000 }
    return {
      status: 200,
      json: {
        access_token: accessToken,
        token_type: 'bearer',
        refresh_token: signIn.refresh.token,
        expires_in: expiresIn,
        '.issued': new Date(now).toISOString(),
        '.expires': new Date(endsAt).toISOString(),
      },
    }
  }
}

function tokenOf(authorization: string | undefined): string {
  return /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? ''
}

function newToken(): string {
  return `eyJ${randomBytes(48).toString('base64url')}`
}
