import { SeriesHash, tagKeyLanes } from '../influxdb/transcode/digest/series-hash.ts'
import type { LineBuffer } from '../influxdb/transcode/line/line-buffer.ts'
import { NUMBER_ROOM, putFloat, putWhole } from '../influxdb/transcode/line/print-number.ts'
import type { RawTag } from '../influxdb/transcode/msgpack/answer-reader.ts'
import type { FoundSamples } from './found-samples.ts'
import { jsonText } from './json-text.ts'
import { type SampleDigest, SampleHash } from './sample-digest.ts'
import type { SampleSet } from './sample-set.ts'
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

export interface Writing {
  readonly labels: AddedLabels
  /** Samples that are at the destination: they are not written. */
  readonly present: FoundSamples
  /** Nor are those for whose series and time another number is there: see {@link SampleWriter.conflicts}. */
  readonly leavesOthers: boolean
}

/**
 * Writes what /api/v1/import takes: a line of JSON for each series and field, with its numbers and times. Whoever reads
 * points tells it the series, a row for each point, and puts the numbers into its columns. Times become ms; of several
 * values of a field in one ms the last one stays. No time may be before 1970.
 */
export class SampleWriter {
  /** Values of the labels that were added, or that tags of these names had; one character a byte. */
  readonly databases = new Set<string>()
  readonly policies = new Set<string>()
  /** Samples that were written. */
  written = 0
  /** Metrics that have another number there for some series and time. */
  readonly conflicts = new Set<string>()
  /** Where the numbers of the present row belong in the columns. */
  place = 0
  readonly #out: LineBuffer
  readonly #digest: SampleDigest
  readonly #present: FoundSamples
  readonly #leavesOthers: boolean
  readonly #added: readonly (readonly [key: Buffer, value: Buffer, seen: Set<string>])[]
  readonly #hash = new SeriesHash()
  #columns: readonly Column[] = []
  #labels: Buffer = Buffer.alloc(0)
  readonly #times = new Float64Array(ROWS)
  readonly #timeText = Buffer.alloc(ROWS * TIME_ROOM)
  readonly #timeEnds = new Int32Array(ROWS)
  #rows = 0
  readonly #sample = new SampleHash()

  /** All samples go into the digest, those that are not written as well. */
  constructor(out: LineBuffer, digest: SampleDigest, { labels, present, leavesOthers }: Writing) {
    this.#out = out
    this.#digest = digest
    this.#present = present
    this.#leavesOthers = leavesOthers
    this.#added = [
      [Buffer.from('db'), Buffer.from(labels.db), this.databases],
      [Buffer.from('rp'), Buffer.from(labels.rp ?? ''), this.policies],
    ]
  }

  /** A column for a field of a measurement. */
  column(measurement: Uint8Array, field: Uint8Array): Column {
    return columnOf(measurement, field, this.#digest)
  }

  /** The rows to come belong to this series; one that was told before goes on. */
  series(columns: readonly Column[], tags: readonly RawTag[]): void {
    const labels = this.#labelsOf(tags)
    if (columns === this.#columns && labels.equals(this.#labels)) return
    this.flush()
    this.#columns = columns
    this.#labels = labels
    this.#hashLabels(tags)
  }

  /** A point begins: its time in ns as the two halves of an int64. False when it is in the same ms as the one before. */
  row(high: number, low: number): boolean {
    // Exact: 2^32 ns are 4294 ms and 967,296 ns.
    const timeMs = high * 4294 + Math.floor((high * 967_296 + (low >>> 0)) / 1_000_000)
    const isNew = this.#rows === 0 || this.#times[this.#rows - 1] !== timeMs
    if (isNew) {
      if (this.#rows === ROWS) this.flush()
      this.#times[this.#rows++] = timeMs
    }
    this.place = this.#rows - 1
    return isNew
  }

  /** Writes the rows there are. They wait in the buffer for its own `flush` then. */
  flush(): void {
    if (this.#rows > 0) {
      this.#printTimes()
      for (const column of this.#columns) this.#writeColumn(column)
    }
    this.#rows = 0
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
    const isAny = set.size > 0
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
      if (isAny && this.#isThere(set, name, value, Math.max(metric.largest, largest))) {
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

  /** Whether the present sample is not to be written. */
  #isThere(set: SampleSet, metric: string, value: number, largest: number): boolean {
    if (this.#leavesOthers && set.hasOther(this.#sample, value, largest)) {
      this.conflicts.add(metric)
      return true
    }
    return set.has(this.#sample, value, largest)
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
