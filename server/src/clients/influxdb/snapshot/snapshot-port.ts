import { HoldfastError } from '@holdfast/contract'
import { isDatabaseName } from './archive/shard-file.ts'
import { nameOf, type SnapshotAddress, SnapshotConnection } from './connection.ts'
import { Limits } from './limits.ts'
import { onlyDatabase } from './metadata/one-database.ts'
import { MAGIC, type RequestFields, requestBytes } from './request.ts'

/** Metadata of the largest servers have a few megabytes. */
const MOST_ANSWER_BYTES = 512 * 1024 * 1024
/** InfluxDB 1.6 and 1.7 take metadata with a single read, which now and then gets only a part of it. */
const TRIES_OF_METADATA = 5
const PAIR_BYTES = 16

/**
 * The port of an InfluxDB 1.x server through which it is backed up and restored while it runs, 8088 by default. It knows
 * neither users nor encryption. Each request has a connection of its own. `node-unreachable`: it does not answer or broke
 * off; `node-answer-invalid`: what it said cannot be understood; `node-refused`: it did not do what it was asked for. It
 * never says why: that stands in the log of the server only.
 */
export class SnapshotPort {
  readonly address: SnapshotAddress
  /** How long nothing may move before a request is given up. */
  readonly timeoutMs: number

  private constructor(address: SnapshotAddress, timeoutMs: number) {
    this.address = address
    this.timeoutMs = timeoutMs
  }

  /** No connection is made yet. */
  static connect(options: SnapshotAddress & { readonly timeoutMs: number }): SnapshotPort {
    return new SnapshotPort({ host: options.host, port: options.port }, options.timeoutMs)
  }

  get name(): string {
    return nameOf(this.address)
  }

  limits(signal: AbortSignal): Limits {
    return new Limits(signal, this.timeoutMs, `the snapshot port ${this.name}`)
  }

  /** Whether this is such a port; false also where nothing answers. Throws only when `signal` fires. */
  async isThere(signal: AbortSignal): Promise<boolean> {
    try {
      using limits = this.limits(signal)
      using connection = await this.request(requestBytes('metadata', {}), limits)
      let start = Buffer.alloc(0)
      for await (const chunk of connection.received()) {
        start = Buffer.concat([start, chunk])
        if (start.length >= 8) return start.readBigUInt64BE() === MAGIC
      }
      return false
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof HoldfastError) return false
      throw error
    }
  }

  /** Everything the server knows about its databases, and users with the hashes of their passwords: keep it nowhere. */
  async readMetadata(signal: AbortSignal): Promise<Buffer> {
    const answer = await this.#answer('metadata', {}, signal)
    const length = answer.length < PAIR_BYTES ? -1 : Number(answer.readBigUInt64BE(8))
    const isWhole = length >= 0 && answer.readBigUInt64BE() === MAGIC && answer.length > PAIR_BYTES + length
    if (!isWhole) throw this.#invalid('its metadata are not complete')
    return answer.subarray(PAIR_BYTES, PAIR_BYTES + length)
  }

  /** Where the shards of a database lie, `DATABASE/RETENTION POLICY/SHARD`; null where there is no such database. */
  async shardPaths(database: string, signal: AbortSignal): Promise<string[] | null> {
    const answer = (await this.#answer('databaseInfo', { BackupDatabase: database }, signal)).toString()
    if (answer === '') return null
    try {
      const { Paths: paths } = JSON.parse(answer) as { Paths: string[] | null }
      return paths ?? []
    } catch {
      throw this.#invalid('the list of its shards is not JSON')
    }
  }

  /**
   * Creates the database `to` like `from` in the metadata of another server: retention policies with their durations and
   * the default one, and an empty shard for each shard. Continuous queries, users and grants do not come along. Returns the
   * shard here for each shard there. A database that exists is left as it is: `node-refused`, with `reason` in the details
   * `database-exists`. Throws `database-absent` when `from` is not in the metadata.
   */
  async createFrom(
    metadata: Buffer,
    { from, to }: { readonly from: string; readonly to: string },
    signal: AbortSignal,
  ): Promise<Map<number, number>> {
    const { bytes, shardIds } = onlyDatabase(metadata, from)
    // The port would take any name, and make a folder outside of its data of some.
    if (!isDatabaseName(to))
      throw new HoldfastError('node-refused', `InfluxDB takes no database named "${to}"`)
    if ((await this.shardPaths(to, signal)) !== null) throw this.#exists(to)
    for (let tries = 0; tries < TRIES_OF_METADATA; tries += 1) {
      const shards = await this.#updateMetadata(bytes, from, to, signal)
      const isMade = shards.size > 0 || (await this.shardPaths(to, signal)) !== null
      if (!isMade) continue
      const missing = shardIds.filter((id) => !shards.has(id))
      if (missing.length === 0) return shards
      throw this.#refused(`it created "${to}" without the shards ${missing.join(', ')} of "${from}"`)
    }
    throw this.#refused(`it did not create the database "${to}" from ${bytes.length} bytes of metadata`)
  }

  /** Opens a connection and sends a request; the caller reads what comes. */
  async request(bytes: Buffer, limits: Limits): Promise<SnapshotConnection> {
    const connection = await SnapshotConnection.open(this.address, limits)
    try {
      await connection.send(bytes)
      return connection
    } catch (error) {
      connection[Symbol.dispose]()
      throw error
    }
  }

  async #updateMetadata(
    bytes: Buffer,
    from: string,
    to: string,
    signal: AbortSignal,
  ): Promise<Map<number, number>> {
    const fields = { BackupDatabase: from, RestoreDatabase: to, UploadSize: bytes.length }
    const answer = await this.#answer('metadataUpdate', fields, signal, bytes)
    if (answer.length === 0) throw this.#refused(`it did not create the database "${to}"`)
    const count = answer.length < PAIR_BYTES ? -1 : Number(answer.readBigUInt64BE(8))
    if (answer.length !== (count + 1) * PAIR_BYTES || answer.readBigUInt64BE() !== MAGIC) {
      throw this.#invalid('the list of new shards is not complete')
    }
    const pairs = Array.from({ length: count }, (_, index) => (index + 1) * PAIR_BYTES)
    return new Map(
      pairs.map((at) => [Number(answer.readBigUInt64BE(at)), Number(answer.readBigUInt64BE(at + 8))]),
    )
  }

  async #answer(
    type: 'metadata' | 'databaseInfo' | 'metadataUpdate',
    fields: RequestFields,
    signal: AbortSignal,
    upload?: Buffer,
  ): Promise<Buffer> {
    using limits = this.limits(signal)
    using connection = await this.request(requestBytes(type, fields, upload), limits)
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of connection.received()) {
      length += chunk.length
      if (length > MOST_ANSWER_BYTES) throw this.#invalid('its answer does not end')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  #exists(database: string): HoldfastError {
    return new HoldfastError('node-refused', `the database "${database}" exists already on ${this.name}`, {
      hint: 'Name a database that does not exist yet, or copy over HTTP, which adds to what is there.',
      details: { reason: 'database-exists', database },
    })
  }

  #refused(what: string): HoldfastError {
    return new HoldfastError('node-refused', `the snapshot port ${this.name}: ${what}`)
  }

  #invalid(what: string): HoldfastError {
    return new HoldfastError('node-answer-invalid', `the snapshot port ${this.name}: ${what}`)
  }
}
