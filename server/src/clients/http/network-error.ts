import { HoldfastError } from '@holdfast/contract'
import { isCertificateError } from '../smtp/certificate.ts'

/** What is not HTTP, or TLS on one side only. */
const OTHER_LANGUAGE = /^(HPE_|ERR_SSL_|EPROTO$|UND_ERR_HEADERS_OVERFLOW$)/

const SAID: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EPIPE: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection broke off',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'the name server does not answer',
  EHOSTUNREACH: 'there is no way to the machine',
  ENETUNREACH: 'there is no way to the network',
  ETIMEDOUT: 'the machine does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'the machine does not answer',
}

/**
 * What a request that got no whole answer means: `node-certificate-untrusted`, `node-answer-invalid` when it is not
 * HTTP that is spoken, else `node-unreachable`. `at` is the address without credentials.
 */
export function networkError(at: string, error: unknown, timeoutMs: number): HoldfastError {
  if (error instanceof HoldfastError) return error
  const code = codeOf(error)
  const options = { details: { address: at, reason: code }, cause: error }
  if (isCertificateError(code)) {
    const message = `the certificate of ${at} is not trusted: ${messageOf(error)}`
    return new HoldfastError('node-certificate-untrusted', message, options)
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return new HoldfastError('node-answer-invalid', `${at} answers with more than can be taken`, options)
  if (OTHER_LANGUAGE.test(code)) {
    const spoken = at.startsWith('https:') ? 'HTTPS' : 'HTTP'
    return new HoldfastError('node-answer-invalid', `what answers at ${at} does not speak ${spoken}`, options)
  }
  const isSilent = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT'
  const said = isSilent ? `nothing came for ${timeoutMs / 1000} s` : (SAID[code] ?? messageOf(error))
  return new HoldfastError('node-unreachable', `${at} does not answer: ${said}`, options)
}

/** The code that tells most: several addresses of one name are tried, and errors are wrapped in others. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  if (error.name === 'AbortError') return 'UND_ERR_SOCKET'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) return inner === undefined ? error.name : codeOf(inner)
  return code
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
