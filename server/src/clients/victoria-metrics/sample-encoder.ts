import { SeriesHash, tagKeyLanes } from '../influxdb/transcode/digest/series-hash.ts'
import type { LineBuffer } from '../influxdb/transcode/line/line-buffer.ts'
import { NUMBER_ROOM, putFloat, putWhole } from '../influxdb/transcode/line/print-number.ts'
import { AnswerReader, type AnswerVisitor, type RawTag } from '../influxdb/transcode/msgpack/answer-reader.ts'
import { type RowScan, readTime } from '../influxdb/transcode/msgpack/row-scan.ts'
import type { FoundSamples } from './found-samples.ts'
import { jsonText } from './json-text.ts'
import { readNumbers } from './read-numbers.ts'
import { type SampleDigest, SampleHash } from './sample-digest.ts'
import { type Column, columnOf, NAME_LABEL, ROWS } from './series-columns.ts'

const COMMA = 0x2c
const VALUES = Buffer.from('},"values":[')
const TIMES = Buffer.from('],"timestamps":[')
const END = Buffer.from(']}')
/** Digits of a time in ms, and the comma before it. */
const TIME_ROOM = 17

/** Labels that the series of a database get, unless they have tags of these names. */
export interface AddedLabels {
  readonly db: string
  /** Null for none. */
  readonly rp: string | null
}

/**
 * Turns the answer to `SELECT … GROUP BY *` into what /api/v1/import takes: a line of JSON for each series and field, with
 * its numbers and times. Strings are left out, as VictoriaMetrics has none; whole numbers become doubles, booleans 0 and 1.
 * Times become ms; of several values of a field in one ms the last one stays. No time may be before 1970.
 */
export class SampleEncoder implements AnswerVisitor {
  /** Values of the labels that were added, or that tags of these names had; one character a byte. */
  readonly databases = new Set<string>()
  readonly policies = new Set<string>()
  /** Rows read. */
  points = 0
  /** Samples that were written. */
  written = 0
  readonly #out: LineBuffer
  readonly #digest: SampleDigest
  readonly #present: FoundSamples
  readonly #added: readonly (readonly [key: Buffer, value: Buffer, seen: Set<string>])[]
  readonly #reader = new AnswerReader(this)
  readonly #hash = new SeriesHash()
  readonly #time = new Int32Array(2)
  readonly #columnsByKey = new Map<string, readonly Column[]>()
  #columns: readonly Column[] = []
  #labels: Buffer = Buffer.alloc(0)
  readonly #times = new Float64Array(ROWS)
  readonly #timeText = Buffer.alloc(ROWS * TIME_ROOM)
  readonly #timeEnds = new Int32Array(ROWS)
  #rows = 0
  readonly #sample = new SampleHash()

  /** All samples go into the digest; those that are `present` at the destination are not written. */
  constructor(
    out: LineBuffer,
    digest: SampleDigest,
    { labels: { db, rp }, present }: { labels: AddedLabels; present: FoundSamples },
  ) {
    this.#out = out
    this.#digest = digest
    this.#present = present
    this.#added = [
      [Buffer.from('db'), Buffer.from(db), this.databases],
      [Buffer.from('rp'), Buffer.from(rp ?? ''), this.policies],
    ]
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Throws when the answer was cut off, or said that more would follow. What is left waits in the buffer for its `flush`. */
  end(): void {
    this.#reader.end()
    this.#write()
  }

  /** A series that comes in several pieces goes on. */
  series(name: Buffer, tags: readonly RawTag[], columns: readonly Buffer[]): void {
    const next = this.#columnsOf(name, columns)
    const labels = this.#labelsOf(tags)
    if (next === this.#columns && labels.equals(this.#labels)) return
    this.#write()
    this.#columns = next
    this.#labels = labels
    this.#hashLabels(tags)
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    this.points++
    const next = readTime(bytes, scan.start, this.#time)
    const high = this.#time[0] as number
    // Exact: 2^32 ns are 4294 ms and 967,296 ns.
    const timeMs = high * 4294 + Math.floor((high * 967_296 + ((this.#time[1] as number) >>> 0)) / 1_000_000)
    const isNew = this.#rows === 0 || this.#times[this.#rows - 1] !== timeMs
    if (isNew) {
      if (this.#rows === ROWS) this.#write()
      this.#times[this.#rows++] = timeMs
    }
    readNumbers(bytes, next, this.#columns, this.#rows - 1, isNew)
  }

  #columnsOf(name: Buffer, columns: readonly Buffer[]): readonly Column[] {
    const key = [name, ...columns].map((one) => one.toString('latin1')).join('\n')
    const known = this.#columnsByKey.get(key)
    if (known) return known
    const made = columns.slice(1).map((field) => columnOf(name, field, this.#digest))
    this.#columnsByKey.set(key, made)
    return made
  }

  #labelsOf(tags: readonly RawTag[]): Buffer {
    const parts: Buffer[] = []
    for (const [key, value] of this.#allOf(tags))
      parts.push(COMMA_TEXT, jsonText(key), COLON_TEXT, jsonText(value))
    return Buffer.concat(parts)
  }

  #hashLabels(tags: readonly RawTag[]): void {
    this.#hash.restart(NO_LANES)
    for (const [key, value] of this.#allOf(tags)) this.#hash.tag(tagKeyLanes(key), value, 0, value.length)
    for (const [key, value, seen] of this.#added) seen.add((ownOf(tags, key) ?? value).toString('latin1'))
  }

  /** An empty label is none; the name of a metric is not given by a tag. */
  *#allOf(tags: readonly RawTag[]): Generator<RawTag> {
    for (const tag of tags) if (tag[1].length > 0 && tag[0].toString('latin1') !== NAME_LABEL) yield tag
    for (const [key, value] of this.#added)
      if (value.length > 0 && !tags.some(([tag, there]) => there.length > 0 && tag.equals(key)))
        yield [key, value]
  }

  #write(): void {
    if (this.#rows > 0) {
      this.#printTimes()
      for (const column of this.#columns) this.#writeColumn(column)
    }
    this.#rows = 0
  }

  #printTimes(): void {
    let to = 0
    for (let row = 0; row < this.#rows; row++) {
      this.#timeText[to++] = COMMA
      to = putWhole(this.#timeText, to, this.#times[row] as number)
      this.#timeEnds[row] = to
    }
  }

  #writeColumn({ head, name, nameLanes, metric, values }: Column): void {
    const out = this.#out
    const rows = this.#rows
    const seriesA = ((nameLanes[0] as number) + this.#hash.a) | 0
    const seriesB = ((nameLanes[1] as number) + this.#hash.b) | 0
    out.room(head.length + this.#labels.length + rows * (NUMBER_ROOM + 1 + TIME_ROOM) + 64)
    const { bytes } = out
    const sample = this.#sample
    const { set, digest } = this.#present
    const { largest } = digest.metric(name)
    let to = out.position
    to += head.copy(bytes, to)
    to += this.#labels.copy(bytes, to)
    to += VALUES.copy(bytes, to)
    let count = 0
    for (let row = 0; row < rows; row++) {
      const value = values[row] as number
      if (Number.isNaN(value)) continue
      sample.set(seriesA, seriesB, this.#times[row] as number)
      metric.add(sample, value)
      if (set.has(sample, value, Math.max(metric.largest, largest))) {
        values[row] = Number.NaN
        continue
      }
      if (count++ > 0) bytes[to++] = COMMA
      to = putFloat(bytes, to, value)
    }
    if (count === 0) return
    to += TIMES.copy(bytes, to)
    to = this.#putTimes(bytes, to, values, count)
    to += END.copy(bytes, to)
    this.written += count
    out.endLine(to, count)
  }

  /** The first of them without its comma. */
  #putTimes(bytes: Buffer, at: number, values: Float64Array, count: number): number {
    const ends = this.#timeEnds
    if (count === this.#rows) return at + this.#timeText.copy(bytes, at, 1, ends[count - 1])
    let to = at
    for (let row = 0; row < this.#rows; row++) {
      if (Number.isNaN(values[row] as number)) continue
      const start = row === 0 ? 0 : (ends[row - 1] as number)
      to += this.#timeText.copy(bytes, to, to === at ? start + 1 : start, ends[row])
    }
    return to
  }
}

const NO_LANES = Int32Array.of(0, 0)
const COMMA_TEXT = Buffer.from(',')
const COLON_TEXT = Buffer.from(':')

function ownOf(tags: readonly RawTag[], key: Buffer): Buffer | undefined {
  return tags.find(([tag, value]) => value.length > 0 && tag.equals(key))?.[1]
}
