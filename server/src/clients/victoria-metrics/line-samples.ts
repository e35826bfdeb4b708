import { VALUE_TYPE } from '../influxdb/transcode/digest/window-digest.ts'
import { LineValues, type LineVisitor } from '../influxdb/transcode/line/line-values.ts'
import { nameText } from '../influxdb/transcode/line/name-text.ts'
import type { RawTag } from '../influxdb/transcode/msgpack/answer-reader.ts'
import type { SampleWriter } from './sample-writer.ts'
import type { Column } from './series-columns.ts'

const TWO_TO_32 = 2 ** 32
const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)

/**
 * Hands the numbers of line protocol to a writer: lines of one measurement, those of a series one after the other in the
 * order of their times, as they stand in the files of a vault. What becomes of values is told at `SampleEncoder`.
 */
export class LineSamples {
  readonly #values: LineValues
  readonly #visitor: Visitor

  /** `texts` gets the names of the fields whose strings were left out, as `nameText` gives them. */
  constructor(writer: SampleWriter, texts: Set<string>) {
    this.#visitor = new Visitor(writer, texts)
    this.#values = new LineValues(this.#visitor)
  }

  push(chunk: Buffer): void {
    this.#values.push(chunk)
  }

  /** Throws `restore-point-damaged` for what is not line protocol. */
  end(): void {
    this.#values.end()
  }
}

class Visitor implements LineVisitor {
  readonly #writer: SampleWriter
  readonly #texts: Set<string>
  #measurement: Buffer = Buffer.alloc(0)
  /** Tags of a series that no row was told of yet; null for the series that goes on. */
  #tags: RawTag[] | null = null
  readonly #columns: Column[] = []
  readonly #names: string[] = []

  constructor(writer: SampleWriter, texts: Set<string>) {
    this.#writer = writer
    this.#texts = texts
  }

  measurement(bytes: Buffer): void {
    // Fields that come later are named after it, when these bytes may be others.
    if (!bytes.equals(this.#measurement)) this.#measurement = Buffer.from(bytes)
    this.#tags = []
  }

  tag(key: Buffer, value: Buffer): void {
    this.#tags?.push([key, value])
  }

  row(timeHigh: number, timeLow: number): void {
    const writer = this.#writer
    if (this.#tags) writer.series(this.#columns, this.#tags)
    this.#tags = null
    if (!writer.row(timeHigh, timeLow)) return
    const { place } = writer
    for (const { values } of this.#columns) values[place] = Number.NaN
  }

  /** The rows before have nothing in a column that comes later. Asked with the first line that has the field. */
  slot(fieldKey: Buffer): number {
    const column = this.#writer.column(this.#measurement, fieldKey)
    column.values.fill(Number.NaN)
    this.#names.push(nameText(fieldKey))
    return this.#columns.push(column) - 1
  }

  add(slot: number, type: number, high: number, low: number): void {
    const { values } = this.#columns[slot] as Column
    if (type === VALUE_TYPE.float) {
      DOUBLE_WORDS[1] = high
      DOUBLE_WORDS[0] = low
      values[this.#writer.place] = DOUBLE[0] as number
      return
    }
    const top = type === VALUE_TYPE.unsigned ? high >>> 0 : high
    values[this.#writer.place] = top * TWO_TO_32 + (low >>> 0)
  }

  addText(slot: number): void {
    this.#texts.add(this.#names[slot] as string)
  }
}
