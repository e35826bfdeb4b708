import { setTimeout } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { type LineBatch, LineBuffer } from '../../../../clients/influxdb/transcode/line/line-buffer.ts'
import type { VictoriaMetrics } from '../../../../clients/victoria-metrics/connect.ts'
import { FoundSamples } from '../../../../clients/victoria-metrics/found-samples.ts'
import { SampleDigest } from '../../../../clients/victoria-metrics/sample-digest.ts'
import { SampleWriter } from '../../../../clients/victoria-metrics/sample-writer.ts'
import type { WindowOutcome } from '../../copying/copy-window.ts'
import type { WriteLane } from '../../copying/lane.ts'
import { rest } from '../../copying/pace.ts'
import type { Window } from '../../planning/windows.ts'
import type { Origin } from './origins.ts'
import { canHalve, halvesOf, joined, type PartOutcome, slicesOf } from './parts.ts'
import { type MetricWindow, metricWindow, type Schema, selectorOf } from './schema.ts'

const BATCH = { maxLines: 100_000, maxBytes: 1024 * 1024 }
/** Samples of which it is held in memory that they are there. A window that has more is copied in halves. */
const MOST_PRESENT = 2_000_000
const ATTEMPTS = 3
const PAUSE_MS = 500
/** How long a server that is not asked to needs until it shows what it took. */
const UNASKED_MS = 2000

interface Sent {
  readonly expected: SampleDigest
  readonly written: number
  readonly bytes: number
  readonly databases: ReadonlySet<string>
  readonly policies: ReadonlySet<string>
  /** Metrics that have another number there for some series and time. */
  readonly conflicts: ReadonlySet<string>
}

export interface Sending {
  readonly lane: WriteLane
  readonly signal: AbortSignal
  /** Read back what was written, and compare. */
  readonly verify: boolean
  /** What there is besides is no matter: some series of each measurement are sent, and others are there. */
  readonly ofSomeSeries: boolean
  /** A series has one number for a time: where another one is there, none is sent, and the field differs. */
  readonly leavesOthers: boolean
}

/**
 * Copies windows to VictoriaMetrics. It keeps every sample that it is sent, the same ones as often as they come, so only
 * those are sent that are not there yet; then all of the window is read back and compared.
 */
export class SampleCopier {
  readonly #server: VictoriaMetrics
  readonly #schema: Schema
  readonly #sending: Sending
  readonly #ready: LineBatch[] = []
  readonly #out: LineBuffer
  #isShown = false

  constructor(server: VictoriaMetrics, schema: Schema, sending: Sending) {
    this.#server = server
    this.#schema = schema
    this.#sending = sending
    this.#out = new LineBuffer({ ...BATCH, onBatch: (batch) => this.#ready.push(batch) })
  }

  async copy(window: Window, origin: Origin): Promise<WindowOutcome> {
    const outcome = await this.#copy(metricWindow(this.#schema, window), origin)
    const { samples, ...others } = outcome
    const { verify } = this.#sending
    return { window, points: samples, values: samples, compared: verify, ...others }
  }

  async #copy(part: MetricWindow, origin: Origin): Promise<PartOutcome> {
    let bytes = 0
    let written = 0
    for (let attempt = 1; ; attempt += 1) {
      const present = await this.#present(part)
      if (present === null) {
        const [first, second] = halvesOf(part)
        return joined(await this.#copy(first, origin), await this.#copy(second, origin))
      }
      const sent = await this.#send(part, present, origin)
      bytes += sent.bytes
      written += sent.written
      const done = { samples: sent.expected.samples, copied: written > 0, bytes }
      if (!this.#sending.verify) return { ...done, differing: [], surplus: [] }
      // Each sample was found there by itself: what is not equal then is more.
      const isKnown = sent.written === 0 && !part.hasOwn.db && !part.hasOwn.rp
      const found = isKnown ? present : await this.#found(part, sent)
      const verdict = this.#verdictOf(part, sent, found)
      const { differing, surplus } = verdict
      if (sent.written === 0 || attempt === ATTEMPTS) return { ...done, ...verdict }
      const mayChange = differing.length > sent.conflicts.size
      if (!mayChange && surplus.length === 0) return { ...done, ...verdict }
      await rest(mayChange ? PAUSE_MS * attempt : 0, this.#sending.signal)
    }
  }

  /** What is there already; null when it is too much for memory. */
  async #present(part: MetricWindow): Promise<FoundSamples | null> {
    // What an attempt has sent that ended a moment ago may not be shown yet.
    if (this.#sending.leavesOthers && !this.#isShown) await this.#flush()
    this.#isShown = true
    const { labels, hasOwn } = part
    const found = new FoundSamples(true)
    const databases = hasOwn.db ? null : bytesOf(labels.db)
    const policies = hasOwn.rp ? null : bytesOf(labels.rp ?? '')
    return (await this.#read(part, found, { databases, policies })) ? found : null
  }

  async #found(part: MetricWindow, { databases, policies }: Sent): Promise<FoundSamples> {
    await this.#flush()
    const found = new FoundSamples(false)
    await this.#read(part, found, { databases, policies })
    return found
  }

  async #read(
    part: MetricWindow,
    found: FoundSamples,
    labels: Record<'databases' | 'policies', ReadonlySet<string> | null>,
  ): Promise<boolean> {
    const { signal } = this.#sending
    const match = selectorOf(part)
    const metrics = new Set(part.metrics.keys())
    for (const { startMs, endMs } of slicesOf(part)) {
      const range = { match, startSeconds: Math.floor(startMs / 1000), endSeconds: Math.ceil(endMs / 1000) }
      await this.#server.read(range, found.visitor({ ...labels, metrics, startMs, endMs }), signal)
      if (found.set.size > MOST_PRESENT && canHalve(part)) return false
    }
    return true
  }

  async #send(
    { window, fields, labels }: MetricWindow,
    present: FoundSamples,
    origin: Origin,
  ): Promise<Sent> {
    const { lane, signal, leavesOthers } = this.#sending
    const expected = new SampleDigest()
    const writer = new SampleWriter(this.#out, expected, { labels, present, leavesOthers })
    const writes = lane.begin({ db: window.as, rp: window.rp, signal })
    const handOver = async () => {
      for (let batch = this.#ready.shift(); batch; batch = this.#ready.shift()) await writes.put(batch)
    }
    await origin({ ...window, fields }, writer, handOver)
    writer.flush()
    this.#out.flush()
    await handOver()
    await writes.finish()
    const { databases, policies, written, conflicts } = writer
    return { expected, written, bytes: writes.bytes, databases, policies, conflicts }
  }

  async #flush(): Promise<void> {
    const { signal } = this.#sending
    try {
      await this.#server.flush(signal)
    } catch (error) {
      if (!(error instanceof HoldfastError) || !FORBIDDEN.has(error.code)) throw error
      await setTimeout(UNASKED_MS, undefined, { signal })
    }
  }

  #verdictOf(
    { metrics }: MetricWindow,
    { expected, conflicts }: Sent,
    { digest }: FoundSamples,
  ): Pick<PartOutcome, 'differing' | 'surplus'> {
    const differing: string[] = []
    const surplus: string[] = []
    for (const [name, field] of metrics) {
      const verdict = expected.verdict(name, digest)
      if (verdict === 'different' || conflicts.has(name)) differing.push(field)
      else if (verdict === 'surplus' && !this.#sending.ofSomeSeries) surplus.push(field)
    }
    // What was sent by a name that was not asked for is not proved.
    for (const [name] of expected.metrics()) if (!metrics.has(name)) differing.push(name)
    return { differing, surplus }
  }
}

/** Who may not ask for it waits instead. */
const FORBIDDEN = new Set(['node-refused', 'node-auth-failed', 'privilege-missing', 'node-answer-invalid'])

function bytesOf(text: string): ReadonlySet<string> {
  return new Set([Buffer.from(text).toString('latin1')])
}
