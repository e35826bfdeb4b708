import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { END_OF_ARCHIVE, fileHeader } from './archive/tar-header.ts'
import { relayShard } from './relay-shard.ts'
import { requestBytes } from './request.ts'
import { FakePort, firstColumn, NO_SIGNAL, portOf, writeLargeShard } from './snapshot.testkit.ts'
import type { SnapshotPort } from './snapshot-port.ts'

const COUNT = 'SELECT count(text) FROM large'
const MAGIC = Buffer.from('0000000059590101', 'hex')

let source: InfluxLab
let destination: InfluxLab

/** A new database each time, and what is needed to fill its one shard. */
async function shard(to: InfluxLab = destination) {
  const name = `copy ${Math.random()}`
  const metadata = await portOf(source).readMetadata(NO_SIGNAL)
  const shards = await portOf(to).createFrom(metadata, { from: 'src', to: name }, NO_SIGNAL)
  const [[sourceShardId, destinationShardId] = [0, 0]] = shards
  const ids = { sourceShardId, destinationShardId, destinationDatabase: name }
  return { source: portOf(source), destination: portOf(to), ...ids, signal: NO_SIGNAL }
}

/** Does something once, when so many bytes have come from the source. */
function after(bytes: number, act: () => void): (more: number) => void {
  let passed = 0
  let isDone = false
  return (more) => {
    passed += more
    if (passed < bytes || isDone) return
    isDone = true
    act()
  }
}

async function countIn(lab: InfluxLab, name: string): Promise<string[]> {
  return await firstColumn(lab, COUNT, name)
}

describe.skipIf(requires('influxdb'))('relays that fail', () => {
  beforeAll(async () => {
    source = await InfluxLab.start({ snapshot: true })
    destination = await InfluxLab.start({ snapshot: true })
    await writeLargeShard(source, 'src', 25)
  })

  beforeEach(async () => {
    for (const lab of [source, destination]) if (lab.pid === undefined) await lab.startAgain()
  })

  afterAll(async () => {
    await source[Symbol.asyncDispose]()
    await destination[Symbol.asyncDispose]()
  })

  it.each(['source', 'destination'] as const)(
    'the %s is killed in the middle; later the shard is filled',
    async (which) => {
      const relay = await shard()
      const lab = which === 'source' ? source : destination
      let killed: Promise<void> | undefined
      const onBytes = after(8_000_000, () => {
        killed = lab.kill()
      })
      await expect(relayShard({ ...relay, onBytes })).rejects.toMatchObject({
        code: 'node-unreachable',
        message: expect.stringContaining(`${relay[which].name} is gone`),
      })
      await killed
      await lab.startAgain()
      expect(await countIn(destination, relay.destinationDatabase)).toEqual([])
      expect(await relayShard(relay)).toMatchObject({ isIdentical: true })
      expect(await destination.query(COUNT, relay.destinationDatabase)).toEqual(
        await source.query(COUNT, 'src'),
      )
    },
  )

  it('a signal ends it at once and nothing has arrived', async () => {
    const relay = await shard()
    const cancel = new AbortController()
    let canceledAt = 0
    const onBytes = after(4_000_000, () => {
      canceledAt = performance.now()
      cancel.abort(new Error('enough'))
    })
    await expect(relayShard({ ...relay, onBytes, signal: cancel.signal })).rejects.toThrow('enough')
    expect(performance.now() - canceledAt).toBeLessThan(10_000)
    expect(await countIn(destination, relay.destinationDatabase)).toEqual([])
    expect(await relayShard(relay)).toMatchObject({ isIdentical: true })
  })

  it('shards that are not there', async () => {
    const relay = await shard()
    await expect(relayShard({ ...relay, sourceShardId: 999 })).rejects.toMatchObject({ code: 'node-refused' })
    await expect(relayShard({ ...relay, destinationShardId: 999 })).rejects.toMatchObject({
      code: 'node-refused',
    })
    const otherName = relayShard({ ...relay, destinationDatabase: 'other' })
    await expect(otherName).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('did not take'),
    })
    expect(await countIn(destination, relay.destinationDatabase)).toEqual([])
  })

  it('a source that ends between two files, or sends what is not to be trusted', async () => {
    const relay = await shard()
    const whole = await archiveOf(relay.source, relay.sourceShardId)
    const first = Number.parseInt(whole.toString('latin1', 124, 135), 8)
    const upToSecond = whole.subarray(0, 512 + Math.ceil(first / 512) * 512)
    const bad: [Buffer, RegExp][] = [
      [upToSecond, /was cut off before its end/],
      [whole.subarray(0, -512), /was cut off before its end/],
      [
        Buffer.concat([upToSecond, fileHeader('../../1/000000009-000000001.tsm', 0), END_OF_ARCHIVE]),
        /not that of a shard|not of shard/,
      ],
      [Buffer.concat([upToSecond, Buffer.alloc(512, 'x')]), /checksum/],
    ]
    for (const [bytes, message] of bad) {
      await using fake = await fakeSource(bytes)
      await expect(relayShard({ ...relay, source: portOf(fake) })).rejects.toMatchObject({
        code: 'node-answer-invalid',
        message: expect.stringMatching(message),
      })
      expect(await countIn(destination, relay.destinationDatabase)).toEqual([])
    }
    await using damaged = await fakeSource(
      Buffer.concat([
        fileHeader(`src/autogen/${relay.sourceShardId}/000000001-000000001.tsm`, 512),
        Buffer.alloc(512, 'x'),
        END_OF_ARCHIVE,
      ]),
    )
    await expect(relayShard({ ...relay, source: portOf(damaged) })).rejects.toMatchObject({
      code: 'node-refused',
    })
  })

  it('a destination that takes everything and has nothing, or something else', async () => {
    const relay = await shard()
    await using forgetful = await fakeDestination(END_OF_ARCHIVE)
    await expect(relayShard({ ...relay, destination: portOf(forgetful) })).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('did not take'),
    })
    const name = `x/autogen/${relay.destinationShardId}/000000001-000000001.tsm`
    await using wrong = await fakeDestination(
      Buffer.concat([fileHeader(name, 512), Buffer.alloc(512), END_OF_ARCHIVE]),
    )
    await expect(relayShard({ ...relay, destination: portOf(wrong) })).rejects.toMatchObject({
      code: 'copy-differs',
      details: { file: '000000001-000000001.tsm' },
    })
  })

  it('a destination that stops taking is given up, and no more is read from the source meanwhile', async () => {
    const relay = await shard()
    await using stuck = await FakePort.start((socket) => void socket.pause())
    let read = 0
    const onBytes = (more: number) => {
      read += more
    }
    await expect(
      relayShard({ ...relay, source: portOf(source, 1000), destination: portOf(stuck, 1000), onBytes }),
    ).rejects.toMatchObject({
      code: 'node-unreachable',
      message: expect.stringContaining('nothing has moved for 1 seconds'),
    })
    expect(read).toBeLessThan(20_000_000)
  })
})

describe.skipIf(requires('influxdb', 'root'))('a destination without space', () => {
  it('is refused, and nothing of the shard is there', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'holdfast-small-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', parent])
    try {
      await using from = await InfluxLab.start({ snapshot: true })
      await using small = await InfluxLab.start({ snapshot: true, parent })
      source = from
      await writeLargeShard(from, 'src', 25)
      const relay = await shard(small)
      await expect(relayShard(relay)).rejects.toMatchObject({
        code: 'node-refused',
        hint: expect.stringContaining('a disk without space'),
      })
      expect(await countIn(small, relay.destinationDatabase)).toEqual([])
    } finally {
      execFileSync('umount', [parent])
      await rm(parent, { recursive: true })
    }
  })
})

async function archiveOf(port: SnapshotPort, shardId: number): Promise<Buffer> {
  using limits = port.limits(NO_SIGNAL)
  using connection = await port.request(requestBytes('shardBackup', { ShardID: shardId }), limits)
  const chunks: Buffer[] = []
  for await (const chunk of connection.received()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Is there, and sends this for every shard. */
async function fakeSource(archive: Buffer): Promise<FakePort> {
  return await FakePort.start((socket, [, type]) => void socket.end(type === 0 ? archive : MAGIC))
}

/** Takes every shard, and has this of it afterwards. */
async function fakeDestination(archive: Buffer): Promise<FakePort> {
  return await FakePort.start((socket, [, type]) => {
    if (type !== 7) socket.end(type === 0 ? archive : MAGIC)
    let last = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      last = Buffer.concat([last.subarray(-1024), chunk]).subarray(-1024)
      if (type === 7 && last.equals(END_OF_ARCHIVE)) socket.end()
    })
  })
}
