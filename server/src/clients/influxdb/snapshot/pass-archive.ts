import { type FilePrint, RenamedArchive } from './archive/shard-archive.ts'
import type { SnapshotConnection } from './connection.ts'
import type { Limits } from './limits.ts'
import { requestBytes, shardUpdateBytes } from './request.ts'
import type { SnapshotPort } from './snapshot-port.ts'

export interface ShardRelay {
  readonly source: SnapshotPort
  readonly sourceShardId: number
  readonly destination: SnapshotPort
  /** Of a database that `createFrom` has made, and not written to by anybody else. */
  readonly destinationShardId: number
  readonly destinationDatabase: string
  readonly signal: AbortSignal
  /** Told how many more bytes the source has sent. */
  readonly onBytes?: (bytes: number) => void
}

/**
 * Passes the archive of a shard from one server to the other, under new names; returns what files it held, null when the
 * source sent nothing at all. The destination gets the end of the archive only once that of the source was there.
 */
export async function passArchive(
  relay: ShardRelay,
  limits: Limits,
): Promise<ReadonlyMap<string, FilePrint> | null> {
  const archive = new RenamedArchive(relay.sourceShardId, {
    database: relay.destinationDatabase,
    shardId: relay.destinationShardId,
  })
  const request = requestBytes('shardBackup', { ShardID: relay.sourceShardId })
  using source = await relay.source.request(request, limits)
  using upload = new Upload(relay, limits)
  let received = 0
  for await (const chunk of source.received()) {
    received += chunk.length
    archive.push(chunk)
    relay.onBytes?.(chunk.length)
    await upload.send(archive.takePieces())
  }
  if (received === 0) return null
  if (!archive.isComplete) throw new RangeError('it was cut off before its end')
  if (archive.files.size > 0) await upload.end(archive.lastPiece())
  return archive.files
}

/** What is sent to the destination. It is connected with the first piece: a shard without files leaves it alone. */
class Upload implements Disposable {
  readonly #relay: ShardRelay
  readonly #limits: Limits
  #connection: SnapshotConnection | null = null
  #hasEnded = false

  constructor(relay: ShardRelay, limits: Limits) {
    this.#relay = relay
    this.#limits = limits
  }

  async send(pieces: readonly Buffer[]): Promise<void> {
    for (const piece of pieces) await (await this.#open()).send(piece)
  }

  async end(lastPiece: Buffer): Promise<void> {
    const connection = await this.#open()
    await connection.send(lastPiece)
    await connection.ended()
    this.#hasEnded = true
  }

  async #open(): Promise<SnapshotConnection> {
    if (this.#connection) return this.#connection
    const { destination, destinationShardId } = this.#relay
    this.#connection = await destination.request(shardUpdateBytes(destinationShardId), this.#limits)
    this.#connection.listen()
    return this.#connection
  }

  [Symbol.dispose](): void {
    if (!this.#hasEnded) this.#connection?.reset()
    this.#connection?.[Symbol.dispose]()
  }
}
