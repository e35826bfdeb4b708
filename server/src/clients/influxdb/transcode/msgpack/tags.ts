/**
 * The first bytes of msgpack values (https://github.com/msgpack/msgpack/blob/master/spec.md, «Formats»). InfluxDB writes
 * signed integers as int8..int64 and unsigned ones as uint8..uint64, each in the fewest bytes; 0 to 127 look the same in
 * both. Floats are always float64.
 */
export const FIXMAP = 0x80
export const FIXARRAY = 0x90
export const FIXSTR = 0xa0
export const NIL = 0xc0
export const FALSE = 0xc2
export const TRUE = 0xc3
export const FLOAT32 = 0xca
export const FLOAT64 = 0xcb
export const UINT8 = 0xcc
export const UINT16 = 0xcd
export const UINT32 = 0xce
export const UINT64 = 0xcf
export const INT8 = 0xd0
export const INT16 = 0xd1
export const INT32 = 0xd2
export const INT64 = 0xd3
export const STR8 = 0xd9
export const STR16 = 0xda
export const STR32 = 0xdb
export const ARRAY16 = 0xdc
export const ARRAY32 = 0xdd
export const MAP16 = 0xde
export const MAP32 = 0xdf
export const NEGATIVE_FIXINT = 0xe0

/** Bytes of a value in a row with its tag; 0 for a string with a length of its own and for what no row may hold. */
export const WIDTH = widths()

function widths(): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(1, 0, FIXMAP)
  table.fill(1, NEGATIVE_FIXINT)
  for (let length = 0; length < 32; length++) table[FIXSTR + length] = 1 + length
  for (const tag of [NIL, FALSE, TRUE]) table[tag] = 1
  for (const tag of [UINT8, INT8]) table[tag] = 2
  for (const tag of [UINT16, INT16]) table[tag] = 3
  for (const tag of [FLOAT32, UINT32, INT32]) table[tag] = 5
  for (const tag of [FLOAT64, UINT64, INT64]) table[tag] = 9
  return table
}

/** Whether a tag begins a string. */
export function isText(tag: number): boolean {
  return (tag & 0xe0) === FIXSTR || (tag >= STR8 && tag <= STR32)
}

/** Bytes of the head of a string: its tag and its length. */
export function textHead(tag: number): number {
  return tag === STR8 ? 2 : tag === STR16 ? 3 : tag === STR32 ? 5 : 1
}

/** Length of the string whose tag is at `at`; its head must lie in the buffer. */
export function textLength(bytes: Uint8Array, at: number): number {
  const tag = bytes[at] as number
  if (tag === STR8) return bytes[at + 1] as number
  if (tag === STR16) return ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)
  if (tag === STR32) return wordAt(bytes, at + 1) >>> 0
  return tag & 0x1f
}

/** Four bytes, the highest first, as a 32-bit number with a sign. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  )
}
