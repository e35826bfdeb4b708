import { HoldfastError } from '@holdfast/contract'
import { BACKSLASH, byteAt, COMMA, EQUALS, HASH, NEWLINE, NUL, QUOTE, SPACE, TAB } from './bytes.ts'
import { LineSplit } from './line-split.ts'
import { nameText } from './name-text.ts'

/**
 * Names in line protocol. Measurements escape comma and space; tag keys, tag values and field keys also the equals sign
 * (InfluxDB line protocol reference). A backslash cannot be escaped, and the parser of InfluxDB 1.x (1.6.7 was tried with
 * each case below) reads some names with backslashes or newlines as other names: those are refused, never written.
 */
export type NameKind = 'measurement' | 'tag key' | 'tag value' | 'field key' | 'series'

/** What a byte of a name needs: nothing, an escape, or a look at the bytes beside it. */
const PLAIN = 0
const ESCAPED = 1
const SUSPICIOUS = 2

function classes(escaped: readonly number[]): Uint8Array {
  const table = new Uint8Array(256).fill(PLAIN)
  for (const byte of escaped) table[byte] = ESCAPED
  for (const byte of [BACKSLASH, NEWLINE]) table[byte] = SUSPICIOUS
  return table
}

const MEASUREMENT = classes([COMMA, SPACE])
const TAG_OR_FIELD = classes([COMMA, EQUALS, SPACE])

/** A name with its escapes. Throws `points-refused` when line protocol has no way to write it. */
export function escapeName(kind: NameKind, name: Uint8Array): Buffer {
  const table = kind === 'measurement' ? MEASUREMENT : TAG_OR_FIELD
  checkName(kind, name)
  const out = Buffer.allocUnsafe(2 * name.length)
  let to = 0
  for (let index = 0; index < name.length; index++) {
    const byte = byteAt(name, index)
    // InfluxDB drops the backslash of \" in a field key, although a quote needs none.
    const quoteAfterBackslash = kind === 'field key' && byte === QUOTE && name[index - 1] === BACKSLASH
    if (table[byte] === ESCAPED || quoteAfterBackslash) out[to++] = BACKSLASH
    out[to++] = byte
  }
  return out.subarray(0, to)
}

/** Throws `points-refused` for a name that line protocol cannot express. */
export function checkName(kind: NameKind, name: Uint8Array): void {
  const reason = whyInexpressible(kind, name)
  if (reason !== null) throw inexpressible(kind, name, reason)
}

function inexpressible(kind: NameKind, name: Uint8Array, reason: string): HoldfastError {
  const shown = nameText(name.subarray(0, 200))
  return new HoldfastError(
    'points-refused',
    `Line protocol cannot express the ${kind} ${JSON.stringify(shown)}: ${reason}`,
    {
      hint: 'Leave this measurement out of the job, or copy the whole shard by port 8088, which keeps any name.',
      details: { kind, name: shown },
    },
  )
}

const SPLIT = new LineSplit()

/** Throws `points-refused` when the server would split lines wrongly that begin with this series key, escapes and all. */
export function checkSeriesKey(
  bytes: Uint8Array,
  start: number,
  end: number,
  fieldKeysHaveQuotes: boolean,
): void {
  if (!SPLIT.keyIsSafe(bytes, start, end, fieldKeysHaveQuotes))
    throw inexpressible(
      'series',
      bytes.subarray(start, end),
      'its backslashes make the server miscount quotes',
    )
}

function whyInexpressible(kind: NameKind, name: Uint8Array): string | null {
  if (name.length === 0) return 'it is empty'
  const first = byteAt(name, 0)
  if (kind === 'measurement' && first === HASH) return 'a line that begins with # is a comment'
  if ((kind === 'measurement' || kind === 'field key') && (first === TAB || first === NUL))
    return 'a tab or NUL at its beginning is taken for a blank'
  let run = 0
  for (const byte of name) {
    if (byte === BACKSLASH) {
      run++
      continue
    }
    if (byte === NEWLINE && run % 2 === 0) return 'a newline ends the line'
    if (run > 0 && backslashIsLost(kind, byte, run))
      return 'the backslash before a special character would be lost'
    run = 0
  }
  return run > 0 ? 'it ends in a backslash' : null
}

/** Whether InfluxDB reads a run of backslashes before this byte as something else. */
function backslashIsLost(kind: NameKind, next: number, run: number): boolean {
  const separator = next === COMMA || next === SPACE || next === EQUALS
  if (kind === 'measurement') return separator || next === QUOTE
  // Field keys are scanned in pairs: an even run stays, an odd one makes the escape after it a lone backslash.
  if (kind === 'field key') return separator && run % 2 === 1
  return false
}

/** Writes the tag values of lines. Only a value whose backslashes could be misread, or with a newline, is looked at twice. */
export class TagValues {
  /** Whether there was such a value since the last reset: then the series key needs `checkSeriesKey`. */
  suspicious = false

  /** Writes the value from `start` to `end` with its escapes to `out` at `at`, where twice its length must be free. */
  put(out: Uint8Array, at: number, bytes: Uint8Array, start: number, end: number): number {
    let to = at
    let risky = bytes[end - 1] === BACKSLASH
    for (let next = start; next < end; next++) {
      const byte = byteAt(bytes, next)
      const kind = byteAt(TAG_OR_FIELD, byte)
      if (kind !== PLAIN) {
        // A backslash before an ordinary byte, as in C:\dir, is harmless.
        if (byte === NEWLINE || (next > start && bytes[next - 1] === BACKSLASH)) risky = true
        if (kind === ESCAPED) out[to++] = BACKSLASH
      }
      out[to++] = byte
    }
    if (risky) {
      checkName('tag value', bytes.subarray(start, end))
      this.suspicious = true
    }
    return to
  }
}
