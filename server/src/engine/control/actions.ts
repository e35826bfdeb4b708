import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Control,
  HoldfastError,
  type RestoreRequest,
  type RunOperation,
  type StoredPlan,
} from '@holdfast/contract'
import type { EngineDeps } from '../deps.ts'
import { writeMarks } from '../marks.ts'
import type { RunRequest } from '../ports.ts'
import { planningContext } from '../run/context.ts'
import { keeperOf } from '../run/run-job.ts'
import { restoreInput } from '../run/run-restore.ts'
import { SILENT_LOG } from '../server-log.ts'
import { publicRun } from './queries.ts'
import { jobOf, pointOf, runOf } from './resolve.ts'

type Actions = Pick<
  Control,
  | 'startJob'
  | 'previewPlan'
  | 'startVerify'
  | 'startRestore'
  | 'previewRestore'
  | 'cancelRun'
  | 'approveRun'
  | 'refuseRun'
  | 'protectPoint'
  | 'acquireLock'
  | 'releaseLock'
>

/** How often somebody who waits for an outside lock looks again. */
const LOCK_POLL_MS = 1000
/** A plan is cheap; one that takes longer than this is given up. */
const PREVIEW_MS = 600_000

export function actions(deps: EngineDeps): Actions {
  const { store } = deps

  async function previewContext(jobRef: string, operation: RunOperation) {
    const job = await jobOf(deps, jobRef)
    const driver = deps.driverOf(job.kind)
    const points = await store.points.list({ jobId: job.id, ...(job.vault ? { vaultId: job.vault.id } : {}) })
    const signal = AbortSignal.timeout(PREVIEW_MS)
    const checkpoint = operation === 'job' ? job.checkpoint : null
    const cx = planningContext({
      driver,
      job,
      operation,
      points,
      checkpoint,
      signal,
      log: SILENT_LOG,
      now: deps.now,
    })
    return { driver, cx }
  }

  async function restoreOf(request: RestoreRequest) {
    const point = await pointOf(deps, request.restorePointId)
    const stored: Extract<RunRequest, { operation: 'restore' }> = {
      operation: 'restore',
      pointId: point.id,
      target: request.target,
      paths: request.paths ?? null,
      options: request.options ?? {},
    }
    const driver = deps.driverOf(point.jobKind)
    const input = restoreInput(driver, await store.objects.vault(point.vaultId), point, stored)
    return { point, stored, driver, input }
  }

  return {
    async startJob(jobRef) {
      const job = await jobOf(deps, jobRef)
      const run = await store.runs.create({
        jobId: job.id,
        site: job.site,
        operation: 'job',
        trigger: 'manual',
        slotAt: null,
        request: null,
      })
      return publicRun(run)
    },

    async previewPlan(jobRef) {
      const { driver, cx } = await previewContext(jobRef, 'job')
      return (await driver.plan(cx)) as StoredPlan
    },

    async startVerify(pointRefs, level) {
      const points = await Promise.all(pointRefs.map((ref) => pointOf(deps, ref)))
      const runs = []
      for (const [jobId, group] of Map.groupBy(points, (point) => point.jobId)) {
        const job = await jobOf(deps, jobId)
        const request = {
          operation: 'verify' as const,
          pointIds: [...new Set(group.map((point) => point.id))],
          level,
        }
        const run = {
          jobId,
          site: job.site,
          operation: 'verify' as const,
          trigger: 'manual' as const,
          slotAt: null,
          request,
        }
        runs.push(publicRun(await store.runs.create(run)))
      }
      return runs
    },

    async startRestore(request) {
      const { point, stored } = await restoreOf(request)
      const job = await jobOf(deps, point.jobId)
      const run = {
        jobId: job.id,
        site: job.site,
        operation: 'restore' as const,
        trigger: 'manual' as const,
        slotAt: null,
        request: stored,
      }
      return publicRun(await store.runs.create(run))
    },

    async previewRestore(request) {
      const { point, driver, input } = await restoreOf(request)
      const { cx } = await previewContext(point.jobId, 'restore')
      if (!driver.restore) throw new HoldfastError('invariant-broken', `${driver.info.kind} lost its restore`)
      return (await driver.restore.plan(cx, input)) as StoredPlan
    },

    async cancelRun(runId, by) {
      const run = await runOf(deps, runId)
      const result = await store.runs.requestCancel(run.id, by)
      if (result === 'finished') throw new HoldfastError('run-state', `run ${run.id} is finished already`)
    },

    approveRun: (runId, by) => decide(deps, runId, { approve: true, by, error: null }),

    async refuseRun(runId, by) {
      const error = new HoldfastError('run-refused', `refused by ${by}`).report()
      await decide(deps, runId, { approve: false, by, error })
    },

    async protectPoint(ref, isProtected) {
      const point = await pointOf(deps, ref)
      const { keeper, vault } = keeperOf(
        deps.driverOf(point.jobKind),
        await store.objects.vault(point.vaultId),
        point,
      )
      if (!(await store.points.setProtected(point.id, isProtected))) {
        throw new HoldfastError('name-unknown', `restore point ${point.id} is being removed`)
      }
      await writeMarks(deps, keeper, vault, point.id)
    },

    async acquireLock({ name, holder, leaseSeconds, waitSeconds, signal }) {
      const deadline = performance.now() + waitSeconds * 1000
      for (;;) {
        const expiresAt = new Date(deps.now().getTime() + leaseSeconds * 1000)
        const other = await store.locks.acquire({ name, holder, expiresAt })
        if (other === null) return
        if (performance.now() >= deadline) throw new HoldfastError('lock-held', `${name} is held by ${other}`)
        await sleep(LOCK_POLL_MS, undefined, signal ? { signal } : {})
      }
    },

    releaseLock: (name, holder) => store.locks.release(name, holder),
  }
}

async function decide(
  deps: EngineDeps,
  runId: string,
  decision: Parameters<EngineDeps['store']['runs']['decideHeld']>[1],
): Promise<void> {
  const run = await runOf(deps, runId)
  if (await deps.store.runs.decideHeld(run.id, decision)) return
  throw new HoldfastError('run-state', `run ${run.id} is ${run.status}, not held`)
}
