/**
 * What goes wrong with a request:
 * - `status`: that answer instead of doing anything, without a code of the product; with `retryAfter` seconds where given.
 * - `hang`: no answer, ever. `delayMs`: the right answer, later.
 * - `reset`: the connection is torn down and nothing is done.
 * - `lose`: it is done, and the connection is torn down before the answer.
 */
export type Fault =
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly hang: true }
  | { readonly delayMs: number }
  | { readonly reset: true }
  | { readonly lose: true }

export interface Where {
  readonly method?: string
  /** Of the path below `/services/rest/v3`, without the query; a text must be all of it. */
  readonly path?: string | RegExp
}

interface Pending extends Where {
  readonly fault: Fault
  left: number
}

/** Mishaps on order: tests plan them, the server takes them. */
export class LabFaults {
  #pending: Pending[] = []
  #everyWrite: { nth: number; fault: Fault } | null = null
  #writes = 0
  readonly #endSessions: () => void
  readonly #forbid: (className: string) => void

  constructor(actions: { endSessions: () => void; forbid: (className: string) => void }) {
    this.#endSessions = actions.endSessions
    this.#forbid = actions.forbid
  }

  /** The next `times` requests that fit. Faults that fit the same request come one after the other. */
  next(fault: Fault, where: Where = {}, times = 1): void {
    this.#pending.push({ ...where, fault, left: times })
  }

  /** Every nth request that changes cards, relations or schema, counted from now. */
  everyWrite(nth: number, fault: Fault): void {
    this.#everyWrite = { nth, fault }
    this.#writes = 0
  }

  expireSessions(): void {
    this.#endSessions()
  }

  /** From now on nothing may be read of the class, nor written. */
  forbidClass(className: string): void {
    this.#forbid(className)
  }

  clear(): void {
    this.#pending = []
    this.#everyWrite = null
  }

  take(request: { method: string; path: string; isWrite: boolean }): Fault | null {
    if (request.isWrite) this.#writes += 1
    const found = this.#pending.find((one) => one.left > 0 && fits(one, request))
    if (found) {
      found.left -= 1
      return found.fault
    }
    const { nth, fault } = this.#everyWrite ?? { nth: 0, fault: null }
    return request.isWrite && nth > 0 && this.#writes % nth === 0 ? fault : null
  }
}

function fits(where: Where, request: { method: string; path: string }): boolean {
  if (where.method !== undefined && where.method !== request.method) return false
  if (where.path === undefined) return true
  return typeof where.path === 'string' ? where.path === request.path : where.path.test(request.path)
}
