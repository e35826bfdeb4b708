import { HoldfastError } from '@holdfast/contract'
import type { Lanes } from './digest/hash.ts'
import { SeriesHash, tagKeyLanes } from './digest/series-hash.ts'
import type { WindowDigest } from './digest/window-digest.ts'
import type { TranscodeOptions } from './grouped-transcoder.ts'
import { BACKSLASH, SPACE } from './line/bytes.ts'
import type { LineBuffer } from './line/line-buffer.ts'
import { nameText } from './line/name-text.ts'
import { checkSeriesKey, escapeName, TagValues } from './line/names.ts'
import { putInt64 } from './line/print-number.ts'
import { AnswerReader, type AnswerVisitor, type RawTag } from './msgpack/answer-reader.ts'
import { FieldColumns } from './msgpack/field-columns.ts'
import { garbage } from './msgpack/header-reader.ts'
import { type RowScan, readTime } from './msgpack/row-scan.ts'
import { isText, NIL, textHead, textLength } from './msgpack/tags.ts'
import { writeFields } from './msgpack/write-fields.ts'

/** What a flat query asked for, in the order of its columns. Names as text are UTF-8; bytes are taken as they are. */
export interface FlatColumns {
  measurement: string | Uint8Array
  tags: readonly (string | Uint8Array)[]
  fields: readonly (string | Uint8Array)[]
}

interface TagColumn {
  /** `,key=` as line protocol writes it. */
  prefix: Uint8Array
  lanes: Lanes
}

/**
 * Turns the answer to `SELECT "t"::tag, …, "f"::field, …` into line protocol. Columns count by their position, so a tag and
 * a field may have the same name; the time comes first by itself. Cheaper for the server than GROUP BY * where series have
 * few points.
 */
export class FlatTranscoder implements AnswerVisitor {
  /** Lines written. */
  points = 0
  /** Field values written. */
  values = 0
  readonly #out: LineBuffer
  readonly #digest: WindowDigest | null
  readonly #reader = new AnswerReader(this)
  readonly #measurement: Buffer
  readonly #start: Uint8Array
  readonly #startLanes: Lanes
  readonly #tags: readonly TagColumn[]
  readonly #fields: FieldColumns
  readonly #hash = new SeriesHash()
  readonly #values = new TagValues()
  readonly #time = new Int32Array(2)
  readonly #room: number
  /** Whether every key has to be checked, because a tag key has a backslash. */
  readonly #odd: boolean

  constructor(
    out: LineBuffer,
    digest: WindowDigest | null,
    columns: FlatColumns,
    options: TranscodeOptions = {},
  ) {
    this.#out = out
    this.#digest = digest
    this.#measurement = bytesOf(columns.measurement)
    this.#start = escapeName('measurement', this.#measurement)
    this.#hash.measurement(this.#measurement)
    this.#startLanes = Int32Array.of(this.#hash.a, this.#hash.b)
    const keys = columns.tags.map(bytesOf)
    this.#tags = keys.map((key) => ({
      prefix: Buffer.concat([Buffer.from(','), escapeName('tag key', key), Buffer.from('=')]),
      lanes: tagKeyLanes(key),
    }))
    this.#odd = keys.some((key) => key.includes(BACKSLASH))
    this.#fields = new FieldColumns(columns.fields.map(bytesOf), digest, new Set(options.unsignedFields))
    const tagRoom = this.#tags.reduce((sum, { prefix }) => sum + prefix.length + 2 * 31, 0)
    this.#room = this.#start.length + tagRoom + this.#fields.room
  }

  push(chunk: Buffer): void {
    this.#reader.push(chunk)
  }

  /** Throws when the answer was cut off, or said that more would follow. */
  end(): void {
    this.#reader.end()
  }

  series(name: Buffer, tags: readonly RawTag[], columns: readonly Buffer[]): void {
    const expected = 1 + this.#tags.length + this.#fields.count
    if (name.equals(this.#measurement) && tags.length === 0 && columns.length === expected) return
    throw new HoldfastError(
      'node-answer-invalid',
      `The server answered with ${columns.length} columns of ${nameText(name)} instead of ${expected} of ${nameText(this.#measurement)}`,
    )
  }

  row(bytes: Uint8Array, scan: RowScan): void {
    const out = this.#out
    const digest = this.#digest
    out.room(this.#room + 2 * scan.text)
    const start = out.position
    const buffer = out.bytes
    const name = this.#start
    for (let i = 0; i < name.length; i++) buffer[start + i] = name[i] as number
    let next = readTime(bytes, scan.start, this.#time)
    let to = start + name.length
    this.#hash.restart(this.#startLanes)
    this.#values.suspicious = this.#odd
    for (const tag of this.#tags) {
      const head = bytes[next] as number
      if (head === NIL) {
        next++
        continue
      }
      if (!isText(head)) throw garbage('the value of a tag', head)
      const from = next + textHead(head)
      next = from + textLength(bytes, next)
      if (from < next) to = this.#tag(tag, buffer, to, bytes, from, next)
    }
    if (this.#values.suspicious) checkSeriesKey(buffer, start, to, this.#fields.haveQuotes)
    buffer[to++] = SPACE
    const high = this.#time[0] as number
    const low = this.#time[1] as number
    if (digest !== null) digest.row(this.#hash.a, this.#hash.b, high, low)
    to = writeFields(bytes, next, buffer, to, this.#fields, digest)
    if (this.#fields.written === 0) return
    buffer[to++] = SPACE
    to = putInt64(buffer, to, high, low)
    this.points++
    this.values += this.#fields.written
    if (digest !== null) digest.points++
    out.endLine(to, this.#fields.written)
  }

  #tag(tag: TagColumn, out: Uint8Array, at: number, bytes: Uint8Array, from: number, end: number): number {
    const { prefix, lanes } = tag
    let to = at
    for (let i = 0; i < prefix.length; i++) out[to++] = prefix[i] as number
    if (this.#digest !== null) this.#hash.tag(lanes, bytes, from, end)
    return this.#values.put(out, to, bytes, from, end)
  }
}

function bytesOf(name: string | Uint8Array): Buffer {
  return typeof name === 'string' ? Buffer.from(name, 'utf8') : Buffer.from(name)
}
