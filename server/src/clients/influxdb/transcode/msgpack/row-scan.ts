import { garbage } from './header-reader.ts'
import {
  ARRAY16,
  ARRAY32,
  FIXARRAY,
  FIXMAP,
  INT8,
  INT16,
  INT32,
  INT64,
  isText,
  NEGATIVE_FIXINT,
  NIL,
  textHead,
  textLength,
  UINT8,
  UINT16,
  UINT32,
  UINT64,
  WIDTH,
  wordAt,
} from './tags.ts'

/** The bits that are all set in infinity and in what is no number. */
const EXPONENT = 0x7ff00000

/** What the scan of a row found. */
export interface RowScan {
  /** Where the first column begins, after the head of the row. */
  start: number
  /** Bytes in strings of 32 bytes and more: what a row may need beyond the fixed room of its columns. */
  text: number
  /** How far the bytes must reach before the row can be scanned, when it goes on in a chunk that has not come. */
  wanted: number
}

/**
 * Passes over a row of so many columns that begins at `at`. Returns where it ends, or -1 when it goes on behind `end`.
 * A row that was scanned holds nothing but nil, booleans, numbers and strings, all of it within the buffer: what writes it
 * need not look again.
 */
export function scanRow(bytes: Uint8Array, at: number, end: number, columns: number, scan: RowScan): number {
  let next = rowStart(bytes, at, end, columns)
  scan.start = next
  scan.text = 0
  for (let left = columns; left > 0 && next < end; left--) {
    const tag = bytes[next] as number
    const width = WIDTH[tag] as number
    if (width !== 0) next += width
    else if (!isText(tag)) throw garbage('a value of a row', tag)
    else {
      const head = textHead(tag)
      if (next + head > end) return short(scan, next + head)
      const length = textLength(bytes, next)
      scan.text += length
      next += head + length
    }
    if (left === 1 && next <= end) return next
  }
  return short(scan, next > end ? next : end + 1)
}

function short(scan: RowScan, wanted: number): number {
  scan.wanted = wanted
  return -1
}

/** Where the columns of a row begin; behind `end` when the head has not come whole. */
function rowStart(bytes: Uint8Array, at: number, end: number, columns: number): number {
  if (at >= end) return at + 1
  const tag = bytes[at] as number
  const head = tag === ARRAY16 ? 3 : tag === ARRAY32 ? 5 : 1
  if (head === 1 && (tag & 0xf0) !== FIXARRAY) throw garbage('a row', tag)
  if (at + head > end) return at + head
  const size =
    head === 1
      ? tag & 0x0f
      : head === 3
        ? ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)
        : wordAt(bytes, at + 1) >>> 0
  if (size !== columns) throw garbage(`a row of ${columns} columns`, tag)
  return at + head
}

/** An integer of at most 32 bits with this tag, whose bytes begin at `at`. */
export function smallInteger(bytes: Uint8Array, at: number, tag: number): number {
  if (tag < FIXMAP) return tag
  if (tag >= NEGATIVE_FIXINT) return tag - 256
  const first = bytes[at] as number
  switch (tag) {
    case INT8:
      return (first << 24) >> 24
    case UINT8:
      return first
    case INT16:
      return ((first << 24) >> 16) | (bytes[at + 1] as number)
    case UINT16:
      return (first << 8) | (bytes[at + 1] as number)
    case INT32:
      return wordAt(bytes, at)
    case UINT32:
      return wordAt(bytes, at) >>> 0
    default:
      throw garbage('an integer', tag)
  }
}

/** Reads an integer, whose tag is at `at`, into `halves` (high, low). */
export function readInteger(bytes: Uint8Array, at: number, tag: number, halves: Int32Array): void {
  if (tag === INT64 || tag === UINT64) {
    halves[0] = wordAt(bytes, at + 1)
    halves[1] = wordAt(bytes, at + 5)
    return
  }
  const value = smallInteger(bytes, at + 1, tag)
  halves[0] = value < 0 ? -1 : 0
  halves[1] = value
}

/** Whether a double with this upper half is a number. */
export function isFiniteDouble(high: number): boolean {
  return (high & EXPONENT) !== EXPONENT
}

/** Whether an integer is unsigned. From 0 to 127 the tag does not tell. */
export function isUnsigned(tag: number, unsignedField: boolean): boolean {
  const fixint = tag < FIXMAP || tag >= NEGATIVE_FIXINT
  return fixint ? unsignedField : tag >= UINT8 && tag <= UINT64
}

/** Reads the time that a row begins with into `halves` (high, low). Returns the offset after it. */
export function readTime(bytes: Uint8Array, at: number, halves: Int32Array): number {
  const tag = bytes[at] as number
  if (tag === NIL || isText(tag)) throw garbage('a time in nanoseconds', tag)
  readInteger(bytes, at, tag, halves)
  return at + (WIDTH[tag] as number)
}
