import { VALUE_TYPE } from '../digest/window-digest.ts'
import { byteAt, DOT, LETTER_E, LETTER_I, LETTER_U, MINUS, NINE, PLUS, ZERO } from './bytes.ts'

const DOUBLE = new Float64Array(1)
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)
/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
const BILLION = 1e9
const TWO_TO_32 = 0x1_0000_0000

/** Numbers of line protocol: 1, 1., .5, 1e5, 1E+5 are floats, 1i an integer, 1u an unsigned one. No other forms exist. */
export class NumberReader {
  /** What was read: the two halves of an integer or a double. */
  high = 0
  low = 0
  type: number = VALUE_TYPE.float

  /** Reads the number from `start` to `end`. False: it is none that InfluxDB takes. */
  read(bytes: Buffer, start: number, end: number): boolean {
    const negative = bytes[start] === MINUS
    const first = negative ? start + 1 : start
    const last = end - 1
    const letter = bytes[last]
    if (letter === LETTER_I || letter === LETTER_U) return this.#integer(bytes, first, last, negative, letter)
    return this.#float(bytes, first, end, negative)
  }

  /** A time: an integer without a letter. */
  time(bytes: Buffer, start: number, end: number): boolean {
    const negative = bytes[start] === MINUS
    return this.#integer(bytes, negative ? start + 1 : start, end, negative, LETTER_I)
  }

  #integer(bytes: Buffer, first: number, end: number, negative: boolean, letter: number): boolean {
    let at = first
    while (at < end - 1 && bytes[at] === ZERO) at++
    if (at >= end || end - at > 20) return false
    // The digits before the last nine, and the last nine: both are exact as doubles.
    const middle = Math.max(at, end - 9)
    const billions = digits(bytes, at, middle)
    const rest = digits(bytes, middle, end)
    if (billions < 0 || rest < 0) return false
    const upper = Math.floor(billions / 0x1_0000) * BILLION
    const lower = (upper % 0x1_0000) * 0x1_0000 + (billions % 0x1_0000) * BILLION + rest
    const high = Math.floor(upper / 0x1_0000) + Math.floor(lower / TWO_TO_32)
    this.high = high | 0
    this.low = (lower % TWO_TO_32) | 0
    if (letter === LETTER_U) {
      this.type = VALUE_TYPE.unsigned
      return !negative && high < TWO_TO_32
    }
    this.type = VALUE_TYPE.integer
    const lowest = negative && high === 0x8000_0000 && this.low === 0
    if (high >= 0x8000_0000 && !lowest) return false
    if (negative) {
      this.high = this.low === 0 ? -this.high | 0 : ~this.high
      this.low = -this.low | 0
    }
    return true
  }

  #float(bytes: Buffer, first: number, end: number, negative: boolean): boolean {
    let mantissa = 0
    let seen = 0
    let decimals = -1
    let at = first
    for (; at < end; at++) {
      const byte = byteAt(bytes, at)
      if (byte >= ZERO && byte <= NINE) {
        mantissa = mantissa * 10 + byte - ZERO
        seen++
        if (decimals >= 0) decimals++
      } else if (byte === DOT && decimals < 0) decimals = 0
      else break
    }
    if (seen === 0) return false
    // Up to 15 digits and a power of ten up to 22 are exact, so their quotient is rounded just once.
    if (at === end && seen <= 15)
      return this.#take(mantissa / (POWERS[Math.max(decimals, 0)] as number), negative)
    if (at < end && !isExponent(bytes, at, end)) return false
    return this.#take(Number(bytes.toString('latin1', first, end)), negative)
  }

  #take(size: number, negative: boolean): boolean {
    DOUBLE[0] = negative ? -size : size
    this.high = DOUBLE_WORDS[1] as number
    this.low = DOUBLE_WORDS[0] as number
    this.type = VALUE_TYPE.float
    return Number.isFinite(size)
  }
}

/** The value of some digits, or a negative number when another byte is among them. */
function digits(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = byteAt(bytes, at) - ZERO
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** Whether an exponent and nothing else stands from `start` to `end`. */
function isExponent(bytes: Buffer, start: number, end: number): boolean {
  if ((byteAt(bytes, start) | 0x20) !== LETTER_E) return false
  const sign = bytes[start + 1]
  const first = sign === MINUS || sign === PLUS ? start + 2 : start + 1
  return first < end && digits(bytes, first, end) >= 0
}
