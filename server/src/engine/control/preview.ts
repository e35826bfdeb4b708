import { setTimeout as sleep } from 'node:timers/promises'
import {
  HoldfastError,
  type Page,
  type PointEntry,
  type Preview,
  phraseText,
  type StoredPlan,
} from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import type { EntriesOf, RunRequest, StoredJob, StoredRestoreRequest, StoredRun } from '../ports.ts'
import { isGone } from '../recovery.ts'
import { openHere } from '../run/open-vault.ts'
import { entriesFor, entriesOfRun } from '../run/restore/entries.ts'
import { planFor } from '../run/run-plan.ts'
import { SILENT_LOG } from '../server-log.ts'

/** A plan is cheap; one that takes longer than this is given up. */
const PREVIEW_MS = 120_000
const FIRST_LOOK_MS = 50
const LONGEST_LOOK_MS = 250

/** What is to be planned; without `restore` the job's own work, or what must be there before. */
export interface PreviewRequest extends Preview {
  job: StoredJob
  restore: StoredRestoreRequest | null
  prepare?: true
}

/**
 * Has a worker of the job's site plan, since only there source and vault look as they will to the run. Throws
 * `worker-absent` when there is none, `time-limit` after two minutes, and what the plan itself met.
 */
export async function preview(deps: EngineDeps, request: PreviewRequest): Promise<StoredPlan> {
  const { job, restore, prepare } = request
  const what = { restore, ...(prepare ? { prepare } : {}) }
  return await askWorker(deps, job, request.signal, {
    request: { operation: 'plan', ...what },
    locally: (signal) => planFor(deps, { job, ...what, ...here(deps, signal) }),
    read: ({ id }) => deps.store.runs.wholePlan(id),
  })
}

/** The same for what is in a folder of a restore point. */
export async function listEntries(
  deps: EngineDeps,
  { job, entries, ...request }: Preview & { job: StoredJob; entries: EntriesOf },
): Promise<Page<PointEntry>> {
  return await askWorker(deps, job, request.signal, {
    request: { operation: 'plan', entries },
    locally: (signal) => entriesFor(deps, { job, asked: entries, ...here(deps, signal) }),
    read: entriesOfRun,
  })
}

function here(deps: EngineDeps, signal: AbortSignal) {
  const cx = { signal, log: SILENT_LOG }
  return { ...cx, open: openHere(deps, cx) }
}

interface Question<T> {
  request: RunRequest
  /** The answer from this process, for a command on the machine itself while no worker is alive. */
  locally: (signal: AbortSignal) => Promise<T>
  /** The answer of a run that ended well; null when it left none. */
  read: (run: StoredRun) => T | null | Promise<T | null>
}

async function askWorker<T>(
  deps: EngineDeps,
  job: StoredJob,
  asked: AbortSignal | undefined,
  { request, locally, read }: Question<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(PREVIEW_MS)
  const signal = asked ? AbortSignal.any([asked, timeout]) : timeout
  const workers = await deps.store.workers.list()
  if (!workers.some((worker) => worker.site === job.site && !isGone(worker, deps.host))) {
    if (deps.planLocally) return await locally(signal)
    throw new HoldfastError('worker-absent', `no worker of site ${job.site} is running that could do this`)
  }
  const { id } = await deps.store.runs.create({
    jobId: job.id,
    site: job.site,
    operation: 'plan',
    trigger: 'manual',
    slotAt: null,
    request,
    startedBy: null,
  })
  const run = await ended(deps, id, signal)
  if (run?.status === 'finished') return await answerOf(run, read)
  await deps.store.runs.requestCancel(id, 'whoever waited for the preview')
  if (!timeout.aborted) throw new HoldfastError('run-canceled', 'nobody waits for the preview any more')
  const waiting = run?.waitingFor ? `: it waits for ${phraseText(run.waitingFor)}` : ''
  throw new HoldfastError('time-limit', `no answer for job ${job.name} within two minutes${waiting}`, {
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

async function answerOf<T>(run: StoredRun, read: Question<T>['read']): Promise<T> {
  const answer = run.outcome === 'success' ? await read(run) : null
  if (answer !== null) return answer
  const { code, message, hint, details } = run.error ?? {
    code: 'worker-lost' as const,
    message: 'the preview ended without an answer',
    hint: undefined,
    details: undefined,
  }
  throw new HoldfastError(code, message, { ...(hint ? { hint } : {}), ...(details ? { details } : {}) })
}
