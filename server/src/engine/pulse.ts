import { HoldfastError } from '@holdfast/contract'
import type { EngineDeps } from './deps.ts'
import type { WorkerIdentity } from './ports.ts'
import { LEASE_MS } from './recovery.ts'
import type { ActiveRun } from './run/active-run.ts'

/** How often there is a look whether something is to be written. */
const TICK_MS = 500
/** How long the first step or log line that is not written yet waits for more: followers see it as it happens. */
const SOON_MS = 80
/** A sign of life at the latest after this long, news or not. */
const QUIET_MS = 2000
/**
 * A worker that cannot reach the database lets go of its runs before others may take them: a driver has 10 s to stop
 * once its signal fires, and some seconds more are for the ways of the network.
 */
const FENCE_MS = LEASE_MS - 15_000
/** A beat that hangs is given up, so that the next one may try another connection. */
const BEAT_MS = 5000

/**
 * The heartbeat of a worker: one statement for all its runs that writes progress and log lines, says "alive", and
 * brings back which runs were canceled or taken away.
 */
export class Pulse {
  readonly #deps: EngineDeps
  readonly #worker: WorkerIdentity
  readonly #active: ReadonlyMap<string, ActiveRun>
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Timeout | undefined
  #lastGood = performance.now()
  #busy = false

  constructor(deps: EngineDeps, worker: WorkerIdentity, active: ReadonlyMap<string, ActiveRun>) {
    this.#deps = deps
    this.#worker = worker
    this.#active = active
  }

  start(): void {
    this.#lastGood = performance.now()
    this.#timer = setInterval(() => void this.#tick(), TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    clearTimeout(this.#soon)
  }

  /** Something happened that should not wait for the next tick. */
  hurry(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined
      void this.#tick()
    }, SOON_MS)
  }

  async #tick(): Promise<void> {
    const silentMs = performance.now() - this.#lastGood
    if (silentMs > FENCE_MS) this.#letGo()
    const hasNews = [...this.#active.values()].some((active) => active.hasNews)
    if (this.#busy || (!hasNews && silentMs < QUIET_MS)) return
    this.#busy = true
    // Others count our silence from when the database heard of us, which is not before now.
    const begunAt = performance.now()
    try {
      await this.#beat()
      this.#lastGood = begunAt
      // What came while the database was busy. After a failure the next tick is soon enough.
      if ([...this.#active.values()].some((active) => active.isUrgent)) this.hurry()
    } catch (error) {
      this.#deps.log.error({ err: error }, 'the database does not take the heartbeat')
    } finally {
      this.#busy = false
    }
  }

  async #beat(): Promise<void> {
    const written = Promise.withResolvers<void>()
    const batch = [...this.#active.values()].map((active) => ({
      active,
      hasNews: active.hasNews,
      news: active.takeNews(written.promise),
    }))
    const rows = batch.map(({ active, hasNews, news }) => ({
      id: active.run.id,
      claim: active.run.claim ?? '',
      progress: active.progress,
      hasNews,
      news,
    }))
    const abort = (id: string, reason: HoldfastError) => {
      // The very attempt that was asked about: a later one of the same run is none of this answer's business.
      batch.find(({ active }) => active.run.id === id)?.active.abort(reason)
    }
    try {
      const { lost, cancel } = await inTime(this.#deps.store.runs.pulse(this.#worker, rows))
      for (const id of lost) {
        // A run that has just ended is no longer ours either, and that is as it should be.
        abort(id, new HoldfastError('worker-lost', `run ${id} was taken over by another worker`))
      }
      for (const { id, by } of cancel) abort(id, new HoldfastError('run-canceled', `canceled by ${by}`))
    } catch (error) {
      for (const { active, news } of batch) active.giveBack(news)
      throw error
    } finally {
      written.resolve()
    }
  }

  #letGo(): void {
    for (const active of this.#active.values()) {
      active.abort(
        new HoldfastError(
          'worker-lost',
          'the database was out of reach for too long; the run is planned again',
        ),
      )
    }
  }
}

async function inTime<T>(beat: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new HoldfastError('database-unreachable', 'the heartbeat got no answer')
    timer = setTimeout(() => reject(error), BEAT_MS)
  })
  try {
    return await Promise.race([beat, late])
  } finally {
    clearTimeout(timer)
  }
}
