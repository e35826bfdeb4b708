import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from '../../influxdb/certificates.ts'

export interface LabCertificate {
  readonly key: string
  readonly cert: string
  /** Of the authority that signed it, when it was made here. */
  readonly caFile: string | null
  /** What its files are in, to be removed. */
  readonly folder: string | null
}

export async function certificateOf(
  tls: { readonly key: string; readonly cert: string } | boolean,
): Promise<LabCertificate | null> {
  if (tls === false) return null
  if (tls !== true) return { ...tls, caFile: null, folder: null }
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-veeam-lab-'))
  const { caFile, certFile, keyFile } = await makeCertificate(folder)
  const [key, cert] = [await readFile(keyFile, 'utf8'), await readFile(certFile, 'utf8')]
  return { key, cert, caFile, folder }
}
