import { crc32 } from 'node:zlib'
import { shardFile } from './shard-file.ts'
import { BLOCK, END_OF_ARCHIVE, fileHeader, paddingAfter } from './tar-header.ts'
import { type TarHandler, TarReader } from './tar-reader.ts'

/** Size and CRC-32 of a file that has passed. */
export interface FilePrint {
  readonly size: number
  readonly crc: number
}

/** Thrown where a shard has deletes: `ShardUpdate` takes no files that say what was deleted. */
export class HasDeletes extends Error {}

/** Reads the archive of a shard; remembers what files with points it holds. Throws RangeError for a bad one. */
export class ShardArchive implements TarHandler {
  readonly files = new Map<string, FilePrint>()
  readonly #shardId: number
  readonly #reader = new TarReader(this)
  /** The file that passes at present; null for one that holds no points. */
  #file: string | null = null
  #print: FilePrint = { size: 0, crc: 0 }

  constructor(shardId: number) {
    this.#shardId = shardId
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Whether the end of the archive has been seen; it is cut off where nothing more comes before that. */
  get isComplete(): boolean {
    return this.#reader.isComplete
  }

  file(path: string, size: number): void {
    const { policy, file, kind } = shardFile(path, this.#shardId)
    this.#file = kind === 'points' ? file : null
    if (kind === 'points') this.begins(policy, file, size)
    if (kind === 'deletes') this.deletes(file)
    if (kind !== 'points') return
    if (this.files.has(file)) throw new RangeError(`the file ${file} comes twice`)
    this.#print = { size, crc: 0 }
    this.files.set(file, this.#print)
  }

  data(bytes: Buffer): void {
    if (this.#file === null) return
    this.#print = { size: this.#print.size, crc: crc32(bytes, this.#print.crc) }
    this.files.set(this.#file, this.#print)
    this.passes(bytes)
  }

  /** A file with points begins. */
  protected begins(_policy: string, _file: string, _size: number): void {}

  /** Data of a file with points. */
  protected passes(_bytes: Buffer): void {}

  protected deletes(_file: string): void {}
}

/** Makes the archive for the destination out of that of the source while it passes: the same files under new paths. */
export class RenamedArchive extends ShardArchive {
  readonly #to: { readonly database: string; readonly shardId: number }
  /** Bytes to send, since they were last taken. Parts of the chunk that was pushed, and headers. */
  #pieces: Buffer[] = []
  #left = 0
  #padding = 0
  /**
   * The end of the last file: it is sent with what follows, in one piece. Where a connection ended between two files the
   * destination would take what it has got for the whole.
   */
  #held: Buffer = Buffer.alloc(0)

  constructor(sourceShardId: number, to: { readonly database: string; readonly shardId: number }) {
    super(sourceShardId)
    this.#to = { database: Buffer.from(to.database).toString('latin1'), shardId: to.shardId }
  }

  /** What has come together to be sent since it was last asked for. */
  takePieces(): Buffer[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }

  /** The last piece of all, to be sent once the source has ended well. */
  lastPiece(): Buffer {
    return Buffer.concat([this.#held, END_OF_ARCHIVE])
  }

  protected override begins(policy: string, file: string, size: number): void {
    const path = `${this.#to.database}/${policy}/${this.#to.shardId}/${file}`
    this.#pieces.push(Buffer.concat([this.#held, fileHeader(path, size)]))
    this.#held = Buffer.alloc(0)
    this.#left = size
    this.#padding = paddingAfter(size)
  }

  protected override passes(bytes: Buffer): void {
    this.#left -= bytes.length
    if (this.#left > 0) {
      this.#pieces.push(bytes)
      return
    }
    const kept = Math.min(bytes.length, BLOCK)
    if (bytes.length > kept) this.#pieces.push(bytes.subarray(0, -kept))
    this.#held = Buffer.concat([bytes.subarray(-kept), Buffer.alloc(this.#padding)])
  }

  protected override deletes(file: string): void {
    throw new HasDeletes(file)
  }
}
