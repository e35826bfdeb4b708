import { type ErrorCode, HoldfastError } from '@holdfast/contract'
import { type Envelope, envelope } from './answers.ts'

const LONGEST_QUOTE = 300

/** Too many requests, or a proxy that does not reach the server behind it. */
const LATER = new Set([408, 425, 429, 502, 503, 504])

/** What a refusal is about; in the details of the error as `reason`. */
export type RefusalReason =
  | 'duplicate'
  | 'duplicate-relation'
  | 'absent'
  | 'mandatory'
  | 'still-referred-to'
  | 'too-long'
  | 'lookup-unknown'
  | 'other'

/**
 * The status says little: a missing right comes as 400, an unknown card too, a duplicate as 500. The numbers are those
 * of CMDBuild's own messages, the words those of version 3, which passes on what PostgreSQL says. The first that
 * matches counts.
 */
const REASONS: readonly (readonly [RefusalReason, code: string, RegExp])[] = [
  // Before what else is not found.
  ['lookup-unknown', '', /lookup (value )?not found/i],
  ['absent', '', /card not existing|not found for (name|id)|(relation|domain|class|classe|card) not found/i],
  ['duplicate-relation', '', /duplicate key value.*"_cm3_Map_/is],
  ['duplicate', '201', /duplicate value|duplicate key value/i],
  ['still-referred-to', '205', /reference integrity violation/i],
  ['mandatory', '208', /is mandatory but found null/i],
  ['too-long', '', /exceed maximum attr len|value too long for type/i],
]

const RIGHT_CODES = new Set(['301', '302', '303', '304', '305'])
const RIGHT =
  /permission denied|access denied|not authorized to access class|not allowed to (execute|read|create|update|delete|modify)/i

export interface Refusal {
  readonly at: string
  readonly status: number
  /** The parsed body, undefined when it was none. */
  readonly json: unknown
  /** Its beginning, for messages. */
  readonly text: string
}

/** An answer that is no success. `what` says in words what was asked, such as `read the cards of Storage`. Never throws. */
export function answerError(refusal: Refusal, what: string): HoldfastError {
  const { at, status } = refusal
  const body = bodyOf(refusal.json)
  const said = body === null ? null : saidBy(body)
  const codes = body === null ? [] : codesOf(body)
  const reason = body === null ? 'other' : reasonOf(status, said ?? '', codes)
  const details = {
    address: at,
    status,
    code: codes[0] ?? null,
    reason,
    said: quote(said ?? refusal.text),
    request: what,
  }
  const code = codeOf(status, body === null ? null : (said ?? ''), codes, reason)
  if (code === 'node-unreachable')
    return new HoldfastError(code, `${at} cannot ${what} at the moment: it answers ${status}`, { details })
  if (code === 'node-answer-invalid')
    return new HoldfastError(
      code,
      `${at} answers ${status} with something that is not of CMDBuild’s REST v3`,
      {
        details,
        hint: 'Check the address of the node: it is that of CMDBuild itself, such as https://server/cmdbuild, with the name it was installed under.',
      },
    )
  const verb = code === 'privilege-missing' ? 'may not' : 'could not'
  return new HoldfastError(
    code,
    `Holdfast ${verb} ${what} at ${at}: ${quote(said ?? `it answers ${status}`)}`,
    {
      details,
    },
  )
}

/** What a refusal was about; null for an error that is none. */
export function reasonOfRefusal(error: unknown): RefusalReason | null {
  if (!(error instanceof HoldfastError) || error.code !== 'node-refused') return null
  const reason = error.details?.reason
  return typeof reason === 'string' ? (reason as RefusalReason) : null
}

/** What the server says of it, in its own words; null when it says nothing. */
export function saidBy(body: Envelope): string | null {
  const said = (body.messages ?? [])
    .map(({ message, code }) => [message ?? '', code === null || code === undefined ? '' : `(${code})`])
    .map((parts) => parts.filter((part) => part !== '').join(' '))
    .filter((line) => line !== '')
  return said.length === 0 ? null : said.join('; ')
}

export function bodyOf(json: unknown): Envelope | null {
  return envelope.safeParse(json).data ?? null
}

export function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
}

function codesOf(body: Envelope): string[] {
  return (body.messages ?? []).flatMap(({ code }) =>
    code === null || code === undefined || code === '' ? [] : [String(code)],
  )
}

function reasonOf(status: number, said: string, codes: readonly string[]): RefusalReason {
  const found = REASONS.find(([, code, words]) => (code !== '' && codes.includes(code)) || words.test(said))
  return found?.[0] ?? (status === 404 ? 'absent' : 'other')
}

function codeOf(
  status: number,
  said: string | null,
  codes: readonly string[],
  reason: RefusalReason,
): ErrorCode {
  if (LATER.has(status)) return 'node-unreachable'
  if (status === 401 || status === 403) return 'privilege-missing'
  if (said === null) return 'node-answer-invalid'
  if (codes.some((code) => RIGHT_CODES.has(code))) return 'privilege-missing'
  return reason === 'other' && RIGHT.test(said) ? 'privilege-missing' : 'node-refused'
}
