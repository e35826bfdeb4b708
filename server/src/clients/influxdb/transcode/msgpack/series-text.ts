import type { Lanes } from '../digest/hash.ts'
import { SeriesHash, tagKeyLanes } from '../digest/series-hash.ts'
import { BACKSLASH, SPACE } from '../line/bytes.ts'
import { checkSeriesKey, escapeName, TagValues } from '../line/names.ts'
import type { RawTag } from './answer-reader.ts'

interface KnownKey {
  readonly key: Buffer
  /** `,key=` as line protocol writes it. */
  readonly prefix: Buffer
  readonly lanes: Lanes
  /** Of the present series, while it is being written. */
  value: Buffer | null
}

const FIRST_SIZE = 256

/**
 * What the lines of series after series begin with, tags in the order of their keys, and the hash of the series. Names repeat
 * from one series to the next, so they are escaped and hashed once; the values of tags are written straight into a buffer.
 */
export class SeriesText {
  /** Measurement and tags, escaped, with the space that follows. Valid until the next series. */
  key: Buffer = Buffer.alloc(0)
  readonly hash = new SeriesHash()
  #buffer: Buffer = Buffer.allocUnsafeSlow(FIRST_SIZE)
  #name: Buffer | null = null
  #start: Buffer = Buffer.alloc(0)
  readonly #startLanes: Lanes = new Int32Array(2)
  readonly #keys: KnownKey[] = []
  readonly #values = new TagValues()

  /** Throws `points-refused` for a name or value that line protocol cannot express. */
  set(name: Buffer, tags: readonly RawTag[], fieldKeysHaveQuotes: boolean): void {
    if (this.#name === null || !name.equals(this.#name)) this.#begin(name)
    this.hash.restart(this.#startLanes)
    let room = this.#start.length + 1
    for (const [key, value] of tags) {
      // No tag: a series without one of the keys of its measurement.
      if (value.length === 0) continue
      const known = this.#known(key)
      known.value = value
      room += known.prefix.length + 2 * value.length
    }
    if (room > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(2 * room)
    const end = this.#write(this.#buffer)
    const backslash = this.#buffer.indexOf(BACKSLASH)
    if (backslash !== -1 && backslash < end) checkSeriesKey(this.#buffer, 0, end, fieldKeysHaveQuotes)
    this.#buffer[end] = SPACE
    this.key = this.#buffer.subarray(0, end + 1)
  }

  #write(out: Buffer): number {
    let to = this.#start.copy(out)
    for (const known of this.#keys) {
      const { value, prefix, lanes } = known
      if (value === null) continue
      known.value = null
      this.hash.tag(lanes, value, 0, value.length)
      to += prefix.copy(out, to)
      to = this.#values.put(out, to, value, 0, value.length)
    }
    return to
  }

  #begin(name: Buffer): void {
    this.#name = Buffer.from(name)
    this.#start = escapeName('measurement', name)
    this.hash.measurement(name)
    this.#startLanes[0] = this.hash.a
    this.#startLanes[1] = this.hash.b
  }

  #known(key: Buffer): KnownKey {
    let place = 0
    for (const known of this.#keys) {
      const order = Buffer.compare(key, known.key)
      if (order === 0) return known
      if (order < 0) break
      place += 1
    }
    const prefix = Buffer.concat([Buffer.from(','), escapeName('tag key', key), Buffer.from('=')])
    const known: KnownKey = { key: Buffer.from(key), prefix, lanes: tagKeyLanes(key), value: null }
    this.#keys.splice(place, 0, known)
    return known
  }
}
