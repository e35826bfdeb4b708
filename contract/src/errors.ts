import { ERROR_CODES, type ErrorCode } from './error-codes.ts'
import type { JsonValue } from './json.ts'

/** Who must act on an error; decides retry, HTTP status and exit code in one place each. */
export const ERROR_KINDS = {
  config: { httpStatus: 422, exitCode: 2, who: 'whoever wrote the configuration' },
  access: { httpStatus: 502, exitCode: 12, who: 'whoever grants rights on the node' },
  unreachable: {
    httpStatus: 502,
    exitCode: 4,
    who: 'nobody at first: Holdfast tries again with growing pauses',
  },
  busy: { httpStatus: 409, exitCode: 11, who: 'nobody: the run waits and goes on later' },
  absent: { httpStatus: 409, exitCode: 75, who: 'whoever brings the disk or the source back' },
  capacity: { httpStatus: 507, exitCode: 14, who: 'whoever can free or add space' },
  conflict: { httpStatus: 409, exitCode: 5, who: 'whoever decides between the choices offered' },
  integrity: { httpStatus: 500, exitCode: 15, who: 'everyone, at once: a copy is not what it should be' },
  tool: { httpStatus: 500, exitCode: 1, who: 'the administrator of the machine the tool ran on' },
  canceled: { httpStatus: 499, exitCode: 130, who: 'nobody: somebody asked for it' },
  bug: { httpStatus: 500, exitCode: 70, who: 'the makers of Holdfast' },
} as const

export type ErrorKind = keyof typeof ERROR_KINDS

/** The plain-data form of an error: stored with a run, printed by the CLI, sent as problem+json. */
export interface ErrorReport {
  code: ErrorCode
  kind: ErrorKind
  message: string
  hint: string
  details?: Record<string, JsonValue>
}

/**
 * The one error class of Holdfast. `message` says what happened with the facts of this case; the code's entry in
 * `error-codes.ts` gives the kind and the standard hint. Neither may ever contain a secret.
 */
export class HoldfastError extends Error {
  override readonly name = 'HoldfastError'
  readonly code: ErrorCode
  readonly hint: string
  readonly details: Record<string, JsonValue> | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: Record<string, JsonValue>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint ?? ERROR_CODES[code].hint
    this.details = options.details
  }

  get kind(): ErrorKind {
    return ERROR_CODES[this.code].kind
  }

  report(): ErrorReport {
    const { code, kind, message, hint, details } = this
    return details ? { code, kind, message, hint, details } : { code, kind, message, hint }
  }
}

/** Turns whatever was thrown into the one class; what nobody classified is a bug, with its cause kept. */
export function asHoldfastError(thrown: unknown): HoldfastError {
  if (thrown instanceof HoldfastError) return thrown
  // `await using` wraps the first error when giving something back failed as well: the first one is what happened.
  if (thrown instanceof SuppressedError) return asHoldfastError(thrown.suppressed)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new HoldfastError('invariant-broken', message, { cause: thrown })
}
