import type { HoldfastError, JsonValue, LogLevel, Phrase, RunProgress } from '@holdfast/contract'
import type { RunLog } from '../../drivers/driver.ts'
import type { LogRow, RunNews, StepRow, StoredJob, StoredRun } from '../ports.ts'

/** Log lines kept between two writes. Beyond this a driver writes faster than the database takes: the rest is counted. */
const MAX_BUFFERED_LINES = 20_000

/** A run that this process works on: its signal, and what happened since the last write to the database. */
export class ActiveRun {
  readonly run: StoredRun
  readonly job: StoredJob
  readonly warnings: Phrase[] = []
  /** By disk: called once everything the attempt took was given back, whatever way it ended. */
  readonly onGivenBack = new Map<string, () => Promise<void>>()
  readonly #abort = new AbortController()
  readonly #now: () => Date
  readonly #onNews: () => void
  #steps = new Map<number, StepRow>()
  #lines: LogRow[] = []
  #droppedLines = 0
  #nextStep: number
  #nextLine: number
  #progress: RunProgress | null = null
  #progressIsNew = false
  #movedBytes = 0
  /** Until it settles, what the heartbeat took may be neither in the database nor given back. */
  #written: Promise<void> = Promise.resolve()

  constructor(
    run: StoredRun,
    job: StoredJob,
    options: {
      now: () => Date
      lastStep: number
      lastLine: number
      /** Called for the first step or line that is not written yet; progress alone has time. */
      onNews: () => void
    },
  ) {
    this.run = run
    this.job = job
    this.#now = options.now
    this.#onNews = options.onNews
    this.#nextStep = options.lastStep + 1
    this.#nextLine = options.lastLine + 1
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get progress(): RunProgress | null {
    return this.#progress
  }

  /** What is known to have gone to the target, also when the attempt does not get to its end. */
  get movedBytes(): number {
    return this.#movedBytes
  }

  get hasNews(): boolean {
    return this.#progressIsNew || this.isUrgent
  }

  /** Somebody who follows the run waits for it. */
  get isUrgent(): boolean {
    return this.#steps.size > 0 || this.#lines.length > 0
  }

  /** The first reason stays. */
  abort(reason: HoldfastError): void {
    this.#abort.abort(reason)
  }

  setProgress(progress: RunProgress): void {
    this.#progress = progress
    this.#movedBytes = progress.movedBytes ?? this.#movedBytes
    this.#progressIsNew = true
  }

  beginStep(name: string): StepRow {
    const step: StepRow = {
      runId: this.run.id,
      attempt: this.run.attempt,
      position: this.#nextStep++,
      name,
      startedAt: this.#now().toISOString(),
      finishedAt: null,
      outcome: null,
      error: null,
    }
    this.#setStep(step)
    return step
  }

  endStep(step: StepRow, outcome: StepRow['outcome'], error: HoldfastError | null): void {
    const ended = {
      ...step,
      finishedAt: this.#now().toISOString(),
      outcome,
      error: error ? error.report() : null,
    }
    this.#setStep(ended)
  }

  #setStep(step: StepRow): void {
    const isFirst = !this.isUrgent
    this.#steps.set(step.position, step)
    if (isFirst) this.#onNews()
  }

  write(level: LogLevel, message: string, fields: Record<string, JsonValue> = {}): void {
    if (this.#lines.length >= MAX_BUFFERED_LINES) {
      this.#droppedLines++
      return
    }
    const isFirst = !this.isUrgent
    this.#lines.push({
      runId: this.run.id,
      position: this.#nextLine++,
      at: this.#now().toISOString(),
      level,
      message,
      fields,
    })
    if (isFirst) this.#onNews()
  }

  readonly log: RunLog = {
    write: (level, message, fields) => this.write(level, message, fields),
    debug: (message, fields) => this.write('debug', message, fields),
    info: (message, fields) => this.write('info', message, fields),
    warn: (message, fields) => this.write('warning', message, fields),
    error: (message, fields) => this.write('error', message, fields),
  }

  /**
   * Hands out what is left for the transaction that ends the attempt. Waits for the heartbeat that may be writing the
   * rest: whoever sees a run that has ended then sees all its steps and lines as well.
   */
  async lastNews(): Promise<RunNews> {
    await this.#written
    return this.takeNews()
  }

  /**
   * Hands out what happened and forgets it; {@link giveBack} returns it when it could not be written. Who writes it while
   * the run goes on says by `written` when that is over.
   */
  takeNews(written?: Promise<void>): RunNews {
    if (written) this.#written = written
    if (this.#droppedLines > 0) {
      const count = this.#droppedLines
      this.#droppedLines = 0
      const room = this.#lines.splice(MAX_BUFFERED_LINES - 1)
      this.write('warning', 'log lines were dropped because they came too fast', {
        count: count + room.length,
      })
    }
    const news = { steps: [...this.#steps.values()], lines: this.#lines }
    this.#steps = new Map()
    this.#lines = []
    this.#progressIsNew = false
    return news
  }

  giveBack(news: RunNews): void {
    this.#progressIsNew = true
    this.#lines = [...news.lines, ...this.#lines]
    this.#steps = new Map([...news.steps.map((step) => [step.position, step] as const), ...this.#steps])
  }
}
