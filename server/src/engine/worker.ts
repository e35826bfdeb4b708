import { randomUUID } from 'node:crypto'
import { HoldfastError } from '@holdfast/contract'
import { processStart } from '../kit/host.ts'
import { newId } from '../kit/ids.ts'
import { decideClaim } from './claim.ts'
import type { EngineDeps } from './deps.ts'
import { tell } from './notifications.ts'
import type { RunQueue, StoredJob, StoredRun } from './ports.ts'
import { Pulse } from './pulse.ts'
import { recoverLost } from './recovery.ts'
import { ActiveRun } from './run/active-run.ts'
import { attempt } from './run/attempt.ts'
import { Scheduler } from './scheduler.ts'

/** How often a worker looks for runs whose worker is gone. */
const SWEEP_MS = 5000
/** Queued runs older than this get another message at start: the queue of a restored database is empty. */
const RESEND_AFTER_MS = 30_000
/** How often old log lines and runs are deleted. */
const HOUSEKEEPING_MS = 6 * 3_600_000
/** How long a stopping worker waits for its runs to let go. */
const STOP_MS = 25_000

export interface WorkerOptions {
  site: string
  concurrency: number
}

/** A process that executes runs of one site, keeps the schedule, and cleans up after dead ones. */
export class Worker {
  readonly id = newId('worker')
  readonly #deps: EngineDeps
  readonly #queue: RunQueue
  readonly #options: WorkerOptions
  readonly #active = new Map<string, ActiveRun>()
  /** Runs from before their claim until after their end: the sweep leaves these alone. */
  readonly #working = new Map<string, Promise<void>>()
  readonly #pulse: Pulse
  readonly #scheduler: Scheduler
  #sweep: NodeJS.Timeout | undefined
  #housekeeping: NodeJS.Timeout | undefined
  #stopping = false

  constructor(deps: EngineDeps, queue: RunQueue, options: WorkerOptions) {
    this.#deps = deps
    this.#queue = queue
    this.#options = options
    this.#pulse = new Pulse(deps, this.id, this.#active)
    this.#scheduler = new Scheduler(deps)
  }

  async start(): Promise<void> {
    const { store, host, log, now } = this.#deps
    const { site, concurrency } = this.#options
    const start = processStart(process.pid)
    if (start === null) throw new HoldfastError('invariant-broken', 'cannot read /proc of this process')
    await store.workers.register({ id: this.id, site, ...host, pid: process.pid, processStart: start })
    this.#pulse.start()
    await recoverLost(this.#deps)
    await store.runs.resend(new Date(now().getTime() - RESEND_AFTER_MS))
    await this.#queue.work(site, concurrency, (runId) => this.#handle(runId))
    await this.#queue.workNotifications((message) => tell(this.#deps, message))
    await this.#scheduler.start()
    this.#sweep = setInterval(() => void this.#sweepOnce(), SWEEP_MS)
    this.#housekeeping = setInterval(() => void this.#forgetOld(), HOUSEKEEPING_MS)
    void this.#forgetOld()
    log.info({ workerId: this.id, site, concurrency }, 'worker ready')
  }

  /** Stops taking runs, cancels the ones at work so that they are planned again, and waits until all let go. */
  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    clearInterval(this.#sweep)
    clearInterval(this.#housekeeping)
    await this.#scheduler.stop()
    await this.#queue.pause(this.#options.site)
    for (const active of this.#active.values()) {
      active.abort(new HoldfastError('worker-stopping', 'the worker was stopped'))
    }
    const late = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
    await Promise.race([Promise.allSettled([...this.#working.values()]), late])
    await this.#queue.stop()
    this.#pulse.stop()
    if (this.#active.size === 0) await this.#deps.store.workers.unregister(this.id)
    this.#deps.log.info({ workerId: this.id, abandoned: this.#active.size }, 'worker stopped')
  }

  async #handle(runId: string): Promise<void> {
    if (this.#working.has(runId)) return
    const work = this.#claimAndExecute(runId).finally(() => this.#working.delete(runId))
    this.#working.set(runId, work)
    await work
  }

  async #claimAndExecute(runId: string): Promise<void> {
    const now = this.#deps.now()
    const owner = { claim: randomUUID(), workerId: this.id, now }
    const result = await this.#deps.store.runs.claim(runId, owner, (run, job) => decideClaim(run, job, now))
    // Owned by somebody else means delivered twice; if that worker is dead the sweep finds it.
    if (result.state === 'claimed') await this.#execute(result.run, result.job)
  }

  async #execute(run: StoredRun, job: StoredJob): Promise<void> {
    const { store, now, log } = this.#deps
    const positions = run.startedAt ? await store.runs.lastPositions(run.id) : { lastStep: 0, lastLine: 0 }
    const active = new ActiveRun(run, job, { now, ...positions })
    this.#active.set(run.id, active)
    if (this.#stopping) active.abort(new HoldfastError('worker-stopping', 'the worker was stopped'))
    try {
      await attempt(this.#deps, active)
    } catch (error) {
      // The end could not be written. The sweep of another worker, or ours after a restart, ends the run as lost.
      log.error({ runId: run.id, err: error }, 'the end of a run could not be recorded')
    } finally {
      this.#active.delete(run.id)
    }
  }

  async #sweepOnce(): Promise<void> {
    try {
      await recoverLost(this.#deps, { workerId: this.id, works: (runId) => this.#working.has(runId) })
    } catch (error) {
      this.#deps.log.error({ err: error }, 'the sweep for lost runs failed')
    }
  }

  async #forgetOld(): Promise<void> {
    try {
      const forgotten = await this.#deps.store.forgetOld()
      if (forgotten.logLines + forgotten.runs > 0)
        this.#deps.log.info(forgotten, 'old log lines and runs were deleted')
    } catch (error) {
      this.#deps.log.error({ err: error }, 'old log lines and runs could not be deleted')
    }
  }
}
