const QUOTE = 0x22
const BACKSLASH = 0x5c
const BLANK = 0x20

/** Bytes as a JSON string with its quotes. Only what JSON must have escaped is: any other byte stays, UTF-8 or not. */
export function jsonText(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(6 * bytes.length + 2)
  let to = 0
  out[to++] = QUOTE
  for (const byte of bytes) {
    if (byte < BLANK) to += out.write(`\\u00${byte.toString(16).padStart(2, '0')}`, to, 'latin1')
    else {
      if (byte === QUOTE || byte === BACKSLASH) out[to++] = BACKSLASH
      out[to++] = byte
    }
  }
  out[to++] = QUOTE
  return out.subarray(0, to)
}
