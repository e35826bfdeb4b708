import { setTimeout as sleep } from 'node:timers/promises'
import { asHoldfastError, durationMs, HoldfastError, type Phrase } from '@holdfast/contract'
import { say } from '../../domain/phrases/engine-phrases.ts'
import { decideAfterError } from '../../domain/run-states.ts'
import { windowAt } from '../../domain/schedule/windows.ts'
import type { EngineDeps } from '../deps.ts'
import type { RunEnd, StoredRun } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import { RunJournal, releaseEarlierAttempts } from './journal.ts'
import { runRestore } from './restore/run-restore.ts'
import { runCheck } from './run-check.ts'
import { runJob } from './run-job.ts'
import { runPlan } from './run-plan.ts'
import { runPreparation } from './run-preparation.ts'

const OPERATIONS = {
  job: runJob,
  verify: runCheck,
  restore: runRestore,
  prepare: runPreparation,
  plan: runPlan,
} as const

/** setTimeout takes 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * One attempt of a claimed run, from its operation to the last transaction. Whatever way it ends, everything it took
 * is given back first. This is the one place where a retry is decided.
 */
export async function attempt(deps: EngineDeps, active: ActiveRun): Promise<void> {
  const journal = new RunJournal(deps, active)
  const { run } = active
  const { runs } = deps.store
  using _limits = limits(deps, active)
  try {
    const startedMs = performance.now()
    const { operation, attempt: number, trigger, startedBy, workerId } = run
    active.log.info('attempt begins', { operation, attempt: number, trigger, startedBy, workerId })
    await releaseEarlierAttempts(deps, run)
    const result = await OPERATIONS[run.operation](deps, active, journal)
    await giveBack(active, journal)
    if ('end' in result) logEnd(active, result.end, performance.now() - startedMs)
    const news = await active.lastNews()
    await persist(() =>
      'held' in result ? runs.hold(run, result.held, news) : runs.finish(run, { ...result.end, ...news }),
    )
  } catch (thrown) {
    await giveBack(active, journal)
    await afterError(deps, active, asHoldfastError(active.signal.aborted ? active.signal.reason : thrown))
  }
}

/** Before the run ends, so that whoever is told of its end may rely on it. */
async function giveBack(active: ActiveRun, journal: RunJournal): Promise<void> {
  await journal.releaseAll()
  const todo = [...active.onGivenBack.values()]
  active.onGivenBack.clear()
  for (const remember of todo) {
    await remember().catch((failure) => {
      const reason = asHoldfastError(failure).message
      active.log.warn('what became of the disk could not be written down', { reason })
    })
  }
}

/** Pauses between tries to write the end of an attempt while the database is away. Longer outages end it as lost. */
const PERSIST_PAUSES_MS = [200, 500, 1000, 2000, 4000]

/** Fenced by the claim, so trying again does no harm even when the first try got through. */
async function persist(write: () => Promise<void>): Promise<void> {
  for (const pauseMs of PERSIST_PAUSES_MS) {
    try {
      return await write()
    } catch (error) {
      if (asHoldfastError(error).code !== 'database-unreachable') throw error
      await sleep(pauseMs)
    }
  }
  await write()
}

/** Ends the attempt when the job's time limit or its window is over. */
function limits(deps: EngineDeps, active: ActiveRun): Disposable {
  const { spec } = active.job
  const timers: NodeJS.Timeout[] = []
  const abortIn = (ms: number, reason: () => HoldfastError) => {
    timers.push(setTimeout(() => active.abort(reason()), Math.min(ms, LONGEST_TIMER_MS)))
  }
  abortIn(
    durationMs(spec.timeLimit),
    () => new HoldfastError('time-limit', `the run took longer than ${spec.timeLimit}`),
  )
  const window = windowAt(spec.windows, deps.now())
  if (active.run.operation === 'job' && window.open && window.closesAt && window.atEnd === 'stop') {
    const message = 'the window of the job closed while it was running'
    abortIn(
      window.closesAt.getTime() - deps.now().getTime(),
      () => new HoldfastError('window-closed', message),
    )
  }
  return { [Symbol.dispose]: () => timers.forEach(clearTimeout) }
}

async function afterError(deps: EngineDeps, active: ActiveRun, error: HoldfastError): Promise<void> {
  const { run, job } = active
  const { runs } = deps.store
  if (error.code === 'worker-lost') {
    deps.log.error({ runId: run.id }, 'the run was taken over by another worker; this one lets go')
    return
  }
  logError(deps, active, error)
  const now = deps.now()
  const requeue = async (next: {
    afterMs: number
    attempt: number
    keepsWaiting: boolean
    reason: Phrase
  }) => {
    const { afterMs, ...rest } = next
    const notBefore = new Date(now.getTime() + afterMs)
    const news = await active.lastNews()
    await persist(() => runs.requeue(run, { ...rest, notBefore, error: error.report() }, news))
  }
  if (error.code === 'worker-stopping') {
    const reason = say('waiting.workerStopped')
    return await requeue({ afterMs: 0, attempt: run.attempt, keepsWaiting: false, reason })
  }
  // Somebody waits for a preview and wants to know at once what is in its way.
  const isPreview = run.operation === 'plan'
  const decision = decideAfterError({
    error: error.report(),
    attempt: run.attempt,
    attempts: isPreview ? 1 : job.spec.attempts,
    waitedMs: run.waitingSince ? now.getTime() - new Date(run.waitingSince).getTime() : 0,
    maxWaitMs: isPreview ? 0 : durationMs(job.spec.maxWait),
    whenAbsent: job.spec.whenAbsent ?? (isDiskAway(run, error) ? 'skip' : 'fail'),
    random: deps.random(),
  })
  if (decision.action === 'finish') {
    const report = {
      summary: error.message,
      bytesMoved: active.movedBytes,
      counts: {},
      warnings: active.warnings,
      restorePointIds: [],
      retention: [],
      details: {},
    }
    const end = { outcome: decision.outcome, error: error.report(), report, assets: [], vaultSize: null }
    const news = await active.lastNews()
    await persist(() => runs.finish(run, { ...end, ...news }))
    return
  }
  const { afterMs } = decision
  if (decision.action === 'wait') {
    return await requeue({ afterMs, attempt: run.attempt, keepsWaiting: true, reason: error.message })
  }
  const next = run.attempt + 1
  const { attempts } = job.spec
  const reason = say('waiting.attempt', { next, attempts, pause: afterMs, error: error.message })
  await requeue({ afterMs, attempt: next, keepsWaiting: false, reason })
}

/** A disk in the safe is how a disk set is meant to be; who asked for a restore from it wants to know that it failed. */
function isDiskAway({ operation }: StoredRun, { code }: HoldfastError): boolean {
  return operation === 'job' && code === 'disk-absent'
}

/** What came of the run, in figures: the log is what is left to read once a run is long over. */
function logEnd(active: ActiveRun, { outcome, report }: Omit<RunEnd, 'steps' | 'lines'>, ms: number): void {
  const { bytesMoved = 0, counts = {}, restorePointIds = [] } = report ?? {}
  const bytesPerSecond = ms > 0 ? Math.round(bytesMoved / (ms / 1000)) : 0
  const durationMs = Math.round(ms)
  active.log.info('run ends', { outcome, durationMs, bytesMoved, bytesPerSecond, counts, restorePointIds })
}

function logError(deps: EngineDeps, active: ActiveRun, error: HoldfastError): void {
  const level = error.kind === 'canceled' || error.kind === 'busy' ? 'warning' : 'error'
  active.write(level, error.message, { code: error.code, hint: error.hint, ...(error.details ?? {}) })
  if (error.kind !== 'bug') return
  // The stack is for the makers: the run log keeps the plain message.
  deps.log.error({ runId: active.run.id, err: error.cause ?? error }, 'a run met a bug')
}
