import { AnswerReader, type AnswerVisitor, type RawTag } from '../influxdb/transcode/msgpack/answer-reader.ts'
import { type RowScan, readTime } from '../influxdb/transcode/msgpack/row-scan.ts'
import { readNumbers } from './read-numbers.ts'
import type { SampleWriter } from './sample-writer.ts'
import type { Column } from './series-columns.ts'

/**
 * Hands the numbers of an answer to `SELECT … GROUP BY *` to a writer. Strings are left out, as VictoriaMetrics has none;
 * whole numbers become doubles, booleans 0 and 1.
 */
export class SampleEncoder implements AnswerVisitor {
  /** Rows read. */
  points = 0
  readonly #writer: SampleWriter
  readonly #reader = new AnswerReader(this)
  readonly #time = new Int32Array(2)
  readonly #columnsByKey = new Map<string, readonly Column[]>()
  #columns: readonly Column[] = []

  constructor(writer: SampleWriter) {
    this.#writer = writer
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Throws when the answer was cut off, or said that more would follow. */
  end(): void {
    this.#reader.end()
  }

  /** A series that comes in several pieces goes on. */
  series(name: Buffer, tags: readonly RawTag[], columns: readonly Buffer[]): void {
    this.#columns = this.#columnsOf(name, columns)
    this.#writer.series(this.#columns, tags)
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    this.points++
    const next = readTime(bytes, scan.start, this.#time)
    const isNew = this.#writer.row(this.#time[0] as number, this.#time[1] as number)
    readNumbers(bytes, next, this.#columns, this.#writer.place, isNew)
  }

  #columnsOf(name: Buffer, columns: readonly Buffer[]): readonly Column[] {
    const key = [name, ...columns].map((one) => one.toString('latin1')).join('\n')
    const known = this.#columnsByKey.get(key)
    if (known) return known
    const made = columns.slice(1).map((field) => this.#writer.column(name, field))
    this.#columnsByKey.set(key, made)
    return made
  }
}
