import { DOT, MINUS, ZERO } from './bytes.ts'

/**
 * Numbers as line protocol prints them, straight into a buffer. Each function takes the offset to write at, needs 25
 * bytes of room there at most, and returns the offset after what it wrote.
 */

/** Largest number of bytes a number takes: -1.7976931348623157e+308 has 24, a type letter may follow. */
export const NUMBER_ROOM = 25

const BILLION = 1e9
const TWO_TO_32 = 0x1_0000_0000

/** The two digits of 0..99, one after the other: halves the divisions. */
const PAIRS = Uint8Array.from({ length: 200 }, (_, index) =>
  index % 2 === 0 ? ZERO + Math.floor(index / 20) : ZERO + ((index >> 1) % 10),
)

/** A number below 2^31. */
function putSmall(out: Uint8Array, at: number, value: number): number {
  let end = at
  if (value < 10) end += 1
  else if (value < 100) end += 2
  else if (value < 1_000) end += 3
  else if (value < 10_000) end += 4
  else if (value < 100_000) end += 5
  else if (value < 1_000_000) end += 6
  else if (value < 10_000_000) end += 7
  else if (value < 100_000_000) end += 8
  else if (value < BILLION) end += 9
  else end += 10
  let rest = value | 0
  let to = end
  while (rest >= 10) {
    const tens = (rest / 100) | 0
    const pair = (rest - tens * 100) << 1
    out[--to] = PAIRS[pair + 1] as number
    out[--to] = PAIRS[pair] as number
    rest = tens
  }
  if (to > at) out[at] = ZERO + rest
  return end
}

/** Exactly nine digits, with leading zeros. */
function putNine(out: Uint8Array, at: number, value: number): number {
  let rest = value | 0
  for (let to = at + 8; to > at; to -= 2) {
    const tens = (rest / 100) | 0
    const pair = (rest - tens * 100) << 1
    out[to] = PAIRS[pair + 1] as number
    out[to - 1] = PAIRS[pair] as number
    rest = tens
  }
  out[at] = ZERO + rest
  return at + 9
}

/** A whole number from 0 to 2^53. */
export function putWhole(out: Uint8Array, at: number, value: number): number {
  if (value <= 0x7fffffff) return putSmall(out, at, value)
  const billions = Math.floor(value / BILLION)
  return putNine(out, putSmall(out, at, billions), value - billions * BILLION)
}

/** An unsigned 64-bit number, given as its two halves (taken as 32 bits each, whatever their sign). */
export function putUint64(out: Uint8Array, at: number, high: number, low: number): number {
  const hi = high >>> 0
  const lo = low >>> 0
  if (hi < 0x20_0000) return putWhole(out, at, hi * TWO_TO_32 + lo)
  // Long division by a billion in steps whose products stay below 2^53.
  const first = Math.floor(hi / BILLION)
  const middle = (hi - first * BILLION) * 0x1_0000 + (lo >>> 16)
  const second = Math.floor(middle / BILLION)
  const last = (middle - second * BILLION) * 0x1_0000 + (lo & 0xffff)
  const third = Math.floor(last / BILLION)
  const billions = (first * 0x1_0000 + second) * 0x1_0000 + third
  return putNine(out, putWhole(out, at, billions), last - third * BILLION)
}

/** A signed 64-bit number in two's complement, given as its two halves. */
export function putInt64(out: Uint8Array, at: number, high: number, low: number): number {
  if (high >= 0) return putUint64(out, at, high, low)
  out[at] = MINUS
  const lo = -low | 0
  return putUint64(out, at + 1, lo === 0 ? -high | 0 : ~high, lo)
}

const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)

/** As {@link putDouble}, of a number at hand. */
export function putFloat(out: Uint8Array, at: number, value: number): number {
  DOUBLE[0] = value
  return putDouble(out, at, DOUBLE_WORDS[1] as number, DOUBLE_WORDS[0] as number)
}

/**
 * A finite double, given as its two halves: a number with a fraction would be put into an object for the call. The shortest
 * text that reads back as exactly this number, -0 included. Whole numbers and numbers of up to six decimals take a short
 * way, which is exact: a quotient by 10^6 is rounded the same as a decimal text is when read.
 */
export function putDouble(out: Uint8Array, at: number, high: number, low: number): number {
  let to = at
  if (high < 0) out[to++] = MINUS
  DOUBLE_WORDS[1] = high & 0x7fffffff
  DOUBLE_WORDS[0] = low
  const size = DOUBLE[0] as number
  if (size < BILLION) {
    const whole = Math.floor(size)
    if (whole === size) return putSmall(out, to, whole | 0)
    const millionths = Math.round(size * 1e6)
    if (millionths / 1e6 === size) {
      const units = Math.floor(millionths / 1e6)
      return putMillionths(out, putSmall(out, to, units | 0), (millionths - units * 1e6) | 0)
    }
  } else if (size <= Number.MAX_SAFE_INTEGER && Math.floor(size) === size) return putWhole(out, to, size)
  // The text that String gives, but without its cache: that kept every text until the next collection of old objects.
  const text = JSON.stringify(size)
  for (let index = 0; index < text.length; index++) out[to + index] = text.charCodeAt(index)
  return to + text.length
}

/** The decimals of a number whose whole part ends at `dot`: from 1 to 999,999 millionths. */
function putMillionths(out: Uint8Array, dot: number, millionths: number): number {
  let rest = millionths
  out[dot] = DOT
  for (let to = dot + 6; to > dot; to--) {
    const tenth = (rest / 10) | 0
    out[to] = ZERO + rest - tenth * 10
    rest = tenth
  }
  let end = dot + 7
  while (out[end - 1] === ZERO) end--
  return end
}
