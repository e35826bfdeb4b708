import { SeriesHash, tagKeyLanes } from './digest/series-hash.ts'
import type { WindowDigest } from './digest/window-digest.ts'
import type { TranscodeOptions } from './grouped-transcoder.ts'
import { AnswerReader, type AnswerVisitor, type RawTag } from './msgpack/answer-reader.ts'
import { type DigestColumns, digestFields } from './msgpack/digest-fields.ts'
import { type RowScan, readTime } from './msgpack/row-scan.ts'

/**
 * Digests the answer to `SELECT * … GROUP BY *`: the digest that {@link GroupedTranscoder} gives, at half the cost, as
 * nothing is printed. Names that line protocol cannot express are digested like any other.
 */
export class AnswerDigester implements AnswerVisitor {
  /** Points that have a value. */
  points = 0
  /** Field values. */
  values = 0
  readonly #digest: WindowDigest
  readonly #unsigned: ReadonlySet<string>
  readonly #reader = new AnswerReader(this)
  readonly #hash = new SeriesHash()
  readonly #time = new Int32Array(2)
  /** The list of columns that `#columns` was made of: that of the next series as well, nearly always. */
  #names: readonly Buffer[] = []
  #columns: DigestColumns = { slots: new Int32Array(0), unsigned: new Uint8Array(0) }

  constructor(digest: WindowDigest, options: TranscodeOptions = {}) {
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
      const fields = columns.slice(1)
      this.#columns = {
        slots: Int32Array.from(fields, (field) => this.#digest.slot(field)),
        unsigned: Uint8Array.from(fields, (field) => (this.#unsigned.has(field.toString('utf8')) ? 1 : 0)),
      }
    }
    this.#hash.measurement(name)
    for (const [key, value] of tags)
      if (value.length > 0) this.#hash.tag(tagKeyLanes(key), value, 0, value.length)
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    const next = readTime(bytes, scan.start, this.#time)
    const digest = this.#digest
    digest.row(this.#hash.a, this.#hash.b, this.#time[0] as number, this.#time[1] as number)
    const values = digestFields(bytes, next, this.#columns, digest)
    if (values === 0) return
    this.points++
    this.values += values
    digest.points++
  }
}
