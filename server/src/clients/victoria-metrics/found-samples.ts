import type { ExportVisitor } from './export-reader.ts'
import { isSameNumber, SampleDigest, SampleHash } from './sample-digest.ts'
import { SampleSet } from './sample-set.ts'
import { NAME_LABEL, seriesLanes } from './series-columns.ts'

/** Which samples count. Texts have one character a byte. */
export interface Wanted {
  readonly metrics: ReadonlySet<string>
  /** Values that the labels `db` and `rp` may have, '' for series without it; null for any. */
  readonly databases: ReadonlySet<string> | null
  readonly policies: ReadonlySet<string> | null
  readonly startMs: number
  /** The first time that is not wanted any more. */
  readonly endMs: number
}

/**
 * Samples that were read back. One that was written several times is there several times, unless the server was told to
 * deduplicate: it counts once, unless its numbers differ.
 */
export class FoundSamples {
  readonly digest = new SampleDigest()
  readonly set = new SampleSet()
  readonly #keeps: boolean
  readonly #sample = new SampleHash()

  /** `keeps`: whether single samples can be looked up in `set` afterwards. */
  constructor(keeps: boolean) {
    this.#keeps = keeps
  }

  /** Takes those that are wanted out of an export. */
  visitor(wanted: Wanted): ExportVisitor {
    const { metrics, databases, policies, startMs, endMs } = wanted
    return (labels, values, timestamps) => {
      const name = labels[NAME_LABEL] ?? ''
      if (!metrics.has(name)) return
      if (databases && !databases.has(labels.db ?? '')) return
      if (policies && !policies.has(labels.rp ?? '')) return
      const lanes = seriesLanes(labels)
      const [a = 0, b = 0] = lanes
      const metric = this.digest.metric(name)
      /** Where the samples of the present time begin. */
      let first = 0
      for (let at = 0; at < timestamps.length; at++) {
        const timeMs = timestamps[at] as number
        if (timeMs < startMs || timeMs >= endMs) continue
        if (timestamps[first] !== timeMs) first = at
        const value = finite(values[at])
        if (first < at && isAmong(values, first, at, value, metric.largest)) continue
        this.#sample.set(a, b, timeMs)
        metric.add(this.#sample, value)
        if (this.#keeps) this.set.add(this.#sample, value)
      }
    }
  }
}

/** What is no number, such as the mark of a series that has ended, was never copied there. */
function finite(value: unknown): number {
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY
}

function isAmong(values: readonly unknown[], from: number, to: number, value: number, largest: number) {
  for (let at = from; at < to; at++) if (isSameNumber(finite(values[at]), value, largest)) return true
  return false
}
