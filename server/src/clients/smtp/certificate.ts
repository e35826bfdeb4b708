import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { HoldfastError } from '@holdfast/contract'

/** Codes of Node for a certificate that is not trusted, expired or made for another name. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/

/** Whether the code of a socket error says that the certificate of the other side was not accepted. */
export function isCertificateError(code: string): boolean {
  return CERTIFICATE_CODE.test(code)
}

/**
 * Reads a PEM file of certificate authorities. Throws `config-unreadable`, and `config-invalid` for a file without a
 * certificate: Node would take it without a word and then trust nobody.
 */
export async function readCaFile(path: string): Promise<string> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HoldfastError('config-unreadable', `the CA file ${path} cannot be read`, { cause })
  })
  try {
    new X509Certificate(pem)
  } catch (cause) {
    throw new HoldfastError('config-invalid', `the CA file ${path} holds no PEM certificate`, { cause })
  }
  return pem
}
