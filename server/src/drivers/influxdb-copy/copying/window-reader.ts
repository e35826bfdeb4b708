import type { InfluxServer } from '../../../clients/influxdb/connect.ts'
import { selectWindow } from '../../../clients/influxdb/statements.ts'
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
  readonly #out: LineBuffer

  constructor(reading: Reading) {
    this.#reading = reading
    const onBatch = (batch: LineBatch) => this.#ready.push(batch)
    this.#out = new LineBuffer({ maxLines: MAX_LINES, maxBytes: MAX_BYTES, onBatch })
  }

  /** Hands the points of a window over as line protocol, batch after batch, and digests them on the way. */
  async read(
    database: string,
    window: Window,
    take: (batch: LineBatch) => Promise<void>,
    digest = new WindowDigest(),
  ): Promise<WindowDigest> {
    const { server, pageSize, tags, signal } = this.#reading
    const transcoder = new GroupedTranscoder(this.#out, digest)
    const statement = selectWindow(window, { tags })
    for await (const chunk of server.stream(statement, { db: database, chunkSize: pageSize, signal })) {
      transcoder.push(chunk)
      await this.#handOver(take)
    }
    transcoder.end()
    this.#out.flush()
    await this.#handOver(take)
    return digest
  }

  async digest(database: string, window: Window, slices: Slices | null = null): Promise<WindowDigest> {
    return await this.read(database, window, async (batch) => batch.release(), new WindowDigest(slices))
  }

  async #handOver(take: (batch: LineBatch) => Promise<void>): Promise<void> {
    const { pace, signal } = this.#reading
    for (let batch = this.#ready.shift(); batch; batch = this.#ready.shift()) {
      await pace?.pass(batch.lines, signal)
      await take(batch)
    }
  }
}
