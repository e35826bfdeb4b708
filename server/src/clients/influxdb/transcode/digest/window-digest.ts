import { HoldfastError } from '@holdfast/contract'
import { nameText } from '../line/name-text.ts'
import { finishA, finishB, hashBytes, type Lanes, MIX_1, MIX_2, MIX_3, MIX_4 } from './hash.ts'

/** The kinds of values there are, by the number with which each enters the hash: 1, 1i, 1u, "1" and true differ. */
export const VALUE_TYPE = {
  float: 0x1f83d9ab,
  integer: 0x5be0cd19,
  unsigned: 0x3c6ef372,
  text: 0x510e527f,
  boolean: 0x1b05688c,
} as const

/** The digest of one field: how many values, and the sum of their hashes as 16 hexadecimal digits. */
export interface FieldDigest {
  count: number
  sum: string
}

/** Digests by field key, as `nameText` gives it. */
export type FieldDigests = ReadonlyMap<string, FieldDigest>

const FIELD_SEED = [0x452821e6, 0x38d01377] as const
const FIRST_CAPACITY = 32

/** A stretch of time in equal parts, each of which has sums of its own: a difference is found to one of them. */
export interface Slices {
  readonly startNs: bigint
  readonly endNs: bigint
  readonly count: number
}

/**
 * The digest of a window: per field the number of values and the sum of the hashes of (series, time, field, type, value).
 * Sums, so neither the order of the points nor the way they were read matters. A value is hashed as what it is (64 bits of
 * an integer or a double, the bytes of a string), not as it was printed, so a printing error shows as a difference.
 *
 * Called once for each value: `row` begins a point, `add` and `addText` take its values, `endRow` counts it.
 */
export class WindowDigest {
  /** Points, that is lines: a point whose fields were written as two lines counts twice. */
  points = 0
  readonly #slots = new Map<string, number>()
  /** Slots there is room for, in each slice. */
  #capacity = FIRST_CAPACITY
  /** Per slot: the two lanes of the hash of the field key. */
  #keys = new Int32Array(2 * FIRST_CAPACITY)
  /** Per slice and slot: the two lanes of the sum, and the count. */
  #sums: Int32Array
  #counts: Float64Array
  readonly #lanes: Lanes = new Int32Array(2)
  #rowA = 0
  #rowB = 0
  readonly #slices: Slices | null
  readonly #start: number
  readonly #width: number
  #slice = 0
  /** Where the slots of the present slice begin. */
  #base = 0

  constructor(slices: Slices | null = null) {
    const count = slices?.count ?? 1
    this.#slices = slices
    this.#start = Number(slices?.startNs ?? 0n)
    this.#width = (Number(slices?.endNs ?? 1n) - this.#start) / count
    this.#sums = new Int32Array(2 * FIRST_CAPACITY * count)
    this.#counts = new Float64Array(FIRST_CAPACITY * count)
  }

  /** The number under which values of a field are added. */
  slot(fieldKey: Uint8Array): number {
    const name = nameText(fieldKey)
    const known = this.#slots.get(name)
    if (known !== undefined) return known
    const slot = this.#slots.size
    if (slot === this.#capacity) this.#grow()
    this.#lanes[0] = FIELD_SEED[0]
    this.#lanes[1] = FIELD_SEED[1]
    hashBytes(fieldKey, 0, fieldKey.length, this.#lanes)
    this.#keys.set(this.#lanes, 2 * slot)
    this.#slots.set(name, slot)
    return slot
  }

  /** Begins a point: the lanes of its series and its time as the two halves of an int64. */
  row(seriesA: number, seriesB: number, timeHigh: number, timeLow: number): void {
    let a = Math.imul(seriesA ^ timeLow, MIX_1)
    a = Math.imul((a ^ (a >>> 15)) + timeHigh, MIX_2)
    this.#rowA = a ^ (a >>> 14)
    let b = Math.imul((seriesB + timeHigh) ^ ((timeLow << 16) | (timeLow >>> 16)), MIX_3)
    b = Math.imul((b ^ (b >>> 16)) + timeLow, MIX_4)
    this.#rowB = b ^ (b >>> 13)
    if (this.#slices !== null) this.#enterSlice(timeHigh, timeLow)
  }

  /** Adds a value of the point: the two halves of its 64 bits (of a boolean 0 or 1). */
  add(slot: number, type: number, high: number, low: number): void {
    const key = slot << 1
    const place = this.#base + slot
    const at = place << 1
    let a = Math.imul((this.#rowA + (this.#keys[key] as number)) ^ low ^ type, MIX_1)
    a = Math.imul((a ^ (a >>> 15)) + high, MIX_2)
    let b = Math.imul((this.#rowB ^ (this.#keys[key + 1] as number)) + high, MIX_3)
    b = Math.imul((b ^ (b >>> 16)) + (low ^ type), MIX_4)
    this.#sums[at] = (this.#sums[at] as number) + finishA(a ^ (a >>> 15))
    this.#sums[at + 1] = (this.#sums[at + 1] as number) + finishB(b ^ (b >>> 14))
    this.#counts[place] = (this.#counts[place] as number) + 1
  }

  /** Adds a string of the point: its bytes without quotes and escapes. */
  addText(slot: number, bytes: Uint8Array, start: number, end: number): void {
    this.#lanes[0] = 0
    this.#lanes[1] = 0
    hashBytes(bytes, start, end, this.#lanes)
    this.add(slot, VALUE_TYPE.text, this.#lanes[0] as number, this.#lanes[1] as number)
  }

  /** The digests of the fields that have values: all slices together. */
  fields(): FieldDigests {
    const found = new Map<string, FieldDigest>()
    for (const [name, slot] of this.#slots) {
      const sum = [0, 0]
      let count = 0
      for (let slice = 0; slice < this.#sliceCount; slice += 1) {
        const place = slice * this.#capacity + slot
        count += this.#counts[place] as number
        for (const lane of [0, 1])
          sum[lane] = ((sum[lane] ?? 0) + (this.#sums[2 * place + lane] as number)) | 0
      }
      if (count > 0) found.set(name, { count, sum: hex(sum[0]) + hex(sum[1]) })
    }
    return found
  }

  /** The fields whose values differ between two digests, or that only one of them has, sorted. */
  static differences(a: { fields(): FieldDigests }, b: { fields(): FieldDigests }): string[] {
    const left = a.fields()
    const right = b.fields()
    return [...new Set([...left.keys(), ...right.keys()])]
      .filter((name) => {
        const one = left.get(name)
        const other = right.get(name)
        return one?.count !== other?.count || one?.sum !== other?.sum
      })
      .sort()
  }

  /**
   * The stretches of time in which two digests of the same slices differ, those side by side as one. A little wider than
   * the slices: a time is put into one by its double, which is exact to a microsecond.
   */
  static differingTimes(a: WindowDigest, b: WindowDigest): { startNs: bigint; endNs: bigint }[] {
    const slices = a.#slices
    if (slices === null || a.#start !== b.#start || a.#sliceCount !== b.#sliceCount)
      throw new HoldfastError('invariant-broken', 'only digests of the same slices of time can be compared')
    const names = new Set([...a.#slots.keys(), ...b.#slots.keys()])
    const found: { startNs: bigint; endNs: bigint }[] = []
    for (let slice = 0; slice < slices.count; slice += 1) {
      if ([...names].every((name) => a.#partOf(name, slice) === b.#partOf(name, slice))) continue
      const startNs = a.#edge(slice)
      const endNs = a.#edge(slice + 1)
      const last = found.at(-1)
      if (last && last.endNs >= startNs) last.endNs = endNs
      else found.push({ startNs, endNs })
    }
    return found.map(({ startNs, endNs }) => ({
      startNs: startNs - EDGE_NS < slices.startNs ? slices.startNs : startNs - EDGE_NS,
      endNs: endNs + EDGE_NS > slices.endNs ? slices.endNs : endNs + EDGE_NS,
    }))
  }

  get #sliceCount(): number {
    return this.#slices?.count ?? 1
  }

  #edge(slice: number): bigint {
    return BigInt(Math.round(this.#start + slice * this.#width))
  }

  #partOf(name: string, slice: number): string {
    const slot = this.#slots.get(name)
    const place = slice * this.#capacity + (slot ?? 0)
    const count = slot === undefined ? 0 : (this.#counts[place] as number)
    return count === 0 ? '' : `${count} ${this.#sums[2 * place]} ${this.#sums[2 * place + 1]}`
  }

  #enterSlice(timeHigh: number, timeLow: number): void {
    const time = (timeHigh | 0) * 4_294_967_296 + (timeLow >>> 0)
    const slice = Math.floor((time - this.#start) / this.#width)
    this.#slice = slice < 0 ? 0 : slice >= this.#sliceCount ? this.#sliceCount - 1 : slice
    this.#base = this.#slice * this.#capacity
  }

  #grow(): void {
    const [before, capacity] = [this.#capacity, this.#capacity * 2]
    const [keys, sums, counts] = [this.#keys, this.#sums, this.#counts]
    this.#keys = new Int32Array(2 * capacity)
    this.#keys.set(keys)
    this.#sums = new Int32Array(2 * capacity * this.#sliceCount)
    this.#counts = new Float64Array(capacity * this.#sliceCount)
    for (let slice = 0; slice < this.#sliceCount; slice += 1) {
      this.#sums.set(sums.subarray(2 * slice * before, 2 * (slice + 1) * before), 2 * slice * capacity)
      this.#counts.set(counts.subarray(slice * before, (slice + 1) * before), slice * capacity)
    }
    this.#capacity = capacity
    this.#base = this.#slice * capacity
  }
}

/** More than a double of such a size is off. */
const EDGE_NS = 2048n

function hex(lane: number | undefined): string {
  return ((lane ?? 0) >>> 0).toString(16).padStart(8, '0')
}
