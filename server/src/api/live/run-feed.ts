import type { Control } from '@holdfast/contract'
import { RunLogTail } from './run-log-tail.ts'
import { type SseStream, sseMessage } from './sse-stream.ts'

/** What following a run reads. It sees every run: whoever follows was allowed to before. */
export type RunReader = Pick<Control, 'getRun' | 'listSteps' | 'readLog'>

/** Changes that come faster are read together. */
const PAUSE_MS = 50

interface Snapshot {
  run: string
  steps: string
  isFinished: boolean
}

/**
 * One run and everybody who follows it. Each follower pulls what is new for it when the run has changed and when it has
 * taken what was sent before, so that a slow one holds nobody up and piles up nothing; what they pull is read once.
 */
export class RunFeed {
  readonly #runId: string
  readonly #reader: RunReader
  readonly #tail: RunLogTail
  readonly #onIdle: () => void
  #followers = 0
  /** Counts the changes that are to be read. */
  #generation = 0
  #waiting: (() => void)[] = []
  #timer: NodeJS.Timeout | undefined
  #changedAt = 0
  #snapshot: { generation: number; reading: Promise<Snapshot> } | null = null

  /** `onIdle` is called when the last follower has gone. */
  constructor(runId: string, reader: RunReader, onIdle: () => void) {
    this.#runId = runId
    this.#reader = reader
    this.#onIdle = onIdle
    this.#tail = new RunLogTail((after, limit) => reader.readLog(runId, after, limit))
  }

  /** The run has changed: the first change is told at once, those that follow within 50 ms together. */
  changed(): void {
    if (this.#timer) return
    const pause = this.#changedAt + PAUSE_MS - performance.now()
    if (pause <= 0) this.#wake()
    else this.#timer = setTimeout(() => this.#wake(), pause)
  }

  /** Sends run, steps, log and what comes, until the run has ended or the stream has. Throws what reading throws. */
  async follow(stream: SseStream, options: { after: number; endsStream: boolean }): Promise<void> {
    this.#followers += 1
    try {
      await this.#pump(stream, options)
    } finally {
      this.#followers -= 1
      if (this.#followers === 0) {
        clearTimeout(this.#timer)
        this.#onIdle()
      }
    }
  }

  async #pump(stream: SseStream, options: { after: number; endsStream: boolean }): Promise<void> {
    let position = options.after
    let sent: Snapshot | null = null
    while (stream.isOpen) {
      const generation = this.#generation
      const snapshot = await this.#read(generation)
      if (snapshot.run !== sent?.run) stream.send(sseMessage('run', snapshot.run, position))
      if (snapshot.steps !== sent?.steps) stream.send(sseMessage('steps', snapshot.steps, position))
      sent = snapshot
      for (let isMore = true; isMore && stream.isOpen; ) {
        const batch = await this.#tail.after(position, generation)
        if (batch.text !== null) stream.send(batch.text)
        position = batch.last
        isMore = batch.isFull
        await stream.drained()
      }
      if (snapshot.isFinished && stream.isOpen) {
        stream.send(sseMessage('end', '{}', position))
        if (options.endsStream) stream.end()
        return
      }
      await this.#changeAfter(generation, stream.signal)
    }
  }

  #wake(): void {
    this.#timer = undefined
    this.#changedAt = performance.now()
    this.#generation += 1
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #changeAfter(generation: number, signal: AbortSignal): Promise<void> {
    if (this.#generation > generation || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
      this.#waiting.push(done)
    })
  }

  #read(generation: number): Promise<Snapshot> {
    if (this.#snapshot && this.#snapshot.generation >= generation) return this.#snapshot.reading
    const reading = this.#readNow()
    this.#snapshot = { generation, reading }
    reading.catch(() => {
      this.#snapshot = null
    })
    return reading
  }

  /** The run first: one that has ended has all its steps and lines. */
  async #readNow(): Promise<Snapshot> {
    const run = await this.#reader.getRun(this.#runId)
    const steps = await this.#reader.listSteps(this.#runId)
    return { run: JSON.stringify(run), steps: JSON.stringify(steps), isFinished: run.status === 'finished' }
  }
}
