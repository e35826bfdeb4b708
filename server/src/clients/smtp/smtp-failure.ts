import { type ErrorCode, HoldfastError, type JsonValue } from '@holdfast/contract'
import type { NodemailerError } from 'nodemailer'
import { maskSecrets } from '../../kit/secrets.ts'
import { isCertificateError } from './certificate.ts'

const LONGEST_REPLY = 200

const TRUST_HINT =
  'Set smtp.caFile to the certificate authority of the mail server, or smtp.host to the name its certificate is made for.'
const TLS_HINT =
  'Check smtp.port and smtp.tls: starttls is usual on port 587, tls on port 465; none sends everything in plain text.'

/**
 * What a failed delivery means for the person who must act: `notification-unreachable` when sending the same again
 * later may work (RFC 5321 calls it a transient negative reply), `notification-refused` when it would be refused again.
 * The error of the library is not kept as the cause: it quotes the conversation with the server.
 * @param server host and port, for the message
 */
export function smtpFailure(error: NodemailerError, server: string): HoldfastError {
  const reason = error.originalCode ?? error.code ?? 'unknown'
  const details: Record<string, JsonValue> = { reason }
  if (error.responseCode !== undefined) details.replyCode = error.responseCode
  const failure = (code: ErrorCode, message: string, hint?: string) =>
    new HoldfastError(code, `the mail server ${server} ${message}`, { details, ...(hint ? { hint } : {}) })

  if (error.permanent === false) {
    return failure('notification-unreachable', `asks to come back later${replyOf(error)}`)
  }
  if (error.command === 'STARTTLS' && error.permanent) {
    return failure('notification-refused', 'does not offer STARTTLS; nothing was sent', TLS_HINT)
  }
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') {
    return failure('notification-refused', `did not accept the login${numberOf(error)}`)
  }
  if (error.permanent) return failure('notification-refused', `refused the message${replyOf(error)}`)
  if (isCertificateError(reason)) {
    return failure('notification-refused', `has a certificate that is not trusted (${reason})`, TRUST_HINT)
  }
  if (reason.startsWith('ERR_SSL_')) {
    return failure('notification-refused', `speaks no TLS on this port (${reason})`, TLS_HINT)
  }
  if (error.code === 'EMESSAGE' || error.code === 'EENVELOPE') {
    return failure('notification-refused', 'would not take the message or an address')
  }
  return failure('notification-unreachable', `cannot be reached (${reason})`)
}

/** The reply of a server is text from outside: one line, not too long, and it may repeat what it was sent. */
function replyOf(error: NodemailerError): string {
  const reply = maskSecrets((error.response ?? '').replace(/\s+/g, ' ').trim())
  if (reply === '') return ''
  return `: ${reply.length > LONGEST_REPLY ? `${reply.slice(0, LONGEST_REPLY)}…` : reply}`
}

/** To a login some servers answer with what they were given, in base 64: only the number is told. */
function numberOf(error: NodemailerError): string {
  return error.responseCode === undefined ? '' : ` (${error.responseCode})`
}
