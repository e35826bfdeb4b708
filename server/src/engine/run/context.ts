import {
  asHoldfastError,
  HoldfastError,
  type JsonValue,
  phraseText,
  type RestorePoint,
  type RunOperation,
} from '@holdfast/contract'
import { z } from 'zod'
import type { AnyDriver, Context, Job, RunContext, RunLog, Vault } from '../../drivers/driver.ts'
import { newId } from '../../kit/ids.ts'
import { type Privileges, privilegesOfProcess } from '../../kit/privileges.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, StoredJob } from '../ports.ts'
import type { ActiveRun } from './active-run.ts'
import type { RunJournal } from './journal.ts'

/** A job as its driver sees it. Throws `config-invalid` when the settings do not fit the kind (any more). */
function driverJob(driver: AnyDriver, job: StoredJob): Job {
  const config = driver.config.safeParse(job.spec.config)
  if (config.success) return { ...withoutSettings(job), config: config.data }
  const message = `the settings of job ${job.name} are not valid: ${z.prettifyError(config.error)}`
  throw new HoldfastError('config-invalid', message)
}

/** For checks and restores, which must work for a job of which nothing is known but its restore points. */
function withoutSettings({ id, name, kind, spec, node, nodes, policy }: StoredJob): Job {
  const byName = Object.fromEntries(nodes.map((each) => [each.name, each]))
  return { id, name, kind, spec, config: undefined, node, nodes: byName, vault: null, policy }
}

/** Points a driver may build on: present and not known to be damaged. */
function goodPoints(points: CatalogPoint[]): RestorePoint[] {
  return points.filter((point) => point.state === 'present' && point.verifiedOk !== false)
}

export interface ContextInput {
  driver: AnyDriver
  job: StoredJob
  /** Only the job's own work and its preparation need its settings. */
  operation: RunOperation
  /** Once it is open. */
  vault: Vault | null
  points: CatalogPoint[]
  checkpoint: JsonValue
  /** Of the job, for its own work; null for anything else. */
  remembered: JsonValue
  secret: EngineDeps['secret']
  estate: Context['estate']
  signal: AbortSignal
  log: RunLog
  now: () => Date
  /** This process's own where it does the run itself. */
  privileges?: Privileges
}

export function planningContext(input: ContextInput): Context {
  const needsSettings = input.operation === 'job' || input.operation === 'prepare'
  const job = needsSettings ? driverJob(input.driver, input.job) : withoutSettings(input.job)
  return {
    job: { ...job, vault: input.vault },
    signal: input.signal,
    log: input.log,
    now: input.now,
    checkpoint: input.checkpoint,
    remembered: input.remembered,
    secret: input.secret,
    estate: input.estate,
    knownPoints: goodPoints(input.points),
    privileges: input.privileges ?? privilegesOfProcess('self'),
  }
}

/** The same once its vault is open, with what the catalog knows to be there. */
export function withVault<C extends Context>(cx: C, vault: Vault | null, points: CatalogPoint[]): C {
  return { ...cx, job: { ...cx.job, vault }, knownPoints: goodPoints(points) }
}

/** Before its vault is open: {@link withVault} adds it. `remembered` is what the job remembers, for its own work. */
export function runContext(
  deps: EngineDeps,
  active: ActiveRun,
  journal: RunJournal,
  driver: AnyDriver,
  remembered: JsonValue = null,
): RunContext {
  const { signal, log, run } = active
  const checkpoint = run.operation === 'job' ? active.job.checkpoint : run.checkpoint
  const base = planningContext({
    driver,
    vault: null,
    points: [],
    job: active.job,
    operation: run.operation,
    checkpoint,
    remembered,
    secret: deps.secret,
    estate: () => deps.store.overview.estate(deps.now()),
    signal,
    log,
    now: deps.now,
  })
  let current: string | undefined
  return {
    ...base,
    runId: run.id,

    async step(name, work) {
      signal.throwIfAborted()
      const step = active.beginStep(name)
      const outer = current
      current = name
      const startedMs = performance.now()
      active.setProgress({ step: name })
      try {
        const result = await work()
        active.endStep(step, 'success', null)
        log.info('step finished', { step: name, durationMs: Math.round(performance.now() - startedMs) })
        return result
      } catch (thrown) {
        const error = asHoldfastError(signal.aborted ? signal.reason : thrown)
        active.endStep(step, error.kind === 'canceled' ? 'canceled' : 'failed', error)
        throw thrown
      } finally {
        current = outer
      }
    },

    acquire: (kind, data) => journal.acquire(kind, data),
    progress: (progress) => active.setProgress(current ? { step: current, ...progress } : progress),
    saveCheckpoint: (state: JsonValue) => deps.store.runs.saveCheckpoint(run, state),
    warn(warning) {
      active.warnings.push(warning)
      log.warn(phraseText(warning))
    },
    newPointId: () => newId('restorePoint'),
  }
}
