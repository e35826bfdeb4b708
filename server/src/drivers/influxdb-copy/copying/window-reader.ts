import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { selectWindow } from '../../../clients/influxdb/statements.ts'
import { AnswerDigester } from '../../../clients/influxdb/transcode/answer-digester.ts'
import { type Slices, WindowDigest } from '../../../clients/influxdb/transcode/digest/window-digest.ts'
import { GroupedTranscoder } from '../../../clients/influxdb/transcode/grouped-transcoder.ts'
import { type LineBatch, LineBuffer } from '../../../clients/influxdb/transcode/line/line-buffer.ts'
import type { TagFilter } from '../config.ts'
import type { Window } from '../planning/windows.ts'
import type { Pace } from './pace.ts'

const MAX_LINES = 5000
const MAX_BYTES = 1024 * 1024

export interface Reading {
  readonly server: InfluxServer
  readonly pageSize: number
  readonly tags: readonly TagFilter[]
  /** Of all that is read with it; as fast as it goes without one. */
  readonly pace?: Pace
  readonly signal: AbortSignal
}

/** Reads one window after the other from one server, in buffers that are used again. */
export class WindowReader {
  readonly #reading: Reading
  readonly #ready: LineBatch[] = []
  /** Made for the first window that is handed over, and after one that was not read to its end. */
  #out: LineBuffer | null = null

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** Hands the points of a window over as line protocol, batch after batch, and digests them on the way. */
  async read(
    database: string,
    window: Window,
    take: (batch: LineBatch) => Promise<void>,
  ): Promise<WindowDigest> {
    const digest = new WindowDigest()
    const onBatch = (batch: LineBatch) => this.#ready.push(batch)
    const out = this.#out ?? new LineBuffer({ maxLines: MAX_LINES, maxBytes: MAX_BYTES, onBatch })
    // Taken back when all of it was handed over: what a window leaves behind would go where the next one goes.
    this.#out = null
    this.#ready.length = 0
    const transcoder = new GroupedTranscoder(out, digest)
    for await (const chunk of this.#answer(database, window)) {
      transcoder.push(chunk)
      if (this.#ready.length > 0) await this.#handOver(take)
    }
    transcoder.end()
    out.flush()
    await this.#handOver(take)
    this.#out = out
    return digest
  }

  /** The digest alone: nothing is printed. */
  async digest(database: string, window: Window, slices: Slices | null = null): Promise<WindowDigest> {
    const { pace, signal } = this.#reading
    const digest = new WindowDigest(slices)
    const digester = new AnswerDigester(digest)
    let points = 0
    for await (const chunk of this.#answer(database, window)) {
      digester.push(chunk)
      await pace?.pass(digester.points - points, signal)
      points = digester.points
    }
    digester.end()
    return digest
  }

  #answer(database: string, window: Window): AsyncIterable<Buffer> {
    const { server, pageSize, tags, signal } = this.#reading
    return server.stream(selectWindow(window, { tags }), { db: database, chunkSize: pageSize, signal })
  }

  async #handOver(take: (batch: LineBatch) => Promise<void>): Promise<void> {
    const { pace, signal } = this.#reading
    for (let batch = this.#ready.shift(); batch; batch = this.#ready.shift()) {
      await pace?.pass(batch.lines, signal)
      await take(batch)
    }
  }
}
