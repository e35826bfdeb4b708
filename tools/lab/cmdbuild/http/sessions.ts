import { randomBytes } from 'node:crypto'
import type { LabClock } from '../store/clock.ts'
import { badArgument, LabError } from '../store/lab-error.ts'

const LOCK = { failures: 5, seconds: 60 }
export const ADMIN_ROLE = 'SuperUser'

export interface LabUser {
  readonly user: string
  readonly password: string
  /** Its groups. With several and none chosen a session may do nothing. */
  readonly roles: readonly string[]
}

export interface LabSession {
  readonly id: string
  readonly user: string
  role: string | null
  readonly beganAt: string
  lastActive: number
}

interface Login {
  readonly username?: unknown
  readonly password?: unknown
  readonly role?: unknown
}

/** Sign-ins of one user: they end when nobody uses them, and too many wrong passwords lock the account. */
export class LabSessions {
  readonly idleSeconds: number
  readonly user: LabUser
  readonly #clock: LabClock
  readonly #open = new Map<string, LabSession>()
  #failures: number[] = []

  constructor(user: LabUser, idleSeconds: number, clock: LabClock) {
    this.user = user
    this.idleSeconds = idleSeconds
    this.#clock = clock
  }

  get open(): readonly LabSession[] {
    return [...this.#open.values()].filter((one) => !this.#isOver(one))
  }

  /** Names of users are told apart by the case of their letters, too. */
  login(login: Login): LabSession {
    const since = this.#clock.now - LOCK.seconds * 1000
    this.#failures = this.#failures.filter((at) => at > since)
    if (this.#failures.length >= LOCK.failures)
      throw denied('too many failed login attempts! account locked, retry later')
    if (login.username !== this.user.user || login.password !== this.user.password) {
      this.#failures.push(this.#clock.now)
      throw denied('access denied')
    }
    this.#failures = []
    const only = this.user.roles.length === 1 ? (this.user.roles[0] ?? null) : null
    const session = {
      id: randomBytes(12).toString('hex'),
      user: this.user.user,
      role: only,
      beganAt: this.#clock.stamp(),
      lastActive: this.#clock.now,
    }
    if (login.role !== undefined && login.role !== null) this.choose(session, login.role)
    this.#open.set(session.id, session)
    return session
  }

  choose(session: LabSession, role: unknown): void {
    if (typeof role !== 'string') throw badArgument('invalid role')
    if (!this.user.roles.includes(role)) throw denied('access denied')
    session.role = role
  }

  /** That of the token, and from now on not idle; undefined where it is unknown or over. */
  use(token: string | null): LabSession | undefined {
    const session = token === null ? undefined : this.#open.get(token)
    if (!session || this.#isOver(session)) return undefined
    session.lastActive = this.#clock.now
    return session
  }

  end(id: string): void {
    this.#open.delete(id)
  }

  /** All of them at once, as after a restart of the server. */
  endAll(): void {
    this.#open.clear()
  }

  #isOver(session: LabSession): boolean {
    return this.#clock.now - session.lastActive > this.idleSeconds * 1000
  }
}

export function denied(message: string): LabError {
  return new LabError(401, message, { isPlain: true })
}
