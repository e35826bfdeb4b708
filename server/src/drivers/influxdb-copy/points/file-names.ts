import { createHash } from 'node:crypto'

/** What a name may be long in a path before its end is replaced by a hash; file systems end at 255 bytes. */
const LONGEST = 200
const KEPT = 150

/**
 * A name of any characters as one folder or file name that is legal everywhere and like no other: all but letters, digits,
 * `_`, `-` and `.` becomes `%` with the number of its byte, as in addresses of the web. What is left of a long one is its
 * beginning, `~` and a hash of the whole.
 */
export function fileNameOf(name: string): string {
  let text = ''
  for (const byte of Buffer.from(name, 'utf8')) {
    const letter = String.fromCharCode(byte)
    const isPlain = /[A-Za-z0-9_-]/.test(letter) || (letter === '.' && text !== '')
    text += isPlain ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  if (text.length <= LONGEST) return text
  const hash = createHash('sha256').update(name, 'utf8').digest('hex').slice(0, 32)
  return `${text.slice(0, KEPT).replace(/%.?$/, '')}~${hash}`
}

/** `2026-11-16T00-00-00Z`, with a fraction where it is none of whole seconds. */
export function instantName(ns: bigint): string {
  return isoInstant(ns).replaceAll(':', '-')
}

const NS_PER_SECOND = 1_000_000_000n

/** An instant in ns as ISO text with all its digits. */
export function isoInstant(ns: bigint): string {
  const fraction = ((ns % NS_PER_SECOND) + NS_PER_SECOND) % NS_PER_SECOND
  const seconds = (ns - fraction) / NS_PER_SECOND
  const text = new Date(Number(seconds) * 1000).toISOString().replace(/\.000Z$/, '')
  return fraction === 0n ? `${text}Z` : `${text}.${String(fraction).padStart(9, '0')}Z`
}
