import type { WindowDigest } from './digest/window-digest.ts'
import { SPACE } from './line/bytes.ts'
import type { LineBuffer } from './line/line-buffer.ts'
import { putInt64 } from './line/print-number.ts'
import { AnswerReader, type AnswerVisitor, type RawTag } from './msgpack/answer-reader.ts'
import { FieldColumns } from './msgpack/field-columns.ts'
import { type RowScan, readTime } from './msgpack/row-scan.ts'
import { SeriesText } from './msgpack/series-text.ts'
import { writeFields } from './msgpack/write-fields.ts'

/** What both transcoders may be told besides the answer. */
export interface TranscodeOptions {
  /** Fields that hold unsigned integers (`SHOW FIELD KEYS` says so): msgpack does not tell for values up to 127. */
  unsignedFields?: Iterable<string>
}

const NO_COLUMNS = new FieldColumns([], null, new Set())

/**
 * Turns the answer to `SELECT * … GROUP BY *` into line protocol: series after series, the tags beside the rows, each column
 * but the time a field of just that name.
 */
export class GroupedTranscoder implements AnswerVisitor {
  /** Lines written. */
  points = 0
  /** Field values written. */
  values = 0
  readonly #out: LineBuffer
  readonly #digest: WindowDigest | null
  readonly #unsigned: ReadonlySet<string>
  readonly #reader = new AnswerReader(this)
  readonly #series = new SeriesText()
  readonly #time = new Int32Array(2)
  #columns: FieldColumns = NO_COLUMNS
  /** The list of columns that `#columns` was made of: that of the next series as well, nearly always. */
  #names: readonly Buffer[] = []

  constructor(out: LineBuffer, digest: WindowDigest | null, options: TranscodeOptions = {}) {
    this.#out = out
    this.#digest = digest
    this.#unsigned = new Set(options.unsignedFields)
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Throws when the answer was cut off, or said that more would follow. */
  end(): void {
    this.#reader.end()
  }

  series(name: Buffer, tags: readonly RawTag[], columns: readonly Buffer[]): void {
    if (columns !== this.#names) {
      this.#names = columns
      this.#columns = new FieldColumns(columns.slice(1), this.#digest, this.#unsigned)
    }
    this.#series.set(name, tags, this.#columns.haveQuotes)
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    const out = this.#out
    const { key, hash } = this.#series
    const columns = this.#columns
    const digest = this.#digest
    out.room(key.length + columns.room + 2 * scan.text)
    const start = out.position
    const buffer = out.bytes
    buffer.set(key, start)
    const next = readTime(bytes, scan.start, this.#time)
    const high = this.#time[0] as number
    const low = this.#time[1] as number
    if (digest !== null) digest.row(hash.a, hash.b, high, low)
    let to = writeFields(bytes, next, buffer, start + key.length, columns, digest)
    const { written } = columns
    if (written === 0) return
    buffer[to++] = SPACE
    to = putInt64(buffer, to, high, low)
    this.points++
    this.values += written
    if (digest !== null) digest.points++
    out.endLine(to, written)
  }
}
