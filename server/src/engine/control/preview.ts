import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError, type Preview, type StoredPlan } from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { StoredJob, StoredRestoreRequest, StoredRun } from '../ports.ts'
import { isGone } from '../recovery.ts'
import { planFor } from '../run/run-plan.ts'
import { SILENT_LOG } from '../server-log.ts'

/** A plan is cheap; one that takes longer than this is given up. */
const PREVIEW_MS = 120_000
const FIRST_LOOK_MS = 50
const LONGEST_LOOK_MS = 250

/** What is to be planned; without `restore` the job's own work. */
export interface PreviewRequest extends Preview {
  job: StoredJob
  restore: StoredRestoreRequest | null
}

/**
 * Has a worker of the job's site plan, since only there source and vault look as they will to the run. Throws
 * `worker-absent` when there is none, `time-limit` after two minutes, and what the plan itself met.
 */
export async function preview(deps: EngineDeps, request: PreviewRequest): Promise<StoredPlan> {
  const { job, restore } = request
  const timeout = AbortSignal.timeout(PREVIEW_MS)
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
  const workers = await deps.store.workers.list()
  if (!workers.some((worker) => worker.site === job.site && !isGone(worker, deps.host))) {
    if (deps.planLocally) return await planFor(deps, { job, restore, signal, log: SILENT_LOG })
    throw new HoldfastError('worker-absent', `no worker of site ${job.site} is running that could plan this`)
  }
  const { id } = await deps.store.runs.create({
    jobId: job.id,
    site: job.site,
    operation: 'plan',
    trigger: 'manual',
    slotAt: null,
    request: { operation: 'plan', restore },
    startedBy: null,
  })
  const run = await ended(deps, id, signal)
  if (run?.status === 'finished') return planOf(run)
  await deps.store.runs.requestCancel(id, 'whoever waited for the preview')
  if (!timeout.aborted) throw new HoldfastError('run-canceled', 'nobody waits for the preview any more')
  throw new HoldfastError('time-limit', `the plan of job ${job.name} was not ready after two minutes`, {
    hint: 'See with `holdfast status` whether the worker of the site is busy, and try again.',
  })
}

/** The run once it has ended, or as it was last seen when the signal fires. */
async function ended(deps: EngineDeps, runId: string, signal: AbortSignal): Promise<StoredRun | null> {
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_LOOK_MS)) {
    const run = await deps.store.runs.get(runId)
    if (!run || run.status === 'finished' || signal.aborted) return run
    // An abort ends the pause; the run is then looked at once more.
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

function planOf({ outcome, plan, error }: StoredRun): StoredPlan {
  if (outcome === 'success' && plan) return plan
  const { code, message, hint, details } = error ?? {
    code: 'worker-lost' as const,
    message: 'the preview ended without a plan',
    hint: undefined,
    details: undefined,
  }
  throw new HoldfastError(code, message, { ...(hint ? { hint } : {}), ...(details ? { details } : {}) })
}
