import { setTimeout } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { selectWindow } from '../../../../clients/influxdb/statements.ts'
import { type LineBatch, LineBuffer } from '../../../../clients/influxdb/transcode/line/line-buffer.ts'
import type { VictoriaMetrics } from '../../../../clients/victoria-metrics/connect.ts'
import { FoundSamples } from '../../../../clients/victoria-metrics/found-samples.ts'
import { SampleDigest } from '../../../../clients/victoria-metrics/sample-digest.ts'
import { SampleEncoder } from '../../../../clients/victoria-metrics/sample-encoder.ts'
import type { WindowOutcome } from '../../copying/copy-window.ts'
import { rest } from '../../copying/pace.ts'
import type { Window } from '../../planning/windows.ts'
import type { Copying, WindowCopier } from '../destination.ts'
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
}

/**
 * Copies windows to VictoriaMetrics. It keeps every sample that it is sent, the same ones as often as they come, so only
 * those are sent that are not there yet; then all of the window is read back and compared.
 */
export class SampleCopier implements WindowCopier {
  readonly #server: VictoriaMetrics
  readonly #schema: Schema
  readonly #copying: Copying
  readonly #ready: LineBatch[] = []
  readonly #out: LineBuffer

  constructor(server: VictoriaMetrics, schema: Schema, copying: Copying) {
    this.#server = server
    this.#schema = schema
    this.#copying = copying
    this.#out = new LineBuffer({ ...BATCH, onBatch: (batch) => this.#ready.push(batch) })
  }

  async copy(window: Window): Promise<WindowOutcome> {
    const outcome = await this.#copy(metricWindow(this.#schema, window))
    const { samples, ...others } = outcome
    const { verify } = this.#copying
    return { window, points: samples, values: samples, compared: verify, ...others }
  }

  async #copy(part: MetricWindow): Promise<PartOutcome> {
    let bytes = 0
    let written = 0
    for (let attempt = 1; ; attempt += 1) {
      const present = await this.#present(part)
      if (present === null) {
        const [first, second] = halvesOf(part)
        return joined(await this.#copy(first), await this.#copy(second))
      }
      const sent = await this.#send(part, present)
      bytes += sent.bytes
      written += sent.written
      const done = { samples: sent.expected.samples, copied: written > 0, bytes }
      if (!this.#copying.verify) return { ...done, differing: [], surplus: [] }
      // Each sample was found there by itself: what is not equal then is more.
      if (sent.written === 0)
        return {
          ...done,
          differing: [],
          surplus: this.#fields(part, sent.expected, present.digest, 'surplus'),
        }
      const found = await this.#found(part, sent)
      const differing = this.#fields(part, sent.expected, found.digest, 'different')
      const surplus = this.#fields(part, sent.expected, found.digest, 'surplus')
      if (differing.length === 0 && surplus.length === 0) return { ...done, differing, surplus }
      if (attempt === ATTEMPTS) return { ...done, differing, surplus }
      await rest(differing.length > 0 ? PAUSE_MS * attempt : 0, this.#copying.signal)
    }
  }

  /** What is there already; null when it is too much for memory. */
  async #present(part: MetricWindow): Promise<FoundSamples | null> {
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
    const { signal } = this.#copying
    const match = selectorOf(part)
    const metrics = new Set(part.metrics.keys())
    for (const { startMs, endMs } of slicesOf(part)) {
      const range = { match, startSeconds: Math.floor(startMs / 1000), endSeconds: Math.ceil(endMs / 1000) }
      await this.#server.read(range, found.visitor({ ...labels, metrics, startMs, endMs }), signal)
      if (found.set.size > MOST_PRESENT && canHalve(part)) return false
    }
    return true
  }

  async #send({ window, fields, labels }: MetricWindow, present: FoundSamples): Promise<Sent> {
    const { reading, lane, signal } = this.#copying
    const { server, tags, pageSize, pace } = reading
    const expected = new SampleDigest()
    const encoder = new SampleEncoder(this.#out, expected, { labels, present })
    const writes = lane.begin({ db: window.as, rp: window.rp, signal })
    const handOver = async () => {
      for (let batch = this.#ready.shift(); batch; batch = this.#ready.shift()) await writes.put(batch)
    }
    let points = 0
    const statement = selectWindow({ ...window, fields }, { tags })
    for await (const chunk of server.stream(statement, {
      db: window.database,
      chunkSize: pageSize,
      signal,
    })) {
      encoder.push(chunk)
      await pace?.pass(encoder.points - points, signal)
      points = encoder.points
      await handOver()
    }
    encoder.end()
    this.#out.flush()
    await handOver()
    await writes.finish()
    const { databases, policies, written } = encoder
    return { expected, written, bytes: writes.bytes, databases, policies }
  }

  async #flush(): Promise<void> {
    const { signal } = this.#copying
    try {
      await this.#server.flush(signal)
    } catch (error) {
      if (!(error instanceof HoldfastError) || !FORBIDDEN.has(error.code)) throw error
      await setTimeout(UNASKED_MS, undefined, { signal })
    }
  }

  #fields(
    { metrics }: MetricWindow,
    expected: SampleDigest,
    found: SampleDigest,
    verdict: 'different' | 'surplus',
  ): string[] {
    // Other series of the same measurement are not this job's where it copies some of them.
    if (verdict === 'surplus' && this.#copying.reading.tags.length > 0) return []
    return [...metrics].flatMap(([name, field]) => (expected.verdict(name, found) === verdict ? [field] : []))
  }
}

/** Who may not ask for it waits instead. */
const FORBIDDEN = new Set(['node-refused', 'node-auth-failed', 'privilege-missing', 'node-answer-invalid'])

function bytesOf(text: string): ReadonlySet<string> {
  return new Set([Buffer.from(text).toString('latin1')])
}
