import { HoldfastError } from '@holdfast/contract'
import { ChunkJoiner } from '../chunk-joiner.ts'
import { BACKSLASH, byteAt, HASH, NEWLINE, NUL, QUOTE, SPACE, TAB } from './bytes.ts'
import { LineSplit } from './line-split.ts'

/** Takes a line from `start` to `end`: without blanks before it, without its newline. Valid until the next chunk only. */
export type OnLine = (bytes: Buffer, start: number, end: number) => void

/**
 * Splits line protocol into lines as InfluxDB does: strings may hold newlines. Blank lines and comments are passed over.
 * Most lines hold neither quotes nor backslashes before their newline, and are found at the speed of a byte search.
 */
export class LineReader {
  readonly #onLine: OnLine
  readonly #input = new ChunkJoiner(() => this.damaged('it is longer than 64 MiB'))
  readonly #split = new LineSplit()
  #lines = 0

  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  push(chunk: Buffer): void {
    if (this.#input.push(chunk)) this.#read()
  }

  /** Reads what is left; the last line may lack its newline. */
  end(): void {
    if (this.#input.last()) this.#read()
    if (this.#input.last()) this.#line(this.#input.bytes, 0, this.#input.end)
  }

  /** The error for the present line. */
  damaged(reason: string): HoldfastError {
    return new HoldfastError(
      'restore-point-damaged',
      `Line ${this.#lines} of the line protocol cannot be read: ${reason}`,
    )
  }

  #read(): void {
    const bytes = this.#input.bytes.subarray(0, this.#input.end)
    let quote = -1
    let at = 0
    for (;;) {
      let newline = bytes.indexOf(NEWLINE, at)
      if (newline === -1) break
      if (quote < at) quote = indexOrEnd(bytes, QUOTE, at)
      if (quote < newline || bytes[newline - 1] === BACKSLASH)
        newline = this.#split.lineEnd(bytes, at, bytes.length)
      if (newline === -1) break
      this.#line(bytes, at, newline)
      at = newline + 1
    }
    this.#input.keep(at, bytes.length - at + 1)
  }

  #line(bytes: Buffer, from: number, end: number): void {
    this.#lines++
    let start = from
    while (start < end && isBlank(byteAt(bytes, start))) start++
    if (start < end && bytes[start] !== HASH) this.#onLine(bytes, start, end)
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === NUL
}

function indexOrEnd(bytes: Buffer, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from)
  return found === -1 ? bytes.length : found
}
