import type { RunLogLine } from '@holdfast/contract'
import { sseMessage } from './sse-stream.ts'

/** Lines in one message and in one read. */
const BATCH = 500
/** Lines at the end of the log that are kept for followers who are nearly there. */
const KEPT = 2 * BATCH
/** Older batches kept for others that catch up at the same time. */
const KEPT_BATCHES = 8

export interface LogBatch {
  /** The message to send; null when there is no line after the position. */
  text: string | null
  /** Position of the last line of the batch. */
  last: number
  /** There may be more lines already. */
  isFull: boolean
}

type ReadLog = (after: number, limit: number) => Promise<RunLogLine[]>

/**
 * The log of one run for any number of followers: each says where it stands, all who stand at the same place share one
 * read and one serialised text. New lines cost one read, of what comes after the end that is known.
 */
export class RunLogTail {
  readonly #read: ReadLog
  /** What follows `start`: all lines up to the end, once the end was seen. */
  #tail: { start: number; lines: RunLogLine[] } | null = null
  /** Which change the tail has been read after, or is being read after. */
  #generation = -1
  #reading: Promise<void> = Promise.resolve()
  readonly #batches = new Map<
    number,
    { generation: number; isFull: boolean; reading: Promise<RunLogLine[]> }
  >()
  readonly #texts = new Map<number, LogBatch>()

  constructor(read: ReadLog) {
    this.#read = read
  }

  /** The lines after a position as they were after change number `generation`, or later. */
  async after(position: number, generation: number): Promise<LogBatch> {
    if (this.#tail && position >= this.#tail.start) {
      await this.#refresh(generation)
      if (this.#tail && position >= this.#tail.start) return this.#fromTail(position)
    }
    const lines = await this.#older(position, generation)
    if (lines.length < BATCH && !this.#tail) {
      this.#tail = { start: position, lines: [...lines] }
      this.#generation = generation
    }
    return batchOf(lines, position)
  }

  #fromTail(position: number): LogBatch {
    const known = this.#texts.get(position)
    if (known) return known
    const lines = this.#tail?.lines ?? []
    const from = lines.findIndex((line) => line.position > position)
    const batch = batchOf(from < 0 ? [] : lines.slice(from, from + BATCH), position)
    this.#texts.set(position, batch)
    return batch
  }

  #refresh(generation: number): Promise<void> {
    if (this.#generation >= generation) return this.#reading
    this.#generation = generation
    // After the read before, so that two never append the same lines.
    this.#reading = this.#reading.catch(() => {}).then(() => this.#append())
    this.#reading.catch(() => {
      this.#generation = -1
    })
    return this.#reading
  }

  async #append(): Promise<void> {
    for (;;) {
      const tail = this.#tail
      if (!tail) return
      const end = tail.lines.at(-1)?.position ?? tail.start
      const lines = await this.#read(end, BATCH)
      this.#texts.clear()
      tail.lines.push(...lines)
      if (tail.lines.length > KEPT) {
        const gone = tail.lines.splice(0, tail.lines.length - KEPT)
        tail.start = gone.at(-1)?.position ?? tail.start
      }
      if (lines.length < BATCH) return
    }
  }

  /** A batch of the past. A full one never changes; a short one is good for the changes before it was read. */
  #older(position: number, generation: number): Promise<RunLogLine[]> {
    const known = this.#batches.get(position)
    if (known && (known.isFull || known.generation >= generation)) return known.reading
    const batch = { generation, isFull: false, reading: this.#read(position, BATCH) }
    this.#batches.set(position, batch)
    batch.reading.then(
      (lines) => {
        batch.isFull = lines.length >= BATCH
      },
      () => this.#batches.delete(position),
    )
    for (const old of this.#batches.keys()) {
      if (this.#batches.size <= KEPT_BATCHES) break
      this.#batches.delete(old)
    }
    return batch.reading
  }
}

function batchOf(lines: readonly RunLogLine[], position: number): LogBatch {
  const last = lines.at(-1)?.position ?? position
  const text = lines.length > 0 ? sseMessage('log', JSON.stringify(lines), last) : null
  return { text, last, isFull: lines.length >= BATCH }
}
