import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { type InfluxAddress, InfluxServer } from './connect.ts'

const { signal } = new AbortController()
const INTO = { db: 'd', rp: 'r', signal }
const LINES = Buffer.from('m v=1i 1\n')

/** A server that does what a test wants, and a client for it. */
async function pretend(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  { timeoutMs = 5000, ...address }: Partial<InfluxAddress & { timeoutMs: number }> = {},
) {
  const server = http.createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const nobody = { user: null, password: null, token: null, caFile: null, product: 'influxdb-1' } as const
  const client = InfluxServer.connect({ ...nobody, url, ...address }, { readers: 1, writers: 1, timeoutMs })
  return {
    url,
    client,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function takeAll(chunks: AsyncIterable<Buffer>): Promise<number> {
  let size = 0
  for await (const chunk of chunks) size += chunk.length
  return size
}

const MSGPACK = { 'content-type': 'application/x-msgpack' }

it.each([
  [200, 'node-answer-invalid'],
  [500, 'node-answer-invalid'],
  [502, 'node-unreachable'],
  [504, 'node-unreachable'],
  [403, 'privilege-missing'],
])('a proxy that answers %i with a page is %s', async (status, code) => {
  const page = '<html><body>A page of the proxy</body></html>'
  await using proxy = await pretend((_, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end(page),
  )
  const { client } = proxy
  const attempts = [
    client.ping(signal),
    client.query('SHOW DATABASES', { signal }),
    takeAll(client.stream('SELECT * FROM m', { db: 'd', signal })),
    client.write(LINES, INTO),
  ]
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code })
})

it('a server that says nothing any more is unreachable after the time limit', async () => {
  await using silent = await pretend(() => undefined, { timeoutMs: 300 })
  const error = { code: 'node-unreachable', message: expect.stringContaining('nothing came for 0.3 s') }
  await expect(silent.client.write(LINES, INTO)).rejects.toMatchObject(error)
  await expect(silent.client.query('SHOW DATABASES', { signal })).rejects.toMatchObject(error)
  await using stuck = await pretend((_, response) => response.writeHead(200, MSGPACK).write('x'), {
    timeoutMs: 300,
  })
  const stream = stuck.client.stream('SELECT * FROM m', { db: 'd', signal })
  await expect(takeAll(stream)).rejects.toMatchObject(error)
})

it('a reader may take longer than the time limit over what has come', async () => {
  const whole = 4_000_000
  await using fast = await pretend(
    (_, response) => response.writeHead(200, MSGPACK).end(Buffer.alloc(whole)),
    {
      timeoutMs: 300,
    },
  )
  let size = 0
  for await (const chunk of fast.client.stream('SELECT * FROM m', { db: 'd', signal })) {
    if (size === 0) await new Promise((resolve) => setTimeout(resolve, 1500))
    size += chunk.length
  }
  expect(size).toBe(whole)
})

it('an answer that breaks off is an error, with a length and without', async () => {
  for (const headers of [MSGPACK, { ...MSGPACK, 'content-length': '100' }]) {
    await using broken = await pretend((_, response) => {
      response.writeHead(200, headers).write('half')
      setTimeout(() => response.destroy(), 20)
    })
    const stream = broken.client.stream('SELECT * FROM m', { db: 'd', signal })
    await expect(takeAll(stream)).rejects.toMatchObject({ code: 'node-unreachable' })
  }
  await using reset = await pretend((request) => request.destroy())
  await expect(reset.client.write(LINES, INTO)).rejects.toMatchObject({ code: 'node-unreachable' })
})

it('many requests at once wait for their turn, without a warning', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  await using server = await pretend((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end())
  })
  await Promise.all(Array.from({ length: 40 }, () => server.client.write(LINES, INTO)))
  process.off('warning', note)
  expect(warnings).toEqual([])
})

it('what speaks HTTP alone is not asked for HTTPS', async () => {
  await using plain = await pretend((_, response) => response.writeHead(204).end())
  const address = { user: null, password: null, token: null, caFile: null, product: 'influxdb-1' } as const
  const limits = { readers: 1, writers: 1, timeoutMs: 5000 }
  await using client = InfluxServer.connect({ ...address, url: plain.url.replace('http:', 'https:') }, limits)
  await expect(client.ping(signal)).rejects.toMatchObject({
    code: 'node-answer-invalid',
    message: expect.stringContaining('does not speak HTTPS'),
  })
})

it('a write is done with 204 alone', async () => {
  await using odd = await pretend((_, response) => response.writeHead(200).end('{"results":[]}'))
  await expect(odd.client.write(LINES, INTO)).rejects.toMatchObject({ code: 'node-answer-invalid' })
})

it('a full disk is said to be one', async () => {
  const said = '{"error":"[shard 7] write /var/lib/influxdb/wal/d/_00001.wal: no space left on device"}'
  await using full = await pretend((_, response) => response.writeHead(500).end(said))
  await expect(full.client.write(LINES, INTO)).rejects.toMatchObject({ code: 'node-full' })
})

it('a name that is unknown, and a machine that is not there', async () => {
  const connect = (url: string) =>
    InfluxServer.connect(
      { url, user: 'u', password: 'secret', token: null, caFile: null, product: 'influxdb-1' },
      { readers: 1, writers: 1, timeoutMs: 2000 },
    )
  await using unknown = connect('http://influx.invalid:8086')
  await expect(unknown.ping(signal)).rejects.toMatchObject({ code: 'node-unreachable' })
  await using nothing = connect('http://localhost:9')
  const error = await nothing.ping(signal).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'node-unreachable',
    message: expect.stringContaining('nothing listens'),
  })
  expect(() => connect('ftp://x')).toThrow(expect.objectContaining({ code: 'config-invalid' }))
})

it.each([
  [{ product: 'influxdb-1', user: 'ü', password: 'p:w' }, `Basic ${Buffer.from('ü:p:w').toString('base64')}`],
  [{ product: 'influxdb-2', token: 't0ken' }, 'Token t0ken'],
  [{ product: 'influxdb-3', token: 't0ken' }, 'Token t0ken'],
  [{ product: 'influxdb-1' }, undefined],
] as const)('sends %j to the address with its prefix, and no secret in it', async (login, authorization) => {
  const seen: { url: string; authorization: string | undefined; body: string }[] = []
  await using server = await pretend(async (request, response) => {
    seen.push({
      url: request.url ?? '',
      authorization: request.headers.authorization,
      body: await text(request),
    })
    const isPing = request.url?.endsWith('/ping')
    response.writeHead(isPing ? 200 : 204).end(isPing ? '{"version":"3.4.1","revision":"x"}' : '')
  })
  const nobody = { user: null, password: null, token: null, caFile: null }
  const address = { ...nobody, ...login, url: `${server.url}/influx/` }
  await using client = InfluxServer.connect(address, { readers: 1, writers: 1, timeoutMs: 5000 })
  expect(await client.ping(signal)).toEqual({ version: '3.4.1' })
  await client.write(LINES, { db: 'a b', rp: 'r&p', signal })
  await client.write(LINES, { db: 'd', rp: '', signal })
  expect(seen).toEqual([
    { url: '/influx/ping', authorization, body: '' },
    { url: '/influx/write?db=a+b&rp=r%26p&precision=ns', authorization, body: 'm v=1i 1\n' },
    { url: '/influx/write?db=d&precision=ns', authorization, body: 'm v=1i 1\n' },
  ])
})
