import { setTimeout as sleep } from 'node:timers/promises'
import { type Control, HoldfastError, type RestoreRequest, type Run, type Start } from '@holdfast/contract'
import { writeMarks } from '../marks.ts'
import type { AuditStore, RunRequest, RunStore, StoredJob, StoredRestoreRequest } from '../ports.ts'
import { needOf, openHere } from '../run/open-vault.ts'
import { checkPlace } from '../run/restore/restore-place.ts'
import { askedRestore, targetInput } from '../run/restore/run-restore.ts'
import { keeperOf } from '../run/run-job.ts'
import { preparationOf } from '../run/run-preparation.ts'
import { SILENT_LOG } from '../server-log.ts'
import { tellLockTimeout } from '../telling/events.ts'
import { listEntries, preview } from './preview.ts'
import { publicRun } from './queries.ts'
import { jobInForce, jobOf, pointOf, runOf } from './resolve.ts'
import type { ControlDeps } from './scope.ts'

type Actions = Pick<
  Control,
  | 'startJob'
  | 'previewPlan'
  | 'startPreparation'
  | 'previewPreparation'
  | 'startVerify'
  | 'startRestore'
  | 'previewRestore'
  | 'cancelRun'
  | 'approveRun'
  | 'refuseRun'
  | 'protectPoint'
  | 'listEntries'
  | 'acquireLock'
  | 'releaseLock'
>

/** Entries of a folder in one answer. */
const PAGE_SIZE = 200
/** How often somebody who waits for an outside lock looks again. */
const LOCK_POLL_MS = 1000

export function actions(deps: ControlDeps): Actions {
  const { store } = deps

  async function restoreOf(request: RestoreRequest) {
    const point = await pointOf(deps, request.restorePointId)
    const stored: StoredRestoreRequest = {
      operation: 'restore',
      pointId: point.id,
      target: request.target,
      paths: request.paths ?? null,
      options: request.options ?? {},
      limited: deps.scope.nodeIds !== null,
      administers: deps.administers,
    }
    const driver = deps.driverOf(point.jobKind)
    const asked = askedRestore(driver, await store.objects.vault(point.vaultId), point, stored)
    const job = await jobOf(deps, point.jobId)
    const input = targetInput({ job, request: stored, asked })
    const node = await checkPlace(deps, asked.restore, input, deps.scope)
    if (node === null) return { job, stored }
    const { id, maxParallelRuns } = node
    return { job, stored: { ...stored, node: { id, maxParallelRuns } } }
  }

  async function start(
    job: StoredJob,
    operation: 'job' | 'verify' | 'restore' | 'prepare',
    request: RunRequest | null,
    { by, trigger = 'manual' }: Start,
  ): Promise<Run> {
    const { id: jobId, site } = job
    const run = { jobId, site, operation, trigger, slotAt: null, request, startedBy: by }
    return await store.atomically(async ({ runs, audit }) => {
      // A second run that waits beside the first would only make the same restore point once more.
      const waiting = operation === 'job' ? await runs.waitingByHand(jobId) : null
      if (waiting) return publicRun(waiting)
      const created = await runs.create(run)
      const details = { runId: created.id, ...startDetails(request) }
      await audit.add({ by, action: `${operation}.start`, object: job.name, objectId: jobId, details })
      return publicRun(created)
    })
  }

  return {
    async startJob(jobRef, options) {
      return await start(await jobInForce(deps, jobRef), 'job', null, options)
    },

    async previewPlan(jobRef, options) {
      return await preview(deps, { ...options, job: await jobInForce(deps, jobRef), restore: null })
    },

    async startPreparation(jobRef, options) {
      const job = await jobInForce(deps, jobRef)
      preparationOf(deps.driverOf(job.kind))
      return await start(job, 'prepare', null, options)
    },

    async previewPreparation(jobRef, options) {
      const job = await jobInForce(deps, jobRef)
      preparationOf(deps.driverOf(job.kind))
      return await preview(deps, { ...options, job, restore: null, prepare: true })
    },

    async startVerify(pointRefs, level, options) {
      const points = await Promise.all(pointRefs.map((ref) => pointOf(deps, ref)))
      const runs = []
      for (const [jobId, group] of Map.groupBy(points, (point) => point.jobId)) {
        const pointIds = [...new Set(group.map((point) => point.id))]
        const request = { operation: 'verify' as const, pointIds, level }
        runs.push(await start(await jobOf(deps, jobId), 'verify', request, options))
      }
      return runs
    },

    async startRestore(request, options) {
      const { job, stored } = await restoreOf(request)
      return await start(job, 'restore', stored, options)
    },

    async previewRestore(request, options) {
      const { job, stored } = await restoreOf(request)
      return await preview(deps, { ...options, job, restore: stored })
    },

    async cancelRun(runId, { by }) {
      const run = await runOf(deps, runId)
      await store.atomically(async ({ runs, audit }) => {
        const result = await runs.requestCancel(run.id, by)
        if (result === 'finished') throw new HoldfastError('run-state', `run ${run.id} is finished already`)
        await audit.add(ofRun(by, 'run.cancel', run))
      })
    },

    approveRun: (runId, { by }) => decide(deps, runId, { approve: true, by, error: null }),

    async refuseRun(runId, { by }) {
      const error = new HoldfastError('run-refused', `refused by ${by}`).report()
      await decide(deps, runId, { approve: false, by, error })
    },

    async listEntries(ref, { path, after, limit = PAGE_SIZE, signal }) {
      const point = await pointOf(deps, ref)
      const job = await jobOf(deps, point.jobId)
      const entries = { pointId: point.id, path, after: after ?? null, limit }
      return await listEntries(deps, { job, entries, signal })
    },

    async protectPoint(ref, isProtected, { by }) {
      const point = await pointOf(deps, ref)
      const { keeper, vault } = keeperOf(
        deps.driverOf(point.jobKind),
        await store.objects.vault(point.vaultId),
        point,
      )
      await store.atomically(async ({ points, audit }) => {
        if (!(await points.setProtected(point.id, isProtected))) {
          throw new HoldfastError('name-unknown', `restore point ${point.id} is being removed`)
        }
        const action = isProtected ? 'point.protect' : 'point.unprotect'
        const details = { takenAt: point.takenAt }
        await audit.add({ by, action, object: point.jobName, objectId: point.id, details })
      })
      // Beside the data of a disk in the safe they are written when a run next finds the disk.
      if (vault.kind === 'disk-set') return
      const { signal } = new AbortController()
      await using opened = await openHere(deps, { signal, log: SILENT_LOG })(vault, needOf(point))
      await writeMarks(deps, keeper, opened.vault, point.id)
    },

    async acquireLock(request) {
      const { name, holder, leaseSeconds, waitSeconds, signal, by = holder, waitedSeconds = 0 } = request
      const { tellTimeout = waitSeconds > 0 } = request
      const deadline = performance.now() + waitSeconds * 1000
      for (;;) {
        if (signal?.aborted) throw new HoldfastError('wait-canceled', `nobody waits for ${name} any longer`)
        const expiresAt = new Date(deps.now().getTime() + leaseSeconds * 1000)
        const other = await store.atomically(async ({ locks, audit }) => {
          const found = await locks.acquire({ name, holder, expiresAt, takenBy: ownerOf(by) })
          if (found === null) await audit.add(ofLock(by, 'lock.acquire', { name, holder }))
          return found
        })
        if (other === null) return
        if (performance.now() >= deadline) {
          const waitedMs = (waitedSeconds + waitSeconds) * 1000
          if (tellTimeout) await tellLockTimeout(deps, { name, waiter: holder, by, waitedMs, heldBy: other })
          throw new HoldfastError('lock-held', `${name} is held by ${other}`)
        }
        // An abort ends the pause; the loop then says so.
        await sleep(LOCK_POLL_MS, undefined, signal ? { signal } : {}).catch(() => {})
      }
    },

    async releaseLock(name, holder, by = holder) {
      return await store.atomically(async ({ locks, audit }) => {
        const takenBy = deps.administers ? null : ownerOf(by)
        const found = await locks.release({ name, holder, takenBy })
        if (found === 'not-held') return false
        if (found !== 'released') {
          throw new HoldfastError('not-allowed', `${name} was taken by ${found.takenBy}`, {
            hint: 'Only whoever took a lock gives it back, or an administrator.',
          })
        }
        await audit.add(ofLock(by, 'lock.release', { name, holder }))
        return true
      })
    },
  }
}

/** A token acts for its user: `user:anna` for `token:ci of anna`. Names of users hold no blank. */
function ownerOf(by: string): string {
  return by.startsWith('token:') ? `user:${by.slice(by.lastIndexOf(' ') + 1)}` : by
}

/** How many paths of a restore its audit entry names. */
const AUDITED_PATHS = 20

/** What a check or restore was asked for, in few words. */
function startDetails(request: RunRequest | null): Record<string, string | number | null> {
  if (request?.operation === 'verify') return { points: request.pointIds.length, level: request.level }
  if (request?.operation === 'restore') {
    const { pointId, target, paths, options } = request
    const named = paths && JSON.stringify(paths.slice(0, AUDITED_PATHS))
    return { point: pointId, target, paths: named, options: JSON.stringify(options) }
  }
  return {}
}

async function decide(
  deps: ControlDeps,
  runId: string,
  decision: Parameters<RunStore['decideHeld']>[1],
): Promise<void> {
  const run = await runOf(deps, runId)
  await deps.store.atomically(async ({ runs, audit }) => {
    if (!(await runs.decideHeld(run.id, decision)))
      throw new HoldfastError('run-state', `run ${run.id} is ${run.status}, not held`)
    await audit.add(ofRun(decision.by, decision.approve ? 'run.approve' : 'run.refuse', run))
  })
}

type Entry = Parameters<AuditStore['add']>[0]

function ofRun(by: string, action: string, { id, jobName, operation }: Run): Entry {
  return { by, action, object: jobName, objectId: id, details: { operation } }
}

function ofLock(
  by: string,
  action: 'lock.acquire' | 'lock.release',
  { name, holder }: { name: string; holder: string },
): Entry {
  return { by, action, object: name, objectId: null, details: { name, holder } }
}
