import { VALUE_TYPE, type WindowDigest } from '../digest/window-digest.ts'
import { BACKSLASH, LETTER_F, LETTER_I, LETTER_T, LETTER_U, QUOTE } from '../line/bytes.ts'
import { putDouble, putInt64, putUint64 } from '../line/print-number.ts'
import type { FieldColumns } from './field-columns.ts'
import { garbage } from './header-reader.ts'
import { isFiniteDouble, isUnsigned, readInteger } from './row-scan.ts'
import { FALSE, FLOAT32, FLOAT64, isText, NIL, TRUE, textHead, textLength, WIDTH, wordAt } from './tags.ts'

const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)
const HALVES = new Int32Array(2)

/**
 * Writes the fields of a scanned row that begin at `from` as `key=value,key=value` to `out` at `at`, adds them to the
 * digest and says in `columns.written` how many had a value. Returns the offset after them.
 */
export function writeFields(
  input: Uint8Array,
  from: number,
  out: Uint8Array,
  at: number,
  columns: FieldColumns,
  digest: WindowDigest | null,
): number {
  const { count, prefixes, slots } = columns
  let next = from
  let to = at
  let written = 0
  for (let column = 0; column < count; column++) {
    const tag = input[next] as number
    if (tag === NIL) {
      next++
      continue
    }
    const prefix = prefixes[column] as Uint8Array
    for (let i = written === 0 ? 1 : 0; i < prefix.length; i++) out[to++] = prefix[i] as number
    written++
    const slot = slots[column] as number
    if (tag === FLOAT64) {
      const high = wordAt(input, next + 1)
      const low = wordAt(input, next + 5)
      next += 9
      to = putFinite(out, to, high, low)
      if (digest !== null) digest.add(slot, VALUE_TYPE.float, high, low)
    } else if (isText(tag)) {
      const start = next + textHead(tag)
      next = start + textLength(input, next)
      to = putText(out, to, input, start, next)
      if (digest !== null) digest.addText(slot, input, start, next)
    } else {
      to = putOther(input, next, tag, out, to, columns.unsigned[column] === 1, slot, digest)
      next += WIDTH[tag] as number
    }
  }
  columns.written = written
  return to
}

/** A string in quotes, with its quotes and backslashes escaped; any other byte stands for itself, newlines too. */
function putText(out: Uint8Array, at: number, input: Uint8Array, start: number, end: number): number {
  let to = at
  out[to++] = QUOTE
  for (let next = start; next < end; next++) {
    const byte = input[next] as number
    if (byte === QUOTE || byte === BACKSLASH) out[to++] = BACKSLASH
    out[to++] = byte
  }
  out[to++] = QUOTE
  return to
}

/** A boolean, an integer, or the float32 that another encoder might use. */
function putOther(
  input: Uint8Array,
  at: number,
  tag: number,
  out: Uint8Array,
  to: number,
  unsignedField: boolean,
  slot: number,
  digest: WindowDigest | null,
): number {
  if (tag === TRUE || tag === FALSE) {
    out[to] = tag === TRUE ? LETTER_T : LETTER_F
    if (digest !== null) digest.add(slot, VALUE_TYPE.boolean, 0, tag === TRUE ? 1 : 0)
    return to + 1
  }
  if (tag === FLOAT32) return putNarrowFloat(input, at, out, to, slot, digest)
  readInteger(input, at, tag, HALVES)
  const high = HALVES[0] as number
  const low = HALVES[1] as number
  const unsigned = isUnsigned(tag, unsignedField)
  const end = unsigned ? putUint64(out, to, high, low) : putInt64(out, to, high, low)
  out[end] = unsigned ? LETTER_U : LETTER_I
  if (digest !== null) digest.add(slot, unsigned ? VALUE_TYPE.unsigned : VALUE_TYPE.integer, high, low)
  return end + 1
}

function putNarrowFloat(
  input: Uint8Array,
  at: number,
  out: Uint8Array,
  to: number,
  slot: number,
  digest: WindowDigest | null,
): number {
  DOUBLE[0] = new DataView(input.buffer, input.byteOffset).getFloat32(at + 1)
  const high = DOUBLE_WORDS[1] as number
  const low = DOUBLE_WORDS[0] as number
  if (digest !== null) digest.add(slot, VALUE_TYPE.float, high, low)
  return putFinite(out, to, high, low)
}

/** InfluxDB stores finite numbers only, and line protocol has no others. */
function putFinite(out: Uint8Array, at: number, high: number, low: number): number {
  if (!isFiniteDouble(high)) throw garbage('a finite number', FLOAT64)
  return putDouble(out, at, high, low)
}
