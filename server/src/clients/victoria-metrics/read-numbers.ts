import { smallInteger } from '../influxdb/transcode/msgpack/row-scan.ts'
import {
  FALSE,
  FLOAT32,
  FLOAT64,
  INT64,
  isText,
  NIL,
  TRUE,
  textHead,
  textLength,
  UINT64,
  WIDTH,
  wordAt,
} from '../influxdb/transcode/msgpack/tags.ts'
import type { Column } from './series-columns.ts'

const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)
const TWO_TO_32 = 2 ** 32

/**
 * Reads the numbers of a scanned row that begin at `from` into `row` of the columns. A column without a number keeps what
 * an earlier row of the same time has put there, unless the row `isNew`.
 */
export function readNumbers(
  input: Uint8Array,
  from: number,
  columns: readonly Column[],
  row: number,
  isNew: boolean,
): void {
  let next = from
  for (let index = 0; index < columns.length; index++) {
    const { values } = columns[index] as Column
    const tag = input[next] as number
    if (tag === FLOAT64) {
      DOUBLE_WORDS[1] = wordAt(input, next + 1)
      DOUBLE_WORDS[0] = wordAt(input, next + 5)
      values[row] = DOUBLE[0] as number
      next += 9
    } else if (tag === NIL || isText(tag)) {
      if (isNew) values[row] = Number.NaN
      next += tag === NIL ? 1 : textHead(tag) + textLength(input, next)
    } else {
      values[row] = otherNumber(input, next, tag)
      next += WIDTH[tag] as number
    }
  }
}

/** A boolean or an integer as the double that is nearest to it. */
function otherNumber(input: Uint8Array, at: number, tag: number): number {
  if (tag === TRUE) return 1
  if (tag === FALSE) return 0
  if (tag === FLOAT32) return new DataView(input.buffer, input.byteOffset).getFloat32(at + 1)
  if (tag !== INT64 && tag !== UINT64) return smallInteger(input, at + 1, tag)
  const high = wordAt(input, at + 1)
  return (tag === INT64 ? high : high >>> 0) * TWO_TO_32 + (wordAt(input, at + 5) >>> 0)
}
