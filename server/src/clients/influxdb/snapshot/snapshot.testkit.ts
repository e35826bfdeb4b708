import { createHash } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import type { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { type RelayedShard, relayShard } from './relay-shard.ts'
import { SnapshotPort } from './snapshot-port.ts'

export const NO_SIGNAL = new AbortController().signal

export function portOf(lab: { readonly snapshotPort: number | null }, timeoutMs = 20_000): SnapshotPort {
  return SnapshotPort.connect({ host: '127.0.0.1', port: lab.snapshotPort ?? 0, timeoutMs })
}

/** Creates the database `to` on the other server and fills all its shards, two at a time. */
export async function relayDatabase(
  [source, destination]: readonly [InfluxLab, InfluxLab],
  names: { readonly from: string; readonly to: string },
): Promise<RelayedShard[]> {
  const [from, to] = [portOf(source), portOf(destination)]
  const shards = [...(await to.createFrom(await from.readMetadata(NO_SIGNAL), names, NO_SIGNAL))]
  const relayed: RelayedShard[] = []
  const work = async () => {
    for (let next = shards.pop(); next; next = shards.pop()) {
      const [sourceShardId, destinationShardId] = next
      const ids = { sourceShardId, destinationShardId, destinationDatabase: names.to }
      relayed.push(await relayShard({ source: from, destination: to, ...ids, signal: NO_SIGNAL }))
    }
  }
  await Promise.all([work(), work()])
  return relayed
}

interface Series {
  readonly name?: string
  readonly values?: readonly (readonly unknown[])[]
}

/**
 * Everything a database answers, by retention policy, shard and measurement: hashes of all its points in MessagePack, which
 * tells types apart, read without the code under test. The same for two databases exactly when their points are the same.
 */
export async function everything(lab: InfluxLab, db: string): Promise<Record<string, string>> {
  const measurements = await firstColumn(lab, 'SHOW MEASUREMENTS', db)
  const shards = (await lab.query('SHOW SHARDS')) as Series[]
  const windows = shards.find(({ name }) => name === db)?.values ?? []
  const found: Record<string, string> = {}
  for (const [, , policy, , start, end] of windows)
    for (const measurement of measurements) {
      const from = `"${policy}"."${measurement.replace(/["\\]/g, '\\$&')}"`
      const body = await messagePack(
        lab,
        `SELECT * FROM ${from} WHERE time >= '${start}' AND time < '${end}'`,
        db,
      )
      const hash = createHash('sha256').update(body).digest('hex')
      found[`${policy} ${start} ${measurement}`] = `${body.length} bytes, ${hash}`
    }
  return found
}

/** Retention policies and field keys as the server shows them. */
export async function schemaOf(lab: InfluxLab, db: string): Promise<unknown> {
  const policies = await lab.query(`SHOW RETENTION POLICIES ON "${db}"`)
  const fields = await lab.query(`SHOW FIELD KEYS ON "${db}"`)
  return { policies, fields }
}

export async function firstColumn(lab: InfluxLab, statement: string, db: string): Promise<string[]> {
  const series = (await lab.query(statement, db)) as Series[]
  return series.flatMap(({ values = [] }) => values.map(([first]) => String(first)))
}

async function messagePack(lab: InfluxLab, statement: string, db: string): Promise<Buffer> {
  const query = new URLSearchParams({ q: statement, db, epoch: 'ns' })
  const response = await fetch(`${lab.url}/query?${query}`, { headers: { accept: 'application/x-msgpack' } })
  if (!response.ok) throw new Error(`${statement}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** Makes a database with one shard of about `megabytes`, of text that cannot be compressed. */
export async function writeLargeShard(lab: InfluxLab, db: string, megabytes: number): Promise<void> {
  await lab.query(`CREATE DATABASE "${db}"`)
  const text = (seed: string) => createHash('shake256', { outputLength: 1500 }).update(seed).digest('base64')
  for (let batch = 0; batch < megabytes; batch += 1) {
    const lines = Array.from({ length: 700 }, (_, line) => {
      const id = batch * 700 + line
      return `large,host=h${line % 10} text="${text(`${id}`)}" ${1_790_000_000_000_000_000n + BigInt(id)}\n`
    })
    const { status, body } = await lab.write(lines.join(''), db, 'autogen')
    if (status !== 204) throw new Error(`${status} ${body.toString()}`)
  }
}

/** A server on loopback that does with each connection what it is told. */
export class FakePort implements AsyncDisposable {
  readonly snapshotPort: number
  readonly #server: net.Server
  readonly #sockets: Set<net.Socket>

  private constructor(server: net.Server, sockets: Set<net.Socket>) {
    this.#server = server
    this.#sockets = sockets
    this.snapshotPort = (server.address() as net.AddressInfo).port
  }

  static async start(serve: (socket: net.Socket, firstBytes: Buffer) => void): Promise<FakePort> {
    const sockets = new Set<net.Socket>()
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('data', (bytes: Buffer) => serve(socket, bytes))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return new FakePort(server, sockets)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
