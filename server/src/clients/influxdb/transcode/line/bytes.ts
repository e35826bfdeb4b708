/** The bytes that mean something in line protocol. */
export const NUL = 0x00
export const TAB = 0x09
export const NEWLINE = 0x0a
export const SPACE = 0x20
export const QUOTE = 0x22
export const HASH = 0x23
export const PLUS = 0x2b
export const COMMA = 0x2c
export const MINUS = 0x2d
export const DOT = 0x2e
export const ZERO = 0x30
export const NINE = 0x39
export const EQUALS = 0x3d
export const BACKSLASH = 0x5c
export const LETTER_I = 0x69
export const LETTER_U = 0x75
export const LETTER_E = 0x65
export const LETTER_T = 0x74
export const LETTER_F = 0x66

/** The byte at an offset that is known to lie inside: saves the hot loops a check for `undefined`. */
export function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] as number
}
