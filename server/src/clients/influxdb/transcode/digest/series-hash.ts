import { hashBytes, type Lanes } from './hash.ts'

const MEASUREMENT_SEED = [0x243f6a88, 0x85a308d3] as const
const TAG_SEED = [0x13198a2e, 0x03707344] as const

/**
 * The hash of a series: that of its measurement plus those of its tags. A sum, so the tags may come in any order; names and
 * values are those meant, without the escapes of line protocol.
 */
export class SeriesHash {
  a = 0
  b = 0
  readonly #lanes: Lanes = new Int32Array(2)

  /** Begins a series with its measurement. */
  measurement(bytes: Uint8Array, start = 0, end = bytes.length): void {
    this.#seed(MEASUREMENT_SEED[0], MEASUREMENT_SEED[1])
    hashBytes(bytes, start, end, this.#lanes)
    this.a = this.#lanes[0] as number
    this.b = this.#lanes[1] as number
  }

  /** Goes back to a series without tags, whose lanes are known. */
  restart(lanes: Lanes): void {
    this.a = lanes[0] as number
    this.b = lanes[1] as number
  }

  /** Adds a tag; `key` comes from `tagKeyLanes`. */
  tag(key: Lanes, value: Uint8Array, start: number, end: number): void {
    this.#seed(key[0] as number, key[1] as number)
    hashBytes(value, start, end, this.#lanes)
    this.a = (this.a + (this.#lanes[0] as number)) | 0
    this.b = (this.b + (this.#lanes[1] as number)) | 0
  }

  #seed(a: number, b: number): void {
    this.#lanes[0] = a
    this.#lanes[1] = b
  }
}

/** What `SeriesHash.tag` needs to know of a tag key. */
export function tagKeyLanes(key: Uint8Array, start = 0, end = key.length): Lanes {
  const lanes = Int32Array.of(TAG_SEED[0], TAG_SEED[1])
  hashBytes(key, start, end, lanes)
  return lanes
}
