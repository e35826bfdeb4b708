import { type ErrorCode, HoldfastError } from '@holdfast/contract'
import { z } from 'zod'
import type { JsonAnswer } from '../http/json-server.ts'

const LONGEST_QUOTE = 300

const body = z.object({
  errorCode: z.string().nullable().catch(null),
  message: z.string().catch(''),
})

/** Come again later, or a proxy that does not reach the server behind it. */
const LATER = new Set([408, 425, 429, 502, 503, 504])

/** An answer that is no success; `what` is what was asked, without secrets. `details.status` bears the status. */
export function refusal(at: string, answer: JsonAnswer, what: string): HoldfastError {
  const { status } = answer
  const { data } = body.safeParse(answer.json)
  const said = data?.message ? quote(data.message) : null
  const details = { address: at, status, errorCode: data?.errorCode ?? null, said, request: what }
  if (said !== null)
    return new HoldfastError(codeOf(status, true), `${at} answers ${what} with ${status}: ${said}`, {
      details,
    })
  // Real servers send a 401 without any body.
  const message = `${at} answers ${what} with ${status} and no reason`
  return new HoldfastError(codeOf(status, answer.text === ''), message, { details })
}

export function invalidAnswer(at: string, what: string, reason: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'node-answer-invalid',
    `${at} answers ${what} in another way than Veeam: ${reason}`,
    {
      details: { address: at, request: what },
      ...(cause === undefined ? {} : { cause }),
    },
  )
}

function codeOf(status: number, isOfVeeam: boolean): ErrorCode {
  if (status === 401) return 'node-auth-failed'
  if (status === 403) return 'privilege-missing'
  if (LATER.has(status)) return 'node-unreachable'
  return isOfVeeam ? 'node-refused' : 'node-answer-invalid'
}

function quote(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
}
