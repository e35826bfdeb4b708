import { HoldfastError } from '@holdfast/contract'
import { statementError } from '../../errors.ts'
import { ChunkJoiner } from '../chunk-joiner.ts'
import { garbage, HeaderReader, SHORT } from './header-reader.ts'
import { type RowScan, scanRow } from './row-scan.ts'

/** A tag of a series: views into the answer, valid until the next chunk. */
export type RawTag = readonly [key: Buffer, value: Buffer]

/** What a transcoder does with the parts of an answer. */
export interface AnswerVisitor {
  /**
   * A series begins, or goes on in a further chunk. `columns` are the names of its columns, that of the time first: they
   * stay valid, and are the very same list as for the series before while nothing else stands in the answer.
   */
  series(name: Buffer, tags: readonly RawTag[], columns: readonly Buffer[]): void
  /** A whole row of as many columns as the series has; `scan` says where its columns begin. */
  row(bytes: Uint8Array, scan: RowScan): void
}

/** Where in an answer the reader stands. */
type Place = 'answer' | 'results' | 'result' | 'series-list' | 'series' | 'rows'

/**
 * Reads the chunked answer of `/query` in msgpack: maps one after another, each `{results: [{statement_id, messages?,
 * series: [{name, tags?, columns, values, partial?}], partial?}]}` or `{error}` (services/httpd/response_writer.go of
 * InfluxDB 1.x). Errors stand in the middle of the answer, under HTTP status 200; an answer is whole only when its last
 * result is not `partial`.
 */
export class AnswerReader {
  readonly #visitor: AnswerVisitor
  readonly #input = new ChunkJoiner(rowTooLong)
  readonly #head = new HeaderReader()
  readonly #scan: RowScan = { start: 0, text: 0, wanted: 0 }
  #place: Place = 'answer'
  /** Whether a whole answer was seen, and whether its last result said that more follows. */
  #complete = false
  #partial = false
  /** What is left of each level. */
  #resultsLeft = 0
  #resultKeysLeft = 0
  #seriesLeft = 0
  #seriesKeysLeft = 0
  #rowsLeft = 0
  #columns = 0
  /** The columns of the last series, and the bytes that they stood in. */
  #names: readonly Buffer[] = []
  #columnList: Buffer = Buffer.alloc(0)

  constructor(visitor: AnswerVisitor) {
    this.#visitor = visitor
  }

  push(chunk: Buffer): void {
    if (this.#input.push(chunk)) this.#read()
  }

  /** Throws unless the answer ended whole. */
  end(): void {
    if (this.#input.last()) this.#read()
    if (!this.#complete || this.#place !== 'answer' || this.#input.last())
      throw new HoldfastError('node-answer-invalid', 'The answer of the server broke off in the middle')
    if (this.#partial)
      throw new HoldfastError(
        'node-answer-invalid',
        'The answer of the server is not whole: its last part says that more would follow',
        { hint: 'Look at max-row-limit and the time limits of queries in the configuration of the server.' },
      )
  }

  /** Goes on until the bytes end. What was read stays read; what is cut off is kept for the next chunk. */
  #read(): void {
    const input = this.#input
    const head = this.#head
    let at = 0
    try {
      for (;;) {
        if (this.#place === 'rows') at = this.#rows(at)
        head.reset(input.bytes, at, input.end)
        if (this.#place === 'answer' && at === input.end) {
          input.keep(at, 0)
          return
        }
        this.#step()
        at = head.at
      }
    } catch (thrown) {
      if (thrown !== SHORT) throw thrown
      const from = this.#place === 'rows' ? this.#rowAt : at
      input.keep(from, head.wanted - from)
    }
  }

  /** Where the row begins that could not be read for want of bytes. */
  #rowAt = 0

  #rows(start: number): number {
    const { bytes, end } = this.#input
    const scan = this.#scan
    let at = start
    for (; this.#rowsLeft > 0; this.#rowsLeft--) {
      const next = scanRow(bytes, at, end, this.#columns, scan)
      if (next === -1) {
        this.#rowAt = at
        this.#head.wanted = scan.wanted
        throw SHORT
      }
      this.#visitor.row(bytes, scan)
      at = next
    }
    this.#place = 'series'
    return at
  }

  #step(): void {
    if (this.#place === 'answer') this.#answer()
    else if (this.#place === 'results') this.#nextResult()
    else if (this.#place === 'result') this.#resultEntry()
    else if (this.#place === 'series-list') this.#nextSeries()
    else this.#seriesEntry()
  }

  #answer(): void {
    const entries = this.#head.mapSize()
    const key = entries === 1 ? this.#head.text().toString('latin1') : ''
    if (key === 'error') throw statementError(this.#head.text().toString('utf8'))
    if (key !== 'results') throw garbage('an answer', this.#head.bytes[0] ?? 0)
    this.#resultsLeft = this.#head.arraySize()
    this.#place = 'results'
  }

  #nextResult(): void {
    if (this.#resultsLeft === 0) {
      this.#complete = true
      this.#place = 'answer'
      return
    }
    this.#resultKeysLeft = this.#head.mapSize()
    this.#resultsLeft--
    this.#partial = false
    this.#place = 'result'
  }

  #resultEntry(): void {
    if (this.#resultKeysLeft === 0) {
      this.#place = 'results'
      return
    }
    const head = this.#head
    const key = head.key()
    if (key === 'error') throw statementError(head.text().toString('utf8'))
    if (key === 'series') {
      this.#seriesLeft = head.arraySize()
      this.#place = 'series-list'
    } else if (key === 'partial') this.#partial = head.boolean()
    else head.skip()
    this.#resultKeysLeft--
  }

  /** Reads a series up to its first row: `values` comes after name, tags and columns. */
  #nextSeries(): void {
    if (this.#seriesLeft === 0) {
      this.#place = 'result'
      return
    }
    const head = this.#head
    let entries = head.mapSize()
    let name: Buffer | null = null
    let tags: RawTag[] = []
    let columns: readonly Buffer[] | null = null
    for (; entries > 0; entries--) {
      const key = head.key()
      if (key === 'name') name = head.text()
      else if (key === 'tags') tags = this.#tags(head.mapSize())
      else if (key === 'columns') columns = this.#columnNames()
      else if (key === 'values') break
      else head.skip()
    }
    if (name === null || columns === null || entries === 0) throw garbage('a series with its rows', 0)
    const rows = head.arraySize()
    this.#visitor.series(name, tags, columns)
    this.#columns = columns.length
    this.#rowsLeft = rows
    this.#seriesKeysLeft = entries - 1
    this.#seriesLeft--
    this.#place = 'rows'
  }

  #tags(count: number): RawTag[] {
    const tags: RawTag[] = []
    for (let left = count; left > 0; left--) {
      const key = this.#head.text()
      if (tags.some(([other]) => other.equals(key))) throw garbage('tags with different keys', 0)
      tags.push([key, this.#head.text()])
    }
    return tags
  }

  #columnNames(): readonly Buffer[] {
    const head = this.#head
    if (head.passSame(this.#columnList)) return this.#names
    const start = head.at
    const names: Buffer[] = []
    for (let left = head.arraySize(); left > 0; left--) names.push(Buffer.from(head.text()))
    this.#columnList = Buffer.from(head.bytes.subarray(start, head.at))
    this.#names = names
    return names
  }

  /** What stands after the rows of a series: nothing, or `partial`. */
  #seriesEntry(): void {
    if (this.#seriesKeysLeft === 0) {
      this.#place = 'series-list'
      return
    }
    this.#head.key()
    this.#head.skip()
    this.#seriesKeysLeft--
  }
}

function rowTooLong(): HoldfastError {
  return new HoldfastError(
    'node-answer-invalid',
    'The answer of the server announced a row of more than 64 MiB',
  )
}
