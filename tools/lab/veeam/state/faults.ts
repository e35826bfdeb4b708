import type { VeeamEstate } from '../estate/estate.ts'

/** What goes wrong with a request. */
export type Fault =
  /** Answered by something on the way, whatever was asked; `body` is the usual error unless said. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: string
      readonly body?: 'empty' | 'html'
    }
  /** Never answered. */
  | { readonly kind: 'hang' }
  /** Answered as usual, but late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: 'reset' }
  /** The connection ends in the middle of the answer. */
  | { readonly kind: 'cut' }
  /** 200 with a page that is no JSON. */
  | { readonly kind: 'garbage' }
  /** All access tokens end right before it; with `refresh`, the refresh tokens too. */
  | { readonly kind: 'expire-tokens'; readonly refresh?: boolean }
  /** The estate changes right before it: a list changes between two pages. */
  | { readonly kind: 'change'; readonly change: (estate: VeeamEstate) => void }

export interface FaultOptions {
  /** How many requests it befalls: one unless said. */
  readonly times?: number
  /** How many that it would fit are spared first. */
  readonly after?: number
}

interface Rule {
  readonly path: string | RegExp
  readonly fault: Fault
  spared: number
  left: number
}

/** What goes wrong, and the ways in which servers differ. Tests change it at any time. */
export class Faults {
  /** Of the probe for descriptions: some sites refuse it from elsewhere. */
  swagger: 'served' | 'forbidden' | 'absent' = 'served'
  /** Every 401 has an empty body, as some servers send it. */
  isUnauthorisedEmpty = false
  /** Envelopes of lists come without `skip` and `limit`. */
  omitsSkipAndLimit = false
  /** Versions in the 400 of an unknown one are written with a leading v. */
  writesVersionsWithV = false
  readonly #forbidden = new Set<string>()
  #rules: Rule[] = []

  /** The next requests to a path, such as `restorePoints`, `oauth2/token` or an expression over the whole path. */
  next(path: string | RegExp, fault: Fault, options: FaultOptions = {}): void {
    const { times = 1, after = 0 } = options
    this.#rules.push({ path, fault, spared: after, left: times })
  }

  /** Answers these paths with 403 from now on: the account is no administrator. */
  forbid(...paths: readonly string[]): void {
    for (const path of paths) this.#forbidden.add(path)
  }

  isForbidden(path: string): boolean {
    return [...this.#forbidden].some((one) => fits(one, path))
  }

  /** Nothing goes wrong any more. */
  clear(): void {
    this.#rules = []
    this.#forbidden.clear()
    this.swagger = 'served'
    this.isUnauthorisedEmpty = false
    this.omitsSkipAndLimit = false
    this.writesVersionsWithV = false
  }

  /** What befalls this request; each is used up by it. */
  take(path: string): Fault[] {
    const now: Fault[] = []
    for (const rule of this.#rules) {
      if (!fits(rule.path, path)) continue
      if (rule.spared > 0) rule.spared--
      else if (rule.left > 0) {
        rule.left--
        now.push(rule.fault)
      }
    }
    return now
  }
}

function fits(pattern: string | RegExp, path: string): boolean {
  if (pattern instanceof RegExp) return pattern.test(path)
  return path === pattern || path === `/api/${pattern}` || path === `/api/v1/${pattern}`
}
