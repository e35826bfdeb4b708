import { byteAt, MINUS, NINE, SPACE, ZERO } from './bytes.ts'
import { NumberReader } from './read-number.ts'
import { type KeyParts, keyEnd, splitKey } from './series-key.ts'

/**
 * Finds the three parts of a line: series key, fields, time. The parts of the key are told only when the key is another one
 * than that of the line before, as lines of a series mostly follow each other.
 */
export class LineFrame {
  /** Where the fields begin and end. */
  fieldsStart = 0
  fieldsEnd = 0
  /** The time, as the two halves of an int64. */
  timeHigh = 0
  timeLow = 0
  readonly #parts: KeyParts
  readonly #number = new NumberReader()
  /** The key of the line before, with the space after it. */
  #key: Buffer = Buffer.alloc(256)
  #keyLength = 0

  constructor(parts: KeyParts) {
    this.#parts = parts
  }

  /** Returns what is wrong with the line, or null. */
  read(bytes: Buffer, start: number, end: number): string | null {
    const wrong = this.#sameKey(bytes, start, end) ? null : this.#newKey(bytes, start, end)
    if (wrong !== null) return wrong
    let at = start + this.#keyLength
    while (at < end && bytes[at] === SPACE) at++
    this.fieldsStart = at
    let timeEnd = end
    while (timeEnd > at && bytes[timeEnd - 1] === SPACE) timeEnd--
    let time = timeEnd
    while (time > at && isDigit(byteAt(bytes, time - 1))) time--
    if (bytes[time - 1] === MINUS) time--
    if (time <= at || bytes[time - 1] !== SPACE) return 'it has no time'
    if (!this.#number.time(bytes, time, timeEnd)) return 'its time is out of range'
    this.timeHigh = this.#number.high
    this.timeLow = this.#number.low
    this.fieldsEnd = time - 1
    while (this.fieldsEnd > at && bytes[this.fieldsEnd - 1] === SPACE) this.fieldsEnd--
    return this.fieldsEnd > at ? null : 'it has no fields'
  }

  #sameKey(bytes: Buffer, start: number, end: number): boolean {
    const length = this.#keyLength
    if (length === 0 || start + length > end) return false
    for (let i = length - 1; i >= 0; i--) if (bytes[start + i] !== this.#key[i]) return false
    return true
  }

  #newKey(bytes: Buffer, start: number, end: number): string | null {
    const space = keyEnd(bytes, start, end)
    this.#keyLength = 0
    if (space === -1) return 'it has no fields'
    const length = space + 1 - start
    if (length > this.#key.length) this.#key = Buffer.alloc(2 * length)
    bytes.copy(this.#key, 0, start, space + 1)
    const wrong = splitKey(bytes, start, space, this.#parts)
    if (wrong === null) this.#keyLength = length
    return wrong
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}
