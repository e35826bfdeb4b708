import {
  ERROR_CODES,
  ERROR_KINDS,
  type ErrorCode,
  HoldfastError,
  type JsonValue,
  type Problem,
  problem,
} from '@holdfast/contract'

/** An error as it goes over the wire. */
export interface ProblemAnswer {
  status: number
  headers: Record<string, string>
  body: Problem
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export function statusOf(code: ErrorCode): number {
  const entry: { kind: keyof typeof ERROR_KINDS; httpStatus?: number } = ERROR_CODES[code]
  return entry.httpStatus ?? ERROR_KINDS[entry.kind].httpStatus
}

/**
 * The one place where an error becomes an answer. What is a bug of ours tells nothing but the reference under which the
 * log of the server has the rest.
 */
export function problemOf(
  error: HoldfastError,
  reference: string,
  status = statusOf(error.code),
): ProblemAnswer {
  const { code, kind, hint } = error
  const { problems, ...others } = error.details ?? {}
  const details: Record<string, JsonValue> = kind === 'bug' ? { reference } : others
  const found = kind === 'bug' ? undefined : problemsIn(problems)
  const body: Problem = {
    type: `urn:holdfast:error:${code}`,
    title: ERROR_CODES[code].meaning,
    status,
    detail: kind === 'bug' ? 'something went wrong inside Holdfast' : error.message,
    code,
    kind,
    hint: kind === 'bug' ? `The log of the server tells more about the reference ${reference}.` : hint,
    ...(found && { problems: found }),
    ...(Object.keys(details).length > 0 && { details }),
  }
  return { status, headers: headersOf(status, details), body }
}

function headersOf(status: number, details: Record<string, JsonValue>): Record<string, string> {
  const seconds = details.retryAfterSeconds
  return {
    ...(typeof seconds === 'number' && { 'retry-after': String(Math.max(0, Math.ceil(seconds))) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="Holdfast"' }),
  }
}

/** Mistakes with their places, whoever found them: a schema, or the checks of a whole configuration. */
function problemsIn(value: JsonValue | undefined): Problem['problems'] {
  if (!Array.isArray(value)) return undefined
  const withoutEmpty = value.map((each) =>
    each !== null && typeof each === 'object' && !Array.isArray(each) && each.hint === null
      ? { path: each.path, message: each.message }
      : each,
  )
  return problem.shape.problems.safeParse(withoutEmpty).data
}

/** What Fastify itself refuses before a handler sees it, in our words. Null for everything else. */
export function refusedByServer(thrown: unknown): { error: HoldfastError; status?: number } | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return null
  const { statusCode } = thrown
  // As files are refused: what If-Match or Range asks for is not there (@fastify/send, made by http-errors).
  if ('expose' in thrown && (statusCode === 412 || statusCode === 416)) {
    const error = new HoldfastError('request-invalid', 'the file has no such state or part')
    return { error, status: statusCode }
  }
  if (!('code' in thrown)) return null
  const { code } = thrown
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { error: new HoldfastError('request-too-large', 'the body is larger than the server takes') }
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const hint = 'Send the body as application/json.'
    return { error: new HoldfastError('request-invalid', 'the body is no JSON', { hint }), status: 415 }
  }
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode > 499) return null
  return { error: new HoldfastError('request-invalid', 'the request is not well formed'), status: statusCode }
}
