import type { ErrorCode, Problem } from '@holdfast/contract'

/** Every failure of a request: what the server said, or that it did not answer. The only thing `api` throws. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: ErrorCode
  /** Facts, in English: names, paths, numbers. */
  readonly detail: string
  readonly hint: string
  /** Every mistake in what was sent, by the place it stands at. */
  readonly problems: NonNullable<Problem['problems']>
  readonly details: NonNullable<Problem['details']>
  /** When it makes sense to try again; from Retry-After. */
  readonly retryAt: Date | null

  constructor(problem: Omit<Problem, 'type' | 'title' | 'kind'>, retryAt: Date | null = null) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.hint = problem.hint
    this.problems = problem.problems ?? []
    this.details = problem.details ?? {}
    this.retryAt = retryAt
  }
}

export function isProblem<C extends ErrorCode>(
  thrown: unknown,
  code: C,
): thrown is ApiProblem & { readonly code: C } {
  return thrown instanceof ApiProblem && thrown.code === code
}

/** Turns whatever was thrown into the one class. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  const detail = thrown instanceof Error ? thrown.message : String(thrown)
  return new ApiProblem({ status: 0, code: 'invariant-broken', detail, hint: '' })
}

/** No answer at all: the network is down, the server restarts. */
export function unreachable(detail: string): ApiProblem {
  return new ApiProblem({ status: 0, code: 'server-unreachable', detail, hint: '' })
}

/** Reads a failed response. A proxy in between may answer without a problem document. */
export async function problemOf(response: Response, now = new Date()): Promise<ApiProblem> {
  const retryAt = retryTime(response.headers.get('retry-after'), now)
  const body: unknown = await response.json().catch(() => null)
  if (isProblemDocument(body)) return new ApiProblem(body, retryAt)
  const code =
    response.status >= 502 && response.status <= 504 ? 'server-unreachable' : 'server-answer-invalid'
  const detail = `${response.status} ${response.statusText}`.trim()
  return new ApiProblem({ status: response.status, code, detail, hint: '' }, retryAt)
}

function isProblemDocument(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'status' in body
}

function retryTime(header: string | null, now: Date): Date | null {
  if (header === null) return null
  const seconds = Number(header)
  const at = Number.isFinite(seconds) ? new Date(now.getTime() + seconds * 1000) : new Date(header)
  return Number.isNaN(at.getTime()) ? null : at
}
