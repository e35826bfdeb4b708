import { readFile } from 'node:fs/promises'
import https from 'node:https'
import type { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { requires } from '../requires.ts'
import { VeeamLab } from './veeam-lab.ts'

describe.skipIf(requires('openssl'))('the simulated Veeam with TLS', () => {
  it('has a certificate that nobody else trusts, and tells its fingerprint', async () => {
    await using lab = await VeeamLab.start({ tls: true })
    const url = `${lab.url}/api/v1/serverTime`
    const options = { headers: { 'x-api-version': '1.3-rev2' }, ca: await readFile(lab.caFile ?? '', 'utf8') }
    const seen = await new Promise<{ status: number | undefined; fingerprint: string }>((resolve, reject) => {
      const request = https.get(url, options, (response) => {
        const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate()
        resolve({ status: response.statusCode, fingerprint: fingerprint256 })
        response.resume()
      })
      request.on('error', reject)
    })
    expect(seen).toEqual({ status: 200, fingerprint: lab.fingerprint })
    await expect(fetch(url)).rejects.toThrow()
  })
})
