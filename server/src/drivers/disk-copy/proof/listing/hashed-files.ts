import type { FoundEntry } from '../entry.ts'
import type { HashedFile } from '../hash-file.ts'
import { InodeTable } from './inode-table.ts'

/** ctime, size, SHA-256, marks. */
const RECORD_BYTES = 49
const SHA_AT = 16
const MARKS_AT = 48
const HAS_HASH = 1
const HAS_NO_ATTRIBUTES = 2
const RECORDS_PER_CHUNK = 16_384
/**
 * Beyond that, files are looked at when they are listed instead: that takes time, and no memory. One more, and the table of
 * inodes would take twice its room, as it does whenever two thirds of a power of two are filled.
 */
const MAX_RECORDS = 699_000

type Looked = Pick<FoundEntry, 'inode' | 'ctime' | 'sizeBytes'>

/**
 * What was learnt of files while the copy went on, by inode: 60 bytes for each. It counts for a file that has not been touched
 * since: its time of the last change (ctime) tells.
 */
export class HashedFiles {
  readonly #index = new InodeTable()
  readonly #chunks: Buffer[] = []
  #count = 0

  /** No other file can be recorded. */
  get isFull(): boolean {
    return this.#count === MAX_RECORDS
  }

  add(file: HashedFile): void {
    const place = this.#placeOf(file)
    if (!place) return
    place.chunk.write(file.sha256, place.at + SHA_AT, 'hex')
    mark(place, HAS_HASH)
  }

  /** The file had no attributes, when it was looked at after its ctime was read. */
  addWithoutAttributes(file: Looked): void {
    const place = this.#placeOf(file)
    if (place) mark(place, HAS_NO_ATTRIBUTES)
  }

  /** Null when the file was not hashed, or has been touched since. */
  find(file: Looked): string | null {
    const place = this.#lookUp(file)
    if (!place || !isMarked(place, HAS_HASH)) return null
    return place.chunk.toString('hex', place.at + SHA_AT, place.at + MARKS_AT)
  }

  /** False as well when nobody has looked. */
  hasNoAttributes(file: Looked): boolean {
    const place = this.#lookUp(file)
    return place !== null && isMarked(place, HAS_NO_ATTRIBUTES)
  }

  #lookUp(file: Looked): Place | null {
    const number = this.#index.get(file.inode)
    if (number === undefined) return null
    const place = this.#placeAt(number)
    return isOf(place, file) ? place : null
  }

  /** Where the file is recorded, made if need be; null when there is no more room. */
  #placeOf(file: Looked): Place | null {
    const known = this.#index.get(file.inode)
    if (known === undefined && this.isFull) return null
    const place = this.#placeAt(known ?? this.#count)
    if (known === undefined) {
      this.#index.set(file.inode, this.#count)
      this.#count += 1
    } else if (isOf(place, file)) return place
    place.chunk.writeBigInt64LE(file.ctime, place.at)
    place.chunk.writeDoubleLE(file.sizeBytes ?? 0, place.at + 8)
    place.chunk[place.at + MARKS_AT] = 0
    return place
  }

  #placeAt(number: number): Place {
    const index = Math.floor(number / RECORDS_PER_CHUNK)
    const chunk = this.#chunks[index] ?? Buffer.allocUnsafeSlow(RECORD_BYTES * RECORDS_PER_CHUNK)
    this.#chunks[index] = chunk
    return { chunk, at: (number % RECORDS_PER_CHUNK) * RECORD_BYTES }
  }
}

interface Place {
  readonly chunk: Buffer
  readonly at: number
}

function isOf({ chunk, at }: Place, { ctime, sizeBytes }: Looked): boolean {
  return chunk.readBigInt64LE(at) === ctime && chunk.readDoubleLE(at + 8) === sizeBytes
}

function mark({ chunk, at }: Place, bit: number): void {
  chunk[at + MARKS_AT] = (chunk[at + MARKS_AT] ?? 0) | bit
}

function isMarked({ chunk, at }: Place, bit: number): boolean {
  return ((chunk[at + MARKS_AT] ?? 0) & bit) !== 0
}
