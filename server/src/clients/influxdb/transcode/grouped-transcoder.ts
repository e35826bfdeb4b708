import { SeriesHash, tagKeyLanes } from './digest/series-hash.ts'
import type { WindowDigest } from './digest/window-digest.ts'
import { BACKSLASH, SPACE } from './line/bytes.ts'
import type { LineBuffer } from './line/line-buffer.ts'
import { checkSeriesKey, escapeName } from './line/names.ts'
import { putInt64 } from './line/print-number.ts'
import { AnswerReader, type AnswerVisitor, type RawTag } from './msgpack/answer-reader.ts'
import { FieldColumns } from './msgpack/field-columns.ts'
import { type RowScan, readTime } from './msgpack/row-scan.ts'
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
  readonly #hash = new SeriesHash()
  readonly #time = new Int32Array(2)
  /** Measurement and tags of the present series, escaped, with the space that follows. */
  #key: Buffer = Buffer.alloc(0)
  #columns: FieldColumns = NO_COLUMNS
  /** The columns of the last series: nearly always those of the next one as well. */
  #columnKeys: readonly Buffer[] = []

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
    if (!sameKeys(columns, this.#columnKeys)) {
      this.#columnKeys = columns.map((key) => Buffer.from(key))
      this.#columns = new FieldColumns(this.#columnKeys.slice(1), this.#digest, this.#unsigned)
    }
    const set = tags.filter(([, value]) => value.length > 0).sort(([a], [b]) => Buffer.compare(a, b))
    const parts = [escapeName('measurement', name)]
    this.#hash.measurement(name)
    for (const [key, value] of set) {
      parts.push(COMMA_TEXT, escapeName('tag key', key), EQUALS_TEXT, escapeName('tag value', value))
      if (this.#digest !== null) this.#hash.tag(tagKeyLanes(key), value, 0, value.length)
    }
    parts.push(SPACE_TEXT)
    this.#key = Buffer.concat(parts)
    if (this.#key.includes(BACKSLASH))
      checkSeriesKey(this.#key, 0, this.#key.length - 1, this.#columns.haveQuotes)
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    const out = this.#out
    const key = this.#key
    const columns = this.#columns
    const digest = this.#digest
    out.room(key.length + columns.room + 2 * scan.text)
    const start = out.position
    const buffer = out.bytes
    buffer.set(key, start)
    const next = readTime(bytes, scan.start, this.#time)
    const high = this.#time[0] as number
    const low = this.#time[1] as number
    if (digest !== null) digest.row(this.#hash.a, this.#hash.b, high, low)
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

const COMMA_TEXT = Buffer.from(',')
const EQUALS_TEXT = Buffer.from('=')
const SPACE_TEXT = Buffer.from(' ')

function sameKeys(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((key, index) => key.equals(b[index] as Buffer))
}
