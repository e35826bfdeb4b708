import { VALUE_TYPE, type WindowDigest } from '../digest/window-digest.ts'
import { garbage } from './header-reader.ts'
import { isFiniteDouble, isUnsigned, readInteger } from './row-scan.ts'
import { FALSE, FLOAT32, FLOAT64, isText, NIL, TRUE, textHead, textLength, WIDTH, wordAt } from './tags.ts'

const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)
const HALVES = new Int32Array(2)

/** What digesting the field columns of an answer needs to know. */
export interface DigestColumns {
  /** Per column the slot in the digest. */
  readonly slots: Int32Array
  /** Per column 1 where the field holds unsigned integers. */
  readonly unsigned: Uint8Array
}

/** Adds the fields of a scanned row that begin at `from` to the digest, as `writeFields` does. Returns how many had a value. */
export function digestFields(
  input: Uint8Array,
  from: number,
  { slots, unsigned }: DigestColumns,
  digest: WindowDigest,
): number {
  let next = from
  let values = 0
  for (let column = 0; column < slots.length; column++) {
    const tag = input[next] as number
    if (tag === NIL) {
      next++
      continue
    }
    values++
    const slot = slots[column] as number
    if (tag === FLOAT64) {
      addFloat(digest, slot, wordAt(input, next + 1), wordAt(input, next + 5))
      next += 9
    } else if (isText(tag)) {
      const start = next + textHead(tag)
      next = start + textLength(input, next)
      digest.addText(slot, input, start, next)
    } else {
      addOther(input, next, tag, unsigned[column] === 1, slot, digest)
      next += WIDTH[tag] as number
    }
  }
  return values
}

function addOther(
  input: Uint8Array,
  at: number,
  tag: number,
  unsignedField: boolean,
  slot: number,
  digest: WindowDigest,
): void {
  if (tag === TRUE || tag === FALSE) digest.add(slot, VALUE_TYPE.boolean, 0, tag === TRUE ? 1 : 0)
  else if (tag === FLOAT32) {
    DOUBLE[0] = new DataView(input.buffer, input.byteOffset).getFloat32(at + 1)
    addFloat(digest, slot, DOUBLE_WORDS[1] as number, DOUBLE_WORDS[0] as number)
  } else {
    readInteger(input, at, tag, HALVES)
    const type = isUnsigned(tag, unsignedField) ? VALUE_TYPE.unsigned : VALUE_TYPE.integer
    digest.add(slot, type, HALVES[0] as number, HALVES[1] as number)
  }
}

function addFloat(digest: WindowDigest, slot: number, high: number, low: number): void {
  if (!isFiniteDouble(high)) throw garbage('a finite number', FLOAT64)
  digest.add(slot, VALUE_TYPE.float, high, low)
}
