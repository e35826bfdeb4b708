import type { TLSSocket } from 'node:tls'
import { HoldfastError } from '@holdfast/contract'
import { buildConnector } from 'undici'
import { readCaFile } from '../smtp/certificate.ts'

export interface Trust {
  /** Authorities to trust instead of the public ones: a PEM file. */
  readonly caFile: string | null
  /** SHA-256 of the only certificate that is trusted, 64 hex digits in lower case: see {@link fingerprintOf}. */
  readonly fingerprint: string | null
}

const FINGERPRINT = /^[0-9a-f]{64}$/

const SAID: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is made for another name',
}

/** A SHA-256 fingerprint as it is compared; colons, blanks and case mean nothing. Throws `config-invalid`. */
export function fingerprintOf(text: string): string {
  const digits = text.replace(/[:\s]/g, '').toLowerCase()
  if (FINGERPRINT.test(digits)) return digits
  throw new HoldfastError(
    'config-invalid',
    'the fingerprint of a certificate is not one of SHA-256: 64 hex digits',
  )
}

/**
 * Connects, and looks at the certificate before a byte of a request is sent. Node itself breaks off at a certificate it
 * does not trust, without telling its fingerprint: so it is let through here, and refused one step later.
 * Throws `config-unreadable` and `config-invalid` for the CA file.
 */
export async function trustingConnector(
  at: string,
  { caFile, fingerprint }: Trust,
  timeoutMs: number,
): Promise<buildConnector.connector> {
  const ca = caFile === null ? {} : { ca: await readCaFile(caFile) }
  // A resumed session would not show its certificate anew.
  const always = { allowH2: false, maxCachedSessions: 0, rejectUnauthorized: false }
  const connect = buildConnector({ ...ca, ...always, timeout: timeoutMs })
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null)
      const refusal = options.protocol === 'https:' ? refusalOf(at, socket as TLSSocket, fingerprint) : null
      if (refusal === null) return callback(null, socket)
      socket.destroy()
      callback(refusal, null)
    })
}

function refusalOf(at: string, socket: TLSSocket, pinned: string | null): HoldfastError | null {
  const presented = socket.getPeerX509Certificate()?.fingerprint256 ?? null
  if (pinned !== null) return isPinned(presented, pinned) ? null : otherCertificate(at, presented)
  return socket.authorized ? null : untrusted(at, presented, socket.authorizationError)
}

function isPinned(presented: string | null, pinned: string): boolean {
  return presented !== null && fingerprintOf(presented) === pinned
}

function otherCertificate(at: string, presented: string | null): HoldfastError {
  return new HoldfastError(
    'node-certificate-untrusted',
    `${at} shows another certificate than the one whose fingerprint is entered: ${presented ?? 'none'}`,
    {
      hint: 'If the certificate of the server was renewed, compare the fingerprint with the one on the server itself, then enter it in the node (`fingerprint`). Otherwise somebody answers in its place.',
      details: { address: at, fingerprint: presented },
    },
  )
}

/** The types say Error; Node gives the code as a text. */
function untrusted(at: string, presented: string | null, reason: Error | string | undefined): HoldfastError {
  const code = String(reason ?? 'unknown')
  return new HoldfastError(
    'node-certificate-untrusted',
    `the certificate of ${at} is not trusted: ${SAID[code] ?? code}; its SHA-256 fingerprint is ${presented ?? 'unknown'}`,
    {
      hint: 'Compare the fingerprint with the one on the server itself, then enter it in the node (`fingerprint`), or name the file with the certificate of its authority (`caFile`).',
      details: { address: at, reason: code, fingerprint: presented },
    },
  )
}
