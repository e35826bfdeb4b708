import { HoldfastError } from '@holdfast/contract'

const CERTIFICATE = /CERT|^UNABLE_TO_|^ERR_TLS_CERT/
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** What went wrong on the way to the server and back, in words. `origin` is its address. */
export function networkError(thrown: unknown, origin: string): HoldfastError {
  const code = codeOf(thrown)
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (CERTIFICATE.test(code)) {
    return new HoldfastError('server-certificate-untrusted', `${origin}: ${message} (${code})`, {
      cause: thrown,
    })
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return new HoldfastError('server-answer-invalid', `${origin} does not speak TLS`, {
      hint: 'Check port and address; a server without a certificate is reached by http://.',
      cause: thrown,
    })
  }
  const fact =
    thrown instanceof Error && thrown.name === 'TimeoutError' ? 'no answer in time' : message || code
  return new HoldfastError('server-unreachable', `${origin}: ${fact}`, {
    hint: `Check that ${origin} is the right address, and that the service runs there: systemctl status holdfast`,
    cause: thrown,
  })
}

/** True when the server cannot have got anything of the request. */
export function wasNeverSent(thrown: unknown): boolean {
  return NEVER_SENT.has(codeOf(thrown))
}

function codeOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : ''
  return typeof code === 'string' ? code : ''
}
