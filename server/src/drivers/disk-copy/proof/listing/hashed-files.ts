import type { FoundEntry } from '../entry.ts'
import type { HashedFile } from '../hash-file.ts'
import { InodeTable } from './inode-table.ts'

const RECORD_BYTES = 48
const RECORDS_PER_CHUNK = 16_384
/** Beyond that, files are hashed when they are listed instead: that takes time, and no memory. */
const MAX_RECORDS = 1_500_000

/** What was hashed while the copy went on, by inode: 60 bytes for each file. */
export class HashedFiles {
  readonly #index = new InodeTable()
  readonly #chunks: Buffer[] = []
  #count = 0

  add({ inode, ctime, sizeBytes, sha256 }: HashedFile): void {
    const known = this.#index.get(inode)
    if (known === undefined && this.#count === MAX_RECORDS) return
    const number = known ?? this.#count
    const chunk = this.#chunkOf(number)
    const at = (number % RECORDS_PER_CHUNK) * RECORD_BYTES
    chunk.writeBigInt64LE(ctime, at)
    chunk.writeDoubleLE(sizeBytes, at + 8)
    chunk.write(sha256, at + 16, 'hex')
    if (known !== undefined) return
    this.#index.set(inode, number)
    this.#count += 1
  }

  /** Null when the file was not hashed, or has been touched since. */
  find({ inode, ctime, sizeBytes }: Pick<FoundEntry, 'inode' | 'ctime' | 'sizeBytes'>): string | null {
    const number = this.#index.get(inode)
    const chunk = number === undefined ? undefined : this.#chunks[Math.floor(number / RECORDS_PER_CHUNK)]
    if (number === undefined || !chunk) return null
    const at = (number % RECORDS_PER_CHUNK) * RECORD_BYTES
    if (chunk.readBigInt64LE(at) !== ctime || chunk.readDoubleLE(at + 8) !== sizeBytes) return null
    return chunk.toString('hex', at + 16, at + RECORD_BYTES)
  }

  #chunkOf(number: number): Buffer {
    const index = Math.floor(number / RECORDS_PER_CHUNK)
    const chunk = this.#chunks[index] ?? Buffer.allocUnsafeSlow(RECORD_BYTES * RECORDS_PER_CHUNK)
    this.#chunks[index] = chunk
    return chunk
  }
}
