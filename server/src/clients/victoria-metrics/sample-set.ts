import { isSameNumber, type SampleHash } from './sample-digest.ts'

const SMALLEST = 1024

/** Samples that are there, found by the hash of their series and time. Takes 16 bytes a place, and has two places a sample. */
export class SampleSet {
  #size = 0
  #keys = new Int32Array(2 * SMALLEST)
  /** NaN where the place is free. */
  #values = new Float64Array(SMALLEST).fill(Number.NaN)

  get size(): number {
    return this.#size
  }

  /** Whether there is one with this number, as far as VictoriaMetrics keeps it; `largest` is that of its metric. */
  has({ a, b }: SampleHash, value: number, largest: number): boolean {
    if (this.#size === 0) return false
    const mask = this.#values.length - 1
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const there = this.#values[place] as number
      if (Number.isNaN(there)) return false
      if (this.#keys[2 * place] !== a || this.#keys[2 * place + 1] !== b) continue
      if (isSameNumber(there, value, largest)) return true
    }
  }

  /** Whether there is one of the same series and time with another number. */
  hasOther({ a, b }: SampleHash, value: number, largest: number): boolean {
    if (this.#size === 0) return false
    const mask = this.#values.length - 1
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const there = this.#values[place] as number
      if (Number.isNaN(there)) return false
      const isOfIt = this.#keys[2 * place] === a && this.#keys[2 * place + 1] === b
      if (isOfIt && !isSameNumber(there, value, largest)) return true
    }
  }

  add({ a, b }: SampleHash, value: number): void {
    if (2 * (this.#size + 1) > this.#values.length) this.#grow()
    this.#put(a, b, value)
    this.#size += 1
  }

  #put(a: number, b: number, value: number): void {
    const mask = this.#values.length - 1
    let place = a & mask
    while (!Number.isNaN(this.#values[place] as number)) place = (place + 1) & mask
    this.#keys[2 * place] = a
    this.#keys[2 * place + 1] = b
    this.#values[place] = value
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Int32Array(2 * keys.length)
    this.#values = new Float64Array(2 * values.length).fill(Number.NaN)
    for (let place = 0; place < values.length; place++) {
      const value = values[place] as number
      if (!Number.isNaN(value)) this.#put(keys[2 * place] as number, keys[2 * place + 1] as number, value)
    }
  }
}
