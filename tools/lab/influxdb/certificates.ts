import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

export interface LabCertificate {
  /** The authority that nobody else trusts. */
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}

/** A certificate for 127.0.0.1 and localhost, valid for a day, signed by an authority of its own. Needs openssl. */
export async function makeCertificate(folder: string): Promise<LabCertificate> {
  const file = (name: string) => join(folder, name)
  const [caFile, caKey] = [file('ca.pem'), file('ca.key')]
  const [certFile, keyFile] = [file('server.pem'), file('server.key')]
  await run('openssl', [
    'req',
    '-x509',
    ...NEW_KEY,
    '-days',
    '1',
    '-subj',
    '/CN=Lab',
    '-keyout',
    caKey,
    '-out',
    caFile,
  ])
  const request = file('server.csr')
  await run('openssl', ['req', ...NEW_KEY, '-subj', '/CN=localhost', '-keyout', keyFile, '-out', request])
  await writeFile(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
  const signer = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', '1', '-extfile', file('names')]
  await run('openssl', ['x509', '-req', '-in', request, ...signer, '-out', certFile])
  return { caFile, certFile, keyFile }
}
