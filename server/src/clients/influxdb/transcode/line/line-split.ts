import { BACKSLASH, byteAt, COMMA, EQUALS, NEWLINE, QUOTE, SPACE } from './bytes.ts'

/**
 * Where lines end, by the very rules of InfluxDB 1.x (`scanLine` in models/points.go): a newline ends a line unless it is
 * quoted or follows a backslash; quotes count only in field values, which the server tells by counting `=` and `,` from
 * the first space on; a backslash hides the byte after it.
 */
export class LineSplit {
  #inFields = false
  #quoted = false
  /** Equals signs less commas seen among the fields: 1 where a value may stand. */
  #open = 0

  /** The offset of the newline that ends the line which begins at `start`, or -1 when it lies beyond `end`. */
  lineEnd(bytes: Uint8Array, start: number, end: number): number {
    this.#inFields = false
    this.#quoted = false
    this.#open = 0
    let at = start
    while (at < end) {
      const byte = byteAt(bytes, at)
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) {
        if (this.#inFields && this.#open > 0) this.#quoted = !this.#quoted
      } else if (!this.#quoted) {
        if (byte === NEWLINE) return at
        if (byte === SPACE) this.#inFields = true
        else if (this.#inFields) {
          if (byte === EQUALS) this.#open++
          else if (byte === COMMA) this.#open--
        }
      }
      at++
    }
    return -1
  }

  /**
   * Whether the server splits lines right that begin with this series key (measurement and tags, escaped): a backslash
   * before an escaped space makes it believe that the fields begin too early, so it miscounts quotes.
   */
  keyIsSafe(bytes: Uint8Array, start: number, end: number, fieldKeysHaveQuotes: boolean): boolean {
    if (this.lineEnd(bytes, start, end) !== -1 || this.#quoted) return false
    return this.#open === 0 || (this.#open > 0 && !fieldKeysHaveQuotes)
  }
}
