import { NEWLINE } from './bytes.ts'

/** Whole lines of line protocol on their way to a server or file. */
export interface LineBatch {
  /** Whole lines, each ended by a newline. Belongs to the pool again after `release`. */
  readonly bytes: Buffer
  readonly lines: number
  /** Field values in those lines. */
  readonly values: number
  /** Gives the buffer back to be written over. To be called once the bytes are sent; calling it again does nothing. */
  release(): void
}

export interface LineBufferOptions {
  /** A batch ends after so many lines, */
  maxLines: number
  /** or after the line with which it reaches so many bytes. */
  maxBytes: number
  /** Called within the write that fills a batch, and by `flush`. */
  onBatch: (batch: LineBatch) => void
}

/** Room kept behind `maxBytes`, so that an ordinary line never makes a buffer grow. */
const MARGIN = 64 * 1024
/** Buffers kept for use again: as many as a few writers hold at once. */
const POOLED = 8

/**
 * Collects lines into batches, in buffers that are used again and again: fresh ones for each batch cost a fifth of the time
 * in garbage collection. Each reader has one of its own. Writers put their bytes straight into `bytes` at `position`, after
 * having asked for `room`, and confirm each line by `endLine`.
 */
export class LineBuffer {
  bytes: Buffer
  /** Where the next line begins. */
  position = 0
  readonly #options: LineBufferOptions
  readonly #size: number
  readonly #free: Buffer[] = []
  #lines = 0
  #values = 0

  constructor(options: LineBufferOptions) {
    this.#options = options
    this.#size = options.maxBytes + MARGIN
    this.bytes = this.#take()
  }

  /** Sees to `need` free bytes at `position`; `bytes` and `position` may be others afterwards. */
  room(need: number): void {
    if (this.position + need <= this.bytes.length) return
    this.flush()
    if (need > this.bytes.length) this.bytes = Buffer.allocUnsafeSlow(need)
  }

  /** Confirms the line that was written from `position` up to `end`, without its newline, for which there must be room. */
  endLine(end: number, values: number): void {
    this.bytes[end] = NEWLINE
    this.position = end + 1
    this.#lines++
    this.#values += values
    if (this.#lines >= this.#options.maxLines || this.position >= this.#options.maxBytes) this.flush()
  }

  /** Hands over what has been collected, if anything. */
  flush(): void {
    if (this.#lines === 0) return
    const buffer = this.bytes
    let held = true
    const batch: LineBatch = {
      bytes: buffer.subarray(0, this.position),
      lines: this.#lines,
      values: this.#values,
      release: () => {
        if (held && buffer.length === this.#size && this.#free.length < POOLED) this.#free.push(buffer)
        held = false
      },
    }
    this.bytes = this.#take()
    this.position = 0
    this.#lines = 0
    this.#values = 0
    this.#options.onBatch(batch)
  }

  #take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size)
  }
}
