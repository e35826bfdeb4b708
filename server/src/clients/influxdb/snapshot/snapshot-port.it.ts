import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { FakePort, firstColumn, NO_SIGNAL, portOf } from './snapshot.testkit.ts'

let source: InfluxLab
let destination: InfluxLab

async function databases(): Promise<string[]> {
  return await firstColumn(destination, 'SHOW DATABASES', '')
}

async function create(from: string, to: string): Promise<Map<number, number>> {
  const metadata = await portOf(source).readMetadata(NO_SIGNAL)
  return await portOf(destination).createFrom(metadata, { from, to }, NO_SIGNAL)
}

describe.skipIf(requires('influxdb'))('the snapshot port', () => {
  beforeAll(async () => {
    source = await InfluxLab.start({ snapshot: true })
    destination = await InfluxLab.start({ snapshot: true })
    await source.query('CREATE DATABASE src')
    const lines = Array.from({ length: 60 }, (_, week) => `m v=1i ${1_600_000_000 + week * 604_800}000000000`)
    const { status } = await source.write(lines.join('\n'), 'src', 'autogen')
    expect(status).toBe(204)
  })

  afterAll(async () => {
    await source[Symbol.asyncDispose]()
    await destination[Symbol.asyncDispose]()
  })

  it('is told from what is none', async () => {
    expect(await portOf(source).isThere(NO_SIGNAL)).toBe(true)
    expect(await portOf({ snapshotPort: source.port }).isThere(NO_SIGNAL)).toBe(false)
    expect(await portOf({ snapshotPort: 1 }).isThere(NO_SIGNAL)).toBe(false)
    await using silent = await FakePort.start(() => undefined)
    expect(await portOf(silent, 200).isThere(NO_SIGNAL)).toBe(false)
    await expect(portOf(source).isThere(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })

  it('creates a shard for each shard of the source, but not for dropped ones', async () => {
    const shards = await create('src', 'made')
    expect(shards.size).toBe(60)
    const paths = [...shards.values()].map((id) => `made/autogen/${id}`)
    expect((await portOf(destination).shardPaths('made', NO_SIGNAL))?.sort()).toEqual(paths.sort())
    const [first] = shards.keys()
    await source.query(`DROP SHARD ${first}`)
    expect((await create('src', 'made less')).size).toBe(59)
  })

  it('a database that exists is left as it is', async () => {
    await destination.query('CREATE DATABASE there WITH DURATION 3d NAME "mine"')
    await destination.write('m v=1i 1790000000000000000', 'there', 'mine')
    const before = await portOf(destination).readMetadata(NO_SIGNAL)
    await expect(create('src', 'there')).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('the database "there" exists already'),
      details: { reason: 'database-exists', database: 'there' },
    })
    expect(await portOf(destination).readMetadata(NO_SIGNAL)).toEqual(before)
  })

  it('a database that the source has not, and names that InfluxDB does not take', async () => {
    const before = await databases()
    await expect(create('nope', 'new')).rejects.toMatchObject({ code: 'database-absent' })
    for (const name of ['..', 'a/b', '', 'x'.repeat(256)]) {
      await expect(create('src', name)).rejects.toMatchObject({ code: 'node-refused' })
    }
    expect(await databases()).toEqual(before)
  })

  it('metadata that arrive in small parts make no half of a database', async () => {
    await using slow = await slowPort(destination.snapshotPort ?? 0)
    const metadata = await portOf(source).readMetadata(NO_SIGNAL)
    const outcome = await portOf(slow)
      .createFrom(metadata, { from: 'src', to: 'slowly' }, NO_SIGNAL)
      .catch((error: unknown) => error)
    // InfluxDB before 1.8 reads only the first part; then it has understood nothing.
    if (outcome instanceof Map) expect(outcome.size).toBe(59)
    else {
      expect(outcome).toMatchObject({ code: 'node-refused' })
      expect(await databases()).not.toContain('slowly')
    }
  })

  it('answers that are broken off or make no sense', async () => {
    const says = (bytes: Buffer) => FakePort.start((socket) => void socket.end(bytes))
    const magic = Buffer.from('0000000059590101', 'hex')
    const length = Buffer.alloc(8)
    length.writeBigUInt64BE(100n)
    const answers = [
      Buffer.alloc(0),
      magic,
      Buffer.concat([magic, length, Buffer.alloc(99)]),
      Buffer.from('HTTP/1.1 400 Bad Request'),
    ]
    for (const answer of answers) {
      await using port = await says(answer)
      await expect(portOf(port).readMetadata(NO_SIGNAL)).rejects.toMatchObject({
        code: 'node-answer-invalid',
      })
    }
    await using port = await says(Buffer.from('{"Pa'))
    const paths = portOf(port).shardPaths('db', NO_SIGNAL)
    await expect(paths).rejects.toMatchObject({ code: 'node-answer-invalid' })
  })

  it('a server that says nothing is given up; a signal ends the wait at once', async () => {
    await using silent = await FakePort.start(() => undefined)
    await expect(portOf(silent, 300).readMetadata(NO_SIGNAL)).rejects.toMatchObject({
      code: 'node-unreachable',
      message: expect.stringContaining('nothing has moved for 0.3 seconds'),
    })
    const started = performance.now()
    const cancel = new AbortController()
    const reading = portOf(silent).readMetadata(cancel.signal)
    setTimeout(() => cancel.abort(new Error('enough')), 50)
    await expect(reading).rejects.toThrow('enough')
    expect(performance.now() - started).toBeLessThan(20_000)
    const closed = portOf({ snapshotPort: 1 }).readMetadata(NO_SIGNAL)
    await expect(closed).rejects.toMatchObject({ code: 'node-unreachable' })
  })
})

/** Passes on to a port 500 bytes at a time. */
async function slowPort(port: number): Promise<FakePort> {
  return await FakePort.start(async (socket, firstBytes) => {
    const server = net.connect({ port, host: '127.0.0.1', noDelay: true })
    server.on('error', () => socket.destroy())
    server.pipe(socket)
    for (let at = 0; at < firstBytes.length; at += 500) {
      server.write(firstBytes.subarray(at, at + 500))
      await sleep(5)
    }
  })
}
