import { randomUUID } from 'node:crypto'
import { asHoldfastError, HoldfastError } from '@holdfast/contract'
import { processStart } from '../kit/host.ts'
import { newId } from '../kit/ids.ts'
import { decideClaim } from './claim.ts'
import type { EngineDeps } from './deps.ts'
import { BayWatch } from './disks/bay-watch.ts'
import type { RunQueue, StoredJob, StoredRun, WorkerIdentity } from './ports.ts'
import { Pulse } from './pulse.ts'
import { recoverLost } from './recovery.ts'
import { ActiveRun } from './run/active-run.ts'
import { attempt } from './run/attempt.ts'
import { Scheduler } from './scheduler.ts'
import { tellOverdueDisks } from './telling/events.ts'
import { resendDeliveries, tell } from './telling/notifications.ts'
import { sendDigests } from './upkeep/digest.ts'
import { backUpWhenDue } from './upkeep/self-backup.ts'

/** How often a worker looks for runs whose worker is gone. */
const SWEEP_MS = 5000
/** How often it looks for queued runs that have no message, and how old they must be. */
const RESEND_MS = 60_000
/** How often old log lines and runs are deleted. */
const HOUSEKEEPING_MS = 6 * 3_600_000
/** How often it looks for digests to send, messages that got lost, and the backup of its own database. */
const UPKEEP_MS = 30_000
/** How long a stopping worker waits for its runs to let go. */
const STOP_MS = 25_000
/** Site of a worker for certain runs: none, so that nobody counts on it for others. */
const NO_SITE = '(own runs only)'
/** How often a worker for certain runs only looks whether they may go on. */
const OWN_RUNS_MS = 500

export interface WorkerOptions {
  site: string
  concurrency: number
  /** Only these runs and what replaces lost ones: no schedule, nothing of the queue. For a command that does its own work. */
  only?: readonly string[]
}

/** A process that executes runs of one site, keeps the schedule, and cleans up after dead ones. */
export class Worker {
  readonly id: string
  readonly #deps: EngineDeps
  readonly #queue: RunQueue
  readonly #options: WorkerOptions
  readonly #identity: WorkerIdentity
  readonly #active = new Map<string, ActiveRun>()
  /** Runs from before their claim until after their end: the sweep leaves these alone. */
  readonly #working = new Map<string, Promise<void>>()
  readonly #own: Set<string>
  readonly #pulse: Pulse
  readonly #scheduler: Scheduler
  readonly #bayWatch: BayWatch
  readonly #timers: NodeJS.Timeout[] = []
  #stopping = false

  constructor(deps: EngineDeps, queue: RunQueue, options: WorkerOptions) {
    const start = processStart(process.pid)
    if (start === null) throw new HoldfastError('invariant-broken', 'cannot read /proc of this process')
    this.id = newId('worker')
    this.#deps = deps
    this.#queue = queue
    this.#options = options
    this.#own = new Set(options.only)
    const site = options.only ? NO_SITE : options.site
    this.#identity = { id: this.id, site, ...deps.host, pid: process.pid, processStart: start }
    this.#pulse = new Pulse(deps, this.#identity, this.#active)
    this.#scheduler = new Scheduler(deps)
    this.#bayWatch = new BayWatch(deps)
  }

  async start(): Promise<void> {
    const { store, log } = this.#deps
    const { site, concurrency } = this.#options
    try {
      await store.workers.register(this.#identity)
      this.#pulse.start()
      await this.#sweep()
      await this.#queue.workNotifications((message) => tell(this.#deps, message))
      if (this.#options.only) this.#every(OWN_RUNS_MS, () => this.#takeOwn())
      else {
        await store.runs.resend(this.#deps.now())
        await this.#queue.work(site, concurrency, (runId) => this.#handle(runId))
        await this.#scheduler.start()
        this.#bayWatch.start()
        this.#every(RESEND_MS, () => store.runs.resend(new Date(this.#deps.now().getTime() - RESEND_MS)))
        this.#every(HOUSEKEEPING_MS, () => store.forgetOld())
        this.#every(UPKEEP_MS, () => sendDigests(this.#deps))
        this.#every(UPKEEP_MS, () => resendDeliveries(this.#deps))
        this.#every(UPKEEP_MS, () => tellOverdueDisks(this.#deps))
        this.#every(UPKEEP_MS, () => backUpWhenDue(this.#deps))
      }
      this.#every(SWEEP_MS, () => this.#sweep())
    } catch (error) {
      // Half a worker would look alive and do nothing.
      await this.stop()
      throw error
    }
    log.info({ workerId: this.id, site, concurrency }, 'worker ready')
  }

  /** Stops taking runs, cancels the ones at work so that they are planned again, and waits until all let go. */
  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    for (const timer of this.#timers) clearInterval(timer)
    await this.#scheduler.stop()
    await this.#bayWatch.stop()
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

  /** Does something again and again, never twice at once; what goes wrong is logged and tried again the next time. */
  #every(ms: number, work: () => Promise<unknown>): void {
    let isBusy = false
    const once = async () => {
      if (isBusy) return
      isBusy = true
      try {
        await work()
      } catch (error) {
        this.#deps.log.error({ err: error }, 'a task of the worker failed and is tried again')
      } finally {
        isBusy = false
      }
    }
    this.#timers.push(setInterval(() => void once(), ms))
  }

  async #sweep(): Promise<void> {
    const works = (runId: string) => this.#working.has(runId)
    const successors = await recoverLost(this.#deps, { workerId: this.id, works })
    if (this.#options.only) for (const run of successors) this.#own.add(run.id)
  }

  async #takeOwn(): Promise<void> {
    const waiting = [...this.#own].filter((runId) => !this.#working.has(runId))
    for (const runId of waiting.slice(0, this.#options.concurrency - this.#working.size))
      void this.#handle(runId)
  }

  /** Never throws: a run that cannot be claimed at all is ended, or it would come back for ever. */
  async #handle(runId: string): Promise<void> {
    if (this.#working.has(runId) || this.#stopping) return
    const work = this.#claimAndExecute(runId)
      .catch((thrown) => this.#afterBadClaim(runId, asHoldfastError(thrown)))
      .finally(() => this.#working.delete(runId))
    this.#working.set(runId, work)
    await work
  }

  async #afterBadClaim(runId: string, error: HoldfastError): Promise<void> {
    this.#deps.log.error({ runId, err: error.cause ?? error }, 'a run could not be claimed')
    // The database being away says nothing about the run: the next look for queued runs finds it again.
    if (error.code === 'database-unreachable') return
    try {
      await this.#deps.store.runs.abandon(runId, error.report())
    } catch (failure) {
      // It stays queued; the next look for queued runs brings it back here.
      this.#deps.log.error({ runId, err: failure }, 'a run that cannot be claimed could not be ended either')
    }
  }

  async #claimAndExecute(runId: string): Promise<void> {
    const now = this.#deps.now()
    const owner = { claim: randomUUID(), workerId: this.id, now }
    const result = await this.#deps.store.runs.claim(runId, owner, (run, job) => decideClaim(run, job, now))
    // Owned by somebody else means delivered twice; if that worker is dead the sweep finds it.
    if (result.state === 'claimed') await this.#execute(result.run, result.job)
    if (result.state === 'settled') this.#own.delete(runId)
  }

  async #execute(run: StoredRun, job: StoredJob): Promise<void> {
    const { store, now, log } = this.#deps
    const positions = run.startedAt ? await store.runs.lastPositions(run.id) : { lastStep: 0, lastLine: 0 }
    const active = new ActiveRun(run, job, { now, ...positions, onNews: () => this.#pulse.hurry() })
    this.#active.set(run.id, active)
    if (this.#stopping) active.abort(new HoldfastError('worker-stopping', 'the worker was stopped'))
    try {
      await attempt(this.#deps, active)
    } catch (error) {
      // The end could not be written: the next sweep, ours or another worker's, ends the run as lost.
      log.error({ runId: run.id, err: error }, 'the end of a run could not be recorded')
    } finally {
      this.#active.delete(run.id)
    }
  }
}
