import { BACKSLASH, byteAt, COMMA, EQUALS, QUOTE, SPACE } from './bytes.ts'

/** Takes a part of a series key, its escapes undone: the measurement first, then keys and values of tags in turn. */
export interface KeyParts {
  measurement(bytes: Buffer): void
  tag(key: Buffer, value: Buffer): void
}

/** The offset of the space that ends the series key which begins at `start`, or -1 when there is none. */
export function keyEnd(bytes: Buffer, start: number, end: number): number {
  return unescaped(bytes, start + 1, end, SPACE)
}

/**
 * Takes a series key apart, from `start` to `end`. Returns what is wrong with it, or null. A separator counts as escaped
 * when the byte before it is a backslash, however many there are (`scanTagsKey` in models/points.go).
 */
export function splitKey(bytes: Buffer, start: number, end: number, parts: KeyParts): string | null {
  let at = endOf(bytes, start + 1, end, COMMA)
  if (bytes[start] === COMMA) return 'it has no measurement'
  parts.measurement(unescapeName(bytes, start, at, true))
  while (at < end) {
    const key = at + 1
    const equals = unescaped(bytes, key, end, EQUALS)
    at = endOf(bytes, key, end, COMMA)
    if (equals === -1 || equals === key || equals > at) return 'a tag has no key or no value'
    if (equals + 1 === at) return 'a tag has an empty value'
    parts.tag(unescapeName(bytes, key, equals), unescapeName(bytes, equals + 1, at))
  }
  return null
}

/** The offset of the equals sign that ends a field key, or -1: there a backslash hides the byte after it, in pairs. */
export function fieldKeyEnd(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const byte = byteAt(bytes, at)
    if (byte === BACKSLASH) at++
    else if (byte === EQUALS) return at
    else if (byte === COMMA || byte === SPACE) return -1
  }
  return -1
}

/** A name without its escapes; `\"` is one for field keys (and measurements) only. A view where nothing is escaped. */
export function unescapeName(bytes: Buffer, start: number, end: number, quotes = false): Buffer {
  const text = bytes.subarray(start, end)
  if (!text.includes(BACKSLASH)) return text
  const out = Buffer.allocUnsafe(text.length)
  let to = 0
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1]
    const hides = next === COMMA || next === SPACE || next === EQUALS || (quotes && next === QUOTE)
    if (text[at] === BACKSLASH && hides) at++
    out[to++] = byteAt(text, at)
  }
  return out.subarray(0, to)
}

function unescaped(bytes: Buffer, start: number, end: number, wanted: number): number {
  for (let at = start; at < end; at++) if (bytes[at] === wanted && bytes[at - 1] !== BACKSLASH) return at
  return -1
}

function endOf(bytes: Buffer, start: number, end: number, wanted: number): number {
  const found = unescaped(bytes, start, end, wanted)
  return found === -1 ? end : found
}
