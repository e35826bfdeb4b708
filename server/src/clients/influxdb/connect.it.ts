import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDataset, writeAll } from '../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../tools/lab/influxdb/influx-lab.ts'
import { VictoriaMetrics } from '../../../../tools/lab/influxdb/victoria-metrics.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { type InfluxAddress, InfluxServer } from './connect.ts'
import { createDatabase, listDatabases, retentionPolicies, shardGroups } from './schema.ts'
import { selectWindow } from './statements.ts'

const LIMITS = { readers: 2, writers: 2, timeoutMs: 10_000 }
const { signal } = new AbortController()

function connect(lab: { url: string }, more: Partial<InfluxAddress> = {}): InfluxServer {
  const address = {
    user: null,
    password: null,
    token: null,
    caFile: null,
    product: 'influxdb-1',
    ...more,
  } as const
  return InfluxServer.connect({ ...address, url: lab.url }, LIMITS)
}

async function takeAll(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

describe.skipIf(requires('influxdb'))('a server without logins', () => {
  let lab: InfluxLab
  let server: InfluxServer
  const into = { db: 'd', rp: 'autogen', signal }

  beforeAll(async () => {
    lab = await InfluxLab.start({ settings: { INFLUXDB_HTTP_MAX_ROW_LIMIT: '3' } })
    server = connect(lab)
    await createDatabase(server, 'd', { policy: null, signal })
  })

  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  it('says its version', async () => {
    expect((await server.ping(signal)).version).toMatch(/^1\.\d+\.\d+/)
  })

  it('writes and reads, and loses no digit', async () => {
    const lines = 'n i=9223372036854775807i,f=-0,b=true,s="ü\n\\"" 9223372036854775806\nn i=-1i -1\n'
    await server.write(Buffer.from(lines), into)
    const [series] = await server.query('SELECT b, f, i, s FROM n', { db: 'd', signal })
    expect(series?.values).toEqual([
      [-1, null, null, -1, null],
      [9_223_372_036_854_775_806n, true, -0, 9_223_372_036_854_775_807n, 'ü\n"'],
    ])
  })

  it('reads all rows whatever the server is told to show at most, also with a very long statement', async () => {
    await server.write(
      Buffer.from(Array.from({ length: 25_000 }, (_, i) => `rows v=${i}i ${i}\n`).join('')),
      into,
    )
    const [series, ...others] = await server.query('SELECT v FROM rows', { db: 'd', signal })
    expect([series?.values.length, others.length]).toEqual([25_000, 0])
    const fields = Array.from({ length: 1000 }, (_, index) => `field number ${index}`)
    const window = { rp: 'autogen', measurement: 'rows', startNs: 0n, endNs: 2n, fields: ['v', ...fields] }
    const [long] = await server.query(selectWindow(window), { db: 'd', signal })
    expect(long?.values.map(([time, v]) => [time, v])).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('streams msgpack, whole and given up early', async () => {
    const body = await takeAll(server.stream('SELECT v FROM rows', { db: 'd', chunkSize: 1000, signal }))
    expect(body.toString('latin1').split('results')).toHaveLength(26)
    for (let round = 0; round < 5; round += 1)
      for await (const chunk of server.stream('SELECT v FROM rows', { db: 'd', signal })) {
        expect(chunk.length).toBeGreaterThan(0)
        break
      }
    const empty = await takeAll(server.stream('SELECT v FROM nothing', { db: 'd', signal }))
    expect(empty.includes('results')).toBe(true)
  })

  it('answers statements while all its readers are taken', async () => {
    const streams = [1, 2].map(() => server.stream('SELECT v FROM rows', { db: 'd', chunkSize: 10, signal }))
    const readers = streams.map((stream) => stream[Symbol.asyncIterator]())
    for (const reader of readers) expect((await reader.next()).done).toBe(false)
    expect(await listDatabases(server, { signal })).toEqual(['d'])
    for (const reader of readers) await reader.return?.()
  })

  it.each([
    ['nonsense', 'node-refused'],
    ['SELECT v FROM "no such policy"."m"', 'node-refused'],
    ['SELECT v FROM "no such database".autogen."m"', 'database-absent'],
  ])('refuses %s', async (statement, code) => {
    const error = { code, message: expect.stringContaining(lab.url) }
    await expect(server.query(statement, { db: 'd', signal })).rejects.toMatchObject(error)
  })

  it('refuses a stream before it begins', async () => {
    await expect(takeAll(server.stream('SELECT FROM', { db: 'd', signal }))).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('error parsing query'),
    })
  })

  it('refuses points, each kind for its reason, and keeps the others', async () => {
    const policies = await retentionPolicies(server, { db: 'd', signal })
    expect(policies).toMatchObject([
      { name: 'autogen', duration: 'INF', shardDuration: '7d', isDefault: true },
    ])
    await server.query('CREATE RETENTION POLICY "short" ON "d" DURATION 1h REPLICATION 1', { signal })
    await server.write(Buffer.from('p v=1i 1\n'), into)
    const refused = async (lines: string, details: object, rp = 'autogen') =>
      await expect(server.write(Buffer.from(lines), { db: 'd', rp, signal })).rejects.toMatchObject({
        code: 'points-refused',
        details,
      })
    const type = { reason: 'field-type', measurement: 'p', field: 'v', dropped: 1, isPartial: true }
    await refused('p v=1.5 2\np v=3i 3\n', type)
    await refused('old v=1 1\nold v=2 2\n', { reason: 'retention', dropped: 2, isPartial: true }, 'short')
    await refused('garbage\np v=4i 4\nno=\n', { reason: 'unparsable', dropped: 2, isPartial: true })
    await refused('p v=99999999999999999999i 5\n', { reason: 'unparsable', dropped: 1, isPartial: false })
    await refused('p,time=x v=1i 6\n', { reason: 'name', measurement: 'p', field: 'time', dropped: 1 })
    const [kept] = await server.query('SELECT v FROM p', { db: 'd', signal })
    expect(kept?.values.map(([time]) => time)).toEqual([1, 3, 4])
    await expect(server.write(Buffer.from('p v=1i 1\n'), { ...into, db: 'nope' })).rejects.toMatchObject({
      code: 'database-absent',
    })
    await expect(server.write(Buffer.from('p v=1i 1\n'), { ...into, rp: 'nope' })).rejects.toMatchObject({
      code: 'node-refused',
    })
    await expect(server.write(Buffer.alloc(26_000_000, 'x'), into)).rejects.toMatchObject({
      code: 'node-refused',
    })
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const reading = async () => {
      for await (const _ of server.stream('SELECT v FROM rows', {
        db: 'd',
        chunkSize: 10,
        signal: controller.signal,
      }))
        controller.abort()
    }
    await expect(reading()).rejects.toMatchObject({ code: 'run-canceled' })
    const aborted = { signal: AbortSignal.abort() }
    await expect(listDatabases(server, aborted)).rejects.toMatchObject({ code: 'run-canceled' })
  })

  it('breaks off with an error when the server dies in the middle', async () => {
    const killed = await InfluxLab.start()
    await using client = connect(killed)
    try {
      await writeAll(killed, 'big', makeDataset({ scale: 0.01 }))
      const [group] = await shardGroups(client, { db: 'big', signal })
      expect(group).toBeDefined()
      const reading = async () => {
        for await (const _ of client.stream('SELECT * FROM cpu GROUP BY *', {
          db: 'big',
          chunkSize: 1,
          signal,
        }))
          await killed.kill()
      }
      await expect(reading()).rejects.toMatchObject({ code: 'node-unreachable' })
      await expect(client.ping(signal)).rejects.toMatchObject({
        code: 'node-unreachable',
        message: expect.stringContaining('nothing listens there'),
      })
      await expect(client.write(Buffer.from('m v=1 1\n'), { ...into, db: 'big' })).rejects.toMatchObject({
        code: 'node-unreachable',
      })
      await killed.startAgain()
      await client.write(Buffer.from('m v=1 1\n'), { ...into, db: 'big' })
    } finally {
      await killed[Symbol.asyncDispose]()
    }
  })
})

describe.skipIf(requires('influxdb', 'openssl'))('a server with logins and TLS', () => {
  let lab: InfluxLab
  let admin: InfluxServer

  beforeAll(async () => {
    lab = await InfluxLab.start({ auth: true, tls: true })
    admin = connect(lab, { ...lab.login, caFile: lab.caFile })
    await createDatabase(admin, 'd', { policy: null, signal })
    await admin.query(`CREATE USER "reader" WITH PASSWORD 'ü: "x"'`, { signal })
    await admin.query('GRANT READ ON "d" TO "reader"', { signal })
  })

  afterAll(async () => {
    await admin[Symbol.asyncDispose]()
    await lab[Symbol.asyncDispose]()
  })

  it('lets in who has the right password, and says what is missing', async () => {
    const into = { db: 'd', rp: 'autogen', signal }
    await admin.write(Buffer.from('m v=1i 1\n'), into)
    await using reader = connect(lab, { user: 'reader', password: 'ü: "x"', caFile: lab.caFile })
    expect(await listDatabases(reader, { signal })).toEqual(['d'])
    const missing = { code: 'privilege-missing', message: expect.stringContaining('reader') }
    await expect(reader.write(Buffer.from('m v=1i 1\n'), into)).rejects.toMatchObject(missing)
    await expect(shardGroups(reader, { db: 'd', signal })).rejects.toMatchObject(missing)
    await expect(createDatabase(reader, 'e', { policy: null, signal })).rejects.toMatchObject(missing)
  })

  it.each([
    ['a wrong password', { user: 'admin', password: 'wrong-secret' }],
    ['a wrong token', { token: 'wrong-secret' }],
    ['no login', {}],
  ])('refuses %s', async (_, login) => {
    await using stranger = connect(lab, { ...login, caFile: lab.caFile })
    const error = await listDatabases(stranger, { signal }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'node-auth-failed' })
    expect(JSON.stringify(error) + String(error)).not.toContain('wrong-secret')
    const written = stranger.write(Buffer.from('m v=1i 1\n'), { db: 'd', rp: 'autogen', signal })
    await expect(written).rejects.toMatchObject({ code: 'node-auth-failed' })
  })

  it('is not trusted without its authority, and does not speak plain HTTP', async () => {
    await using untrusting = connect(lab, { ...lab.login })
    await expect(untrusting.ping(signal)).rejects.toMatchObject({ code: 'node-certificate-untrusted' })
    await using plain = connect({ url: lab.url.replace('https:', 'http:') })
    await expect(plain.ping(signal)).rejects.toMatchObject({ code: 'node-answer-invalid' })
    await using absent = connect(lab, { caFile: '/nonexistent/ca.pem' })
    await expect(absent.ping(signal)).rejects.toMatchObject({ code: 'config-unreadable' })
  })
})

describe.skipIf(requires('victoria-metrics'))('VictoriaMetrics', () => {
  it('says its version and takes points', async () => {
    await using lab = await VictoriaMetrics.start()
    await using server = connect(lab, { product: 'victoria-metrics' })
    expect(await server.ping(signal)).toEqual({ version: '' })
    const now = BigInt(Date.now()) * 1_000_000n
    await server.write(Buffer.from(`m,host=a v=2.5 ${now}\n`), { db: 'd', rp: 'autogen', signal })
    expect(await lab.export('{__name__="m_v"}')).toMatchObject([{ metric: { host: 'a' }, values: [2.5] }])
    await using mistaken = connect(lab)
    await expect(mistaken.ping(signal)).rejects.toMatchObject({ code: 'node-answer-invalid' })
  })
})
