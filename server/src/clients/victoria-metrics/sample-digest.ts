import { finishA, finishB, MIX_1, MIX_2, MIX_3, MIX_4 } from '../influxdb/transcode/digest/hash.ts'

/** Per metric: samples fall into so many cells by chance, and each cell is compared for itself. */
const CELLS = 1024
const CELL_BITS = 10
/** Keeps sums of the largest doubles finite. */
const SCALE = 2 ** -40
const PER_TWO_TO_32 = 2 ** -32

/** VictoriaMetrics keeps a fraction with at least 12 digits, and rounds towards zero. */
const RELATIVE = 1e-11
/** It keeps thousands of samples of a series as whole numbers with one exponent: small ones lose what the largest needs. */
const OF_LARGEST = 1e-16
const ABSOLUTE = 1e-290

const DOUBLE = new Float64Array(1)
/** The low word first, as on every machine Node runs on. */
const DOUBLE_WORDS = new Int32Array(DOUBLE.buffer)

/** Of a sample: the two lanes that stand for its series and its time. */
export class SampleHash {
  a = 0
  b = 0

  set(seriesA: number, seriesB: number, timeMs: number): void {
    const low = timeMs | 0
    const high = (timeMs * PER_TWO_TO_32) | 0
    const a = Math.imul(seriesA ^ low, MIX_1)
    this.a = finishA(Math.imul((a ^ (a >>> 15)) + high, MIX_2))
    const b = Math.imul((seriesB + high) ^ ((low << 16) | (low >>> 16)), MIX_3)
    this.b = finishB(Math.imul((b ^ (b >>> 16)) + low, MIX_4))
  }
}

/** Whether two numbers are the same as far as VictoriaMetrics keeps them; `largest` is that of their metric. */
export function isSameNumber(one: number, other: number, largest: number): boolean {
  if (one === other) return true
  const allowed = RELATIVE * Math.max(Math.abs(one), Math.abs(other)) + OF_LARGEST * largest + ABSOLUTE
  return Math.abs(one - other) <= allowed
}

/** How what was found of a metric stands to what was expected. */
export type MetricVerdict =
  /** Every number to the last bit. */
  | 'identical'
  /** Every sample is there, its number as good as VictoriaMetrics keeps it. */
  | 'rounded'
  /** There are more. */
  | 'surplus'
  | 'different'

/**
 * The digest of the samples of a window, by metric: how many, a sum of hashes of (series, time), one of (series, time,
 * number) and, since numbers come back rounded, weighted sums of the numbers in a thousand cells. All are sums, so the
 * order does not matter.
 */
export class SampleDigest {
  readonly #metrics = new Map<string, Metric>()

  /** The metric of this name, one character a byte. */
  metric(name: string): Metric {
    const known = this.#metrics.get(name)
    if (known) return known
    const metric = new Metric()
    this.#metrics.set(name, metric)
    return metric
  }

  /** Those that have samples. */
  metrics(): [name: string, metric: Metric][] {
    return [...this.#metrics].filter(([, { count }]) => count > 0)
  }

  get samples(): number {
    return this.metrics().reduce((sum, [, { count }]) => sum + count, 0)
  }

  verdict(name: string, found: SampleDigest): MetricVerdict {
    return this.metric(name).compare(found.metric(name))
  }
}

/** Adds up the samples of one metric. */
export class Metric {
  count = 0
  /** The largest of its numbers, whatever its sign. */
  largest = 0
  readonly #sums = new Int32Array(4)
  readonly #cells = new Float64Array(3 * CELLS)

  add({ a, b }: SampleHash, number: number): void {
    // There is no -0 in VictoriaMetrics.
    const value = number + 0
    DOUBLE[0] = value
    const bottom = DOUBLE_WORDS[0] as number
    const top = DOUBLE_WORDS[1] as number
    const sums = this.#sums
    sums[0] = (sums[0] as number) + a
    sums[1] = (sums[1] as number) + b
    sums[2] = (sums[2] as number) + finishA(Math.imul(a ^ bottom, MIX_3) + top)
    sums[3] = (sums[3] as number) + finishB(Math.imul(b + top, MIX_1) ^ bottom)
    const cell = 3 * (a >>> (32 - CELL_BITS))
    const weighted = value * SCALE * (1 + (b >>> 0) * PER_TWO_TO_32)
    const cells = this.#cells
    cells[cell] = (cells[cell] as number) + weighted
    cells[cell + 1] = (cells[cell + 1] as number) + Math.abs(weighted)
    cells[cell + 2] = (cells[cell + 2] as number) + 1
    this.count += 1
    const size = Math.abs(value)
    if (size > this.largest) this.largest = size
  }

  compare(found: Metric): MetricVerdict {
    if (found.count > this.count) return 'surplus'
    const isSame = (at: number) => this.#sums[at] === found.#sums[at]
    if (found.count !== this.count || !isSame(0) || !isSame(1)) return 'different'
    if (isSame(2) && isSame(3)) return 'identical'
    return this.#isClose(found) ? 'rounded' : 'different'
  }

  #isClose(found: Metric): boolean {
    const each = 2 * SCALE * (OF_LARGEST * Math.max(this.largest, found.largest) + ABSOLUTE)
    const [mine, other] = [this.#cells, found.#cells]
    for (let cell = 0; cell < 3 * CELLS; cell += 3) {
      const off = Math.abs((mine[cell] as number) - (other[cell] as number))
      const allowed = RELATIVE * (mine[cell + 1] as number) + each * (mine[cell + 2] as number)
      // What is no number at all is not close either.
      if (!(off <= allowed)) return false
    }
    return true
  }
}
