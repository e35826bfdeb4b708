import { type ErrorCode, HoldfastError } from '@holdfast/contract'

const LONGEST_QUOTE = 300

/** What the servers say, and what it means; the first that matches counts. */
const MEANINGS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/no space left on device|disk quota exceeded|disk (is )?full/i, 'node-full'],
  [
    /authorization failed|authentication (failed|credentials)|username or password|unauthorized/i,
    'node-auth-failed',
  ],
  [
    /not authorized|requires .*(privilege|READ|WRITE)|create admin user first|forbidden/i,
    'privilege-missing',
  ],
  [/(database|bucket).*not found|dbrp mapping|database .*does not exist/i, 'database-absent'],
  [/query-timeout limit|max-select-|max-body-size/i, 'node-refused'],
  [
    /time(d )?out|hinted handoff|is closed|shutting down|cache-max-memory-size|max-concurrent-/i,
    'node-unreachable',
  ],
]

/** Come again later: too many requests, or a proxy that does not reach the server behind it. */
const LATER = new Set([408, 425, 429, 502, 503, 504])

export interface Refusal {
  readonly at: string
  readonly status: number
  /** The body, or its beginning. */
  readonly text: string
  /** The header X-Influxdb-Error, which is there when the body is msgpack; or empty. */
  readonly header?: string
}

/** An answer to a request that is no success. Throws never; `what` is what was asked, without secrets. */
export function answerError(refusal: Refusal, what: string): HoldfastError {
  const { at, status } = refusal
  const said = saidBy(refusal)
  const details = { address: at, status, said: said === null ? null : quote(said), request: quote(what) }
  const code = codeOfAnswer(status, said)
  if (said !== null) return new HoldfastError(code, `${at} answers ${status}: ${quote(said)}`, { details })
  const message = `${at} answers ${status} with something that is not an answer of InfluxDB`
  return new HoldfastError(code, message, { details: { ...details, said: quote(refusal.text) } })
}

/** What a server says of a statement inside an answer that began well, in whatever form that comes. */
export function statementError(said: string, of: { at?: string; statement?: string } = {}): HoldfastError {
  const { at = 'the server', statement = null } = of
  const details = { address: at, said: quote(said), request: statement === null ? null : quote(statement) }
  const code = codeOfText(said) ?? 'node-refused'
  return new HoldfastError(code, `${at} refuses a statement: ${quote(said)}`, { details })
}

/**
 * Points that were refused, or null when the answer is about something else. Of a batch that `isPartial`, all other
 * lines are stored.
 */
export function refusedPoints(refusal: Refusal): HoldfastError | null {
  if (refusal.status !== 400 && refusal.status !== 422) return null
  const said = saidBy(refusal)
  const found = said === null ? null : reasonOf(said)
  if (said === null || found === null) return null
  const { at } = refusal
  const details = {
    address: at,
    measurement: found.measurement ?? null,
    field: found.field ?? null,
    reason: found.reason,
    dropped: droppedBy(said),
    isPartial: /partial write/.test(said),
    said: quote(said),
  }
  return new HoldfastError('points-refused', `${at} refuses points: ${quote(said)}`, { details })
}

interface Reason {
  readonly reason: 'field-type' | 'retention' | 'unparsable' | 'name' | 'limit' | 'other'
  readonly measurement?: string | undefined
  readonly field?: string | undefined
}

/** Names stand in the messages as they are, quotes and all: the longest match is the name. */
function reasonOf(said: string): Reason | null {
  const conflict = /input field "(.*)" on measurement "(.*)" is type \w+, already exists as type/s.exec(said)
  if (conflict) return { reason: 'field-type', field: conflict[1], measurement: conflict[2] }
  if (/beyond retention policy/.test(said)) return { reason: 'retention' }
  const name =
    /invalid (?:tag key|field name): input (?:tag|field) "(.*)" on measurement "(.*)" is invalid/s.exec(said)
  if (name) return { reason: 'name', field: name[1], measurement: name[2] }
  const limit = /max-(?:values-per-tag|series-per-database) limit exceeded[^:]*: measurement="(.*?)"/s.exec(
    said,
  )
  if (limit) return { reason: 'limit', measurement: limit[1] }
  if (/max-(values-per-tag|series-per-database)/.test(said)) return { reason: 'limit' }
  if (/unable to parse|max key length exceeded/.test(said)) return { reason: 'unparsable' }
  return /partial write/.test(said) ? { reason: 'other' } : null
}

/** The number a server names is 0 for lines it could not read, though they are lost as well. */
function droppedBy(said: string): number {
  const named = Number(/dropped=(\d+)\s*$/.exec(said)?.[1] ?? 0)
  return Math.max(named, [...said.matchAll(/^(?:partial write: )?unable to parse '/gm)].length)
}

function codeOfAnswer(status: number, said: string | null): ErrorCode {
  if (status === 401) return 'node-auth-failed'
  if (status === 403) return 'privilege-missing'
  if (LATER.has(status)) return (said === null ? null : codeOfText(said)) ?? 'node-unreachable'
  if (said === null) return 'node-answer-invalid'
  return codeOfText(said) ?? 'node-refused'
}

function codeOfText(said: string): ErrorCode | null {
  return MEANINGS.find(([pattern]) => pattern.test(said))?.[1] ?? null
}

/** 1.x says {error}, 2.x {code, message}, 3.x {error, data}; null when it is none of them. */
function saidBy({ header = '', text }: Refusal): string | null {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return null
    const said = 'error' in body ? body.error : 'message' in body ? body.message : null
    if (typeof said !== 'string') return null
    return 'data' in body && body.data ? `${said}: ${JSON.stringify(body.data)}` : said
  } catch {
    // The header has everything on one line, so it comes second.
    return header === '' ? null : header
  }
}

function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
}
