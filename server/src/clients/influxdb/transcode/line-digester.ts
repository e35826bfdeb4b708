import { SeriesHash, tagKeyLanes } from './digest/series-hash.ts'
import type { WindowDigest } from './digest/window-digest.ts'
import { LineValues, type LineVisitor } from './line/line-values.ts'

/**
 * Digests line protocol: our own files, or anything else that InfluxDB would take, with points and tags in any order and
 * numbers and booleans in any form. Gives the digest that the transcoders give for the same points. Every line needs a
 * time. Throws `restore-point-damaged` for what is not line protocol.
 */
export class LineDigester {
  readonly #values: LineValues

  constructor(digest: WindowDigest) {
    this.#values = new LineValues(new Digesting(digest))
  }

  push(chunk: Buffer): void {
    this.#values.push(chunk)
  }

  end(): void {
    this.#values.end()
  }
}

class Digesting implements LineVisitor {
  readonly #digest: WindowDigest
  readonly #hash = new SeriesHash()

  constructor(digest: WindowDigest) {
    this.#digest = digest
  }

  measurement(bytes: Buffer): void {
    this.#hash.measurement(bytes)
  }

  tag(key: Buffer, value: Buffer): void {
    this.#hash.tag(tagKeyLanes(key), value, 0, value.length)
  }

  row(timeHigh: number, timeLow: number): void {
    this.#digest.row(this.#hash.a, this.#hash.b, timeHigh, timeLow)
    this.#digest.points++
  }

  slot(fieldKey: Buffer): number {
    return this.#digest.slot(fieldKey)
  }

  add(slot: number, type: number, high: number, low: number): void {
    this.#digest.add(slot, type, high, low)
  }

  addText(slot: number, bytes: Uint8Array, start: number, end: number): void {
    this.#digest.addText(slot, bytes, start, end)
  }
}
