import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LabCertificate, makeCertificate } from '../../../../tools/lab/influxdb/certificates.ts'
import { type JsonAddress, JsonServer } from './json-server.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const { signal } = new AbortController()
const GET = { method: 'GET', path: '/x', signal } as const
const ok: Answer = (_, response) => response.end('{"fine":true}')

let folder: string
let files: LabCertificate
let presented: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-json-'))
  files = await makeCertificate(folder)
  presented = new X509Certificate(await readFile(files.certFile)).fingerprint256
})

afterAll(() => rm(folder, { recursive: true, force: true }))

interface PretendOptions {
  readonly tls?: true
  readonly host?: string
  readonly timeoutMs?: number
}

/** A server that does what a test wants, and a client for it. */
async function pretend(answer: Answer, options: Partial<JsonAddress> & PretendOptions = {}) {
  const { tls, host = '127.0.0.1', timeoutMs = 5000, ...address } = options
  const secret = { key: await readFile(files.keyFile), cert: await readFile(files.certFile) }
  const requests: { method: string; url: string }[] = []
  const listener: Answer = (request, response) => {
    requests.push({ method: request.method ?? '', url: request.url ?? '' })
    answer(request, response)
  }
  const server = tls ? https.createServer(secret, listener) : http.createServer(listener)
  server.listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `${tls ? 'https' : 'http'}://${host}:${port}`
  const nothing = { caFile: null, fingerprint: null }
  const client = new JsonServer({ url, ...nothing, ...address }, { connections: 2, timeoutMs })
  return {
    client,
    requests,
    port,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Says no in the way given the first `times`, then yes. */
function refusing(times: number, refuse: Answer): Answer {
  let left = times
  return (request, response) => {
    left -= 1
    if (left >= 0) refuse(request, response)
    else ok(request, response)
  }
}

const soon = (status: number): Answer => {
  return (_, response) => response.writeHead(status, { 'retry-after': '0' }).end('later')
}

it('sends JSON, forms and parameters, and counts what it sends', async () => {
  const seen: unknown[] = []
  await using server = await pretend(async ({ headers, url }, response) => {
    seen.push([url, headers['content-type'], headers['x-own']])
    response.setHeader('x-said', 'yes')
    response.writeHead(404).end('{"a":1}')
  })
  const { client } = server
  const query = { skip: 0, typeFilter: ['A', 'B b'], on: true }
  const answer = await client.send({ ...GET, query, headers: { 'x-own': 'v' } })
  expect([answer.status, answer.json, answer.text, answer.header('x-said')]).toEqual([
    404,
    { a: 1 },
    '{"a":1}',
    'yes',
  ])
  await client.send({ ...GET, method: 'POST', json: { name: 'ü' } })
  await client.send({ ...GET, method: 'POST', form: { user: 'TECH\\svc' } })
  expect(seen).toEqual([
    ['/x?skip=0&typeFilter=A&typeFilter=B+b&on=true', undefined, 'v'],
    ['/x', 'application/json', undefined],
    ['/x', 'application/x-www-form-urlencoded', undefined],
  ])
  expect(client).toMatchObject({ calls: 3, sentBytes: '{"name":"ü"}'.length + 1 + 'user=TECH%5Csvc'.length })
})

it('passes bodies on as they are, below the prefix of the address', async () => {
  await using server = await pretend(async (request, response) =>
    response.end(JSON.stringify([request.url, await text(request)])),
  )
  const { port } = server
  await using client = new JsonServer(
    { url: `http://127.0.0.1:${port}/pre/fix/`, caFile: null, fingerprint: null },
    { connections: 1, timeoutMs: 1000 },
  )
  const answer = await client.send({ ...GET, method: 'PUT', json: [1] })
  expect(answer.json).toEqual(['/pre/fix/x', '[1]'])
  expect(client.at).toBe(`http://127.0.0.1:${port}/pre/fix`)
})

it.each([
  ['', undefined],
  ['<html>a page</html>', undefined],
  ['null', null],
])('an answer of %j is no failure', async (body, json) => {
  await using server = await pretend((_, response) => response.writeHead(401).end(body))
  const answer = await server.client.send(GET)
  expect([answer.status, answer.text]).toEqual([401, body])
  expect(answer.json).toBe(json)
})

it.each([429, 502, 503, 504])('comes back when the server says %i', async (status) => {
  await using server = await pretend(refusing(3, soon(status)))
  expect(await server.client.send(GET)).toMatchObject({ status: 200, json: { fine: true } })
  expect(server.client.calls).toBe(4)
})

it('gives the answer when the server goes on saying to come later', async () => {
  await using server = await pretend(refusing(4, soon(503)))
  expect(await server.client.send({ ...GET, method: 'DELETE' })).toMatchObject({ status: 503, text: 'later' })
  expect(server.requests).toHaveLength(4)
})

it('waits as long as Retry-After says', async () => {
  await using server = await pretend(
    refusing(1, (_, response) => response.writeHead(503, { 'retry-after': '1' }).end()),
  )
  const from = performance.now()
  expect((await server.client.send(GET)).status).toBe(200)
  expect(performance.now() - from).toBeGreaterThan(950)
})

it.each([
  ['before the answer', ((request) => request.socket.destroy()) satisfies Answer],
  [
    'in the middle of the answer',
    ((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":', () => request.socket.destroy())
    }) satisfies Answer,
  ],
])('repeats what broke off %s', async (_when, refuse) => {
  await using server = await pretend(refusing(1, refuse))
  expect((await server.client.send({ ...GET, method: 'PUT', json: 1 })).json).toEqual({ fine: true })
  expect(server.client).toMatchObject({ calls: 2, sentBytes: 2 })
})

it.each([soon(503), ((request) => request.socket.destroy()) satisfies Answer])(
  'never repeats a POST',
  async (refuse) => {
    await using server = await pretend(refusing(1, refuse))
    const attempt = server.client.send({ ...GET, method: 'POST', json: {} })
    const said = await attempt.then(
      ({ status }) => status,
      ({ code }) => code,
    )
    expect([503, 'node-unreachable']).toContain(said)
    expect(server.requests).toEqual([{ method: 'POST', url: '/x' }])
  },
)

it('does not repeat a wait in vain', async () => {
  await using server = await pretend(() => undefined, { timeoutMs: 300 })
  await expect(server.client.send(GET)).rejects.toMatchObject({
    code: 'node-unreachable',
    message: expect.stringContaining('nothing came for 0.3 s'),
  })
  expect(server.client.calls).toBe(1)
})

it.each([
  ['an answer that does not come', (() => undefined) satisfies Answer],
  [
    'a pause before a repeat',
    ((_, response) => response.writeHead(503, { 'retry-after': '25' }).end()) satisfies Answer,
  ],
])('a signal ends %s at once', async (_what, answer) => {
  const canceled = new AbortController()
  await using server = await pretend((request, response) => {
    answer(request, response)
    setTimeout(() => canceled.abort(new Error('enough')), 50)
  })
  const from = performance.now()
  await expect(server.client.send({ ...GET, signal: canceled.signal })).rejects.toMatchObject({
    code: 'run-canceled',
  })
  expect(performance.now() - from).toBeLessThan(2000)
  expect(server.client.calls).toBe(1)
})

it.each([
  ['it says so', { 'content-length': String(300 * 1024 * 1024) }],
  ['it does not say so', {}],
])('refuses an answer beyond all bounds when %s', async (_how, headers) => {
  const piece = Buffer.alloc(4 * 1024 * 1024, 32)
  await using server = await pretend((_, response) => {
    response.writeHead(200, headers)
    const more = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  })
  await expect(server.client.send(GET)).rejects.toMatchObject({ code: 'node-answer-invalid' })
  expect(server.client.calls).toBe(1)
})

it('trusts the authority of the CA file', async () => {
  await using server = await pretend(ok, { tls: true, caFile: files.caFile })
  expect((await server.client.send(GET)).json).toEqual({ fine: true })
})

it('refuses an unknown certificate, shows its fingerprint, and sends nothing', async () => {
  await using server = await pretend(ok, { tls: true })
  await expect(server.client.send(GET)).rejects.toMatchObject({
    code: 'node-certificate-untrusted',
    message: expect.stringContaining(presented),
    hint: expect.stringContaining('fingerprint'),
  })
  expect(server.requests).toEqual([])
})

it('refuses a trusted certificate that is made for another name', async () => {
  await using server = await pretend(ok, { tls: true, host: '127.0.0.2', caFile: files.caFile })
  await expect(server.client.send(GET)).rejects.toMatchObject({
    code: 'node-certificate-untrusted',
    message: expect.stringContaining('another name'),
  })
  expect(server.requests).toEqual([])
})

it('trusts the pinned certificate, however its fingerprint is written', async () => {
  for (const fingerprint of [presented, presented.replaceAll(':', '').toLowerCase()]) {
    await using server = await pretend(ok, { tls: true, fingerprint })
    expect((await server.client.send(GET)).status).toBe(200)
  }
})

it('trusts no other certificate than the pinned one, whatever its issuer', async () => {
  const fingerprint = 'ab'.repeat(32)
  await using server = await pretend(ok, { tls: true, fingerprint, caFile: files.caFile })
  await expect(server.client.send(GET)).rejects.toMatchObject({
    code: 'node-certificate-untrusted',
    message: expect.stringContaining(presented),
    hint: expect.stringContaining('renewed'),
  })
  expect(server.requests).toEqual([])
})

it('says what is wrong with an address', async () => {
  await using plain = await pretend(ok)
  await using secure = await pretend(ok, { tls: true })
  const limits = { connections: 1, timeoutMs: 1000 }
  const to = (url: string, fingerprint: string | null = null) =>
    new JsonServer({ url, caFile: null, fingerprint }, limits)
  await using wrong = to(`https://127.0.0.1:${plain.port}`)
  await using other = to(`http://127.0.0.1:${secure.port}`)
  await using nobody = to('http://127.0.0.1:1')
  await expect(wrong.send(GET)).rejects.toMatchObject({ code: 'node-answer-invalid' })
  await expect(other.send(GET)).rejects.toMatchObject({ code: expect.stringMatching(/^node-/) })
  await expect(nobody.send(GET)).rejects.toMatchObject({ code: 'node-unreachable' })
  expect(() => to('veeam:9419')).toThrow(/begins with http/)
  expect(() => to('https://veeam:9419', 'abc')).toThrow(/64 hex digits/)
  expect(() => to('http://veeam', 'ab'.repeat(32))).toThrow(/https:/)
})
