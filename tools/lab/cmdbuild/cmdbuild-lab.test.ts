import { existsSync, readFileSync } from 'node:fs'
import https from 'node:https'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CmdbuildLab } from './cmdbuild-lab.ts'
import { Rest } from './rest.testkit.ts'

/** Status of a login over HTTPS, and the certificate that the server showed. */
async function secureLogin(lab: CmdbuildLab): Promise<{ status: number | undefined; fingerprint: string }> {
  const ca = lab.caFile === null ? [] : [readFileSync(lab.caFile)]
  return await new Promise((resolve, reject) => {
    const url = `${lab.url}/services/rest/v3/sessions?scope=service&returnId=true`
    const request = https.request(url, { method: 'POST', ca, agent: false }, (answer) => {
      const socket = answer.socket as import('node:tls').TLSSocket
      resolve({ status: answer.statusCode, fingerprint: socket.getPeerCertificate().fingerprint256 })
      answer.resume()
    })
    request.on('error', reject)
    request.end(JSON.stringify({ username: lab.user, password: lab.password }))
  })
}

describe('the lab', () => {
  test('each server is on its own, and its context decides where it answers', async () => {
    await using one = await CmdbuildLab.start({ context: '/ready2use-2.2' })
    await using other = await CmdbuildLab.start()
    one.store.addCard('Storage', { Code: 's' })
    expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ready2use-2\.2$/)
    expect((await (await Rest.as(one)).get('/classes/Storage/cards')).body.data).toHaveLength(1)
    expect((await (await Rest.as(other)).get('/classes/Storage/cards')).body.data).toEqual([])
    const elsewhere = await fetch(`${new URL(one.url).origin}/cmdbuild/services/rest/v3/classes`)
    expect([elsewhere.status, elsewhere.headers.get('content-type')]).toEqual([404, 'text/html'])
    const older = await fetch(`${other.url}/services/rest/v2/classes`)
    expect([older.status, older.headers.get('content-type')]).toEqual([401, 'text/html'])
  })

  test('only the extended fixture has what a synchronisation writes', async () => {
    await using plain = await CmdbuildLab.start()
    await using extended = await CmdbuildLab.start({ fixture: 'extended' })
    const rests = [await Rest.as(plain), await Rest.as(extended)]
    const statuses = await Promise.all(rests.map((rest) => rest.get('/classes/BackupJob')))
    expect(statuses.map(({ status }) => status)).toEqual([404, 200])
    expect(plain.store.schema.attributesOf('Storage').has('SourceKey')).toBe(false)
    expect(extended.store.schema.attributesOf('Storage').has('SourceKey')).toBe(true)
  })

  test('requests are kept with their answers, and two moments can be compared', async () => {
    await using lab = await CmdbuildLab.start()
    const rest = await Rest.as(lab)
    const before = lab.snapshot()
    await rest.get('/classes/Storage/cards', { limit: 5 })
    expect(lab.snapshot()).toEqual(before)
    await rest.send('POST', '/classes/Storage/cards', { Code: 's' })
    expect(lab.snapshot()).not.toEqual(before)
    expect(lab.requests).toEqual([
      { method: 'POST', path: '/sessions', query: { scope: 'service', returnId: 'true' }, status: 200 },
      { method: 'GET', path: '/classes/Storage/cards', query: { limit: '5' }, status: 200 },
      { method: 'POST', path: '/classes/Storage/cards', query: {}, status: 200 },
    ])
    expect([lab.writeRequests, lab.changes]).toEqual([1, 1])
    lab.forgetRequests()
    expect([lab.requests, lab.writeRequests, lab.changes]).toEqual([[], 0, 0])
  })

  test('speaks HTTPS with an authority of its own, and leaves nothing behind', async () => {
    let folder = ''
    {
      await using lab = await CmdbuildLab.start({ tls: true })
      folder = dirname(lab.caFile ?? '')
      expect(await secureLogin(lab)).toEqual({ status: 200, fingerprint: lab.fingerprint })
      await expect(fetch(lab.url)).rejects.toThrow()
    }
    expect(existsSync(folder)).toBe(false)
  })
})
