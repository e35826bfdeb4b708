import type { Control, JobStatus, RestorePoint, Run, VaultStatus } from '@holdfast/contract'
import { coverageOf } from '../../domain/coverage/coverage.ts'
import { forecastFull } from '../../domain/forecast/forecast.ts'
import { forecastText } from '../../domain/forecast/forecast-text.ts'
import type { Vault } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint, JobOverview, StoredRun } from '../ports.ts'
import { isGone } from '../recovery.ts'
import { jobOf, pointOf, runOf } from './resolve.ts'

type Queries = Pick<
  Control,
  'status' | 'listRuns' | 'getRun' | 'listSteps' | 'readLog' | 'listPoints' | 'getPoint' | 'listLocks'
>

export function queries(deps: EngineDeps): Queries {
  const { store } = deps
  return {
    async status() {
      const [overview, vaults, workers, live] = await Promise.all([
        store.objects.jobOverview(),
        vaultStatus(deps),
        store.workers.list(),
        store.runs.live(),
      ])
      return {
        jobs: overview.map((job) => jobStatus(job, deps.now())),
        vaults,
        workers: workers.map((worker) => ({
          id: worker.id,
          site: worker.site,
          host: worker.hostName,
          pid: worker.pid,
          startedAt: worker.startedAt,
          seenAt: worker.seenAt,
          alive: !isGone(worker, deps.host),
        })),
        activeRuns: live.map(publicRun),
      }
    },

    listRuns: (filter) => store.runs.list(filter),
    getRun: async (ref) => publicRun(await runOf(deps, ref)),
    async listSteps(runId) {
      await runOf(deps, runId)
      return await store.runs.steps(runId)
    },
    async readLog(runId, after, limit) {
      await runOf(deps, runId)
      return await store.runs.log(runId, after, limit)
    },

    async listPoints({ jobRef, vaultRef, limit }) {
      const job = jobRef === undefined ? null : await jobOf(deps, jobRef)
      const vault = vaultRef === undefined ? null : await store.objects.vault(vaultRef)
      const points = await store.points.list({
        ...(job ? { jobId: job.id } : {}),
        ...(vaultRef === undefined ? {} : { vaultId: vault?.id ?? vaultRef }),
        ...(limit ? { limit } : {}),
      })
      return points.map(publicPoint)
    },
    getPoint: async (ref) => publicPoint(await pointOf(deps, ref)),
    listLocks: () => store.locks.list(),
  }
}

/** A run without what only the engine cares about. */
export function publicRun(run: StoredRun): Run {
  const {
    site,
    request,
    checkpoint,
    claim,
    workerId,
    notBefore,
    waitingOn,
    waitingSince,
    recoveries,
    approvedGuards,
    cancelRequestedBy,
    ...rest
  } = run
  return rest
}

function publicPoint(point: CatalogPoint): RestorePoint {
  const { state, inUse, ...rest } = point
  return rest
}

function jobStatus(job: JobOverview, now: Date): JobStatus {
  const coverage = coverageOf({
    points: job.newestGoodAt ? [{ takenAt: job.newestGoodAt, verifiedOk: null }] : [],
    rpo: job.rpo ?? undefined,
    now,
    listedAt: job.confirmedAt ? new Date(job.confirmedAt) : null,
  })
  const { id, name, kind, enabled, site, nextRunAt, lastRun, pointCount, rpo } = job
  return {
    id,
    name,
    kind,
    enabled,
    site,
    nextRunAt,
    lastRun,
    newestPointAt: job.newestGoodAt,
    pointCount,
    coverage: coverage.state,
    rpo,
  }
}

async function vaultStatus(deps: EngineDeps): Promise<VaultStatus[]> {
  const { store } = deps
  const vaults = new Map((await store.objects.vaults()).map((vault) => [vault.id, vault]))
  const totals = await store.points.vaultTotals()
  return await Promise.all(
    totals.map(async (total) => {
      const vault = vaults.get(total.id)
      const freeBytes = vault ? await freeBytesOf(deps, vault) : null
      const samples = (await store.points.vaultSizes(total.id)).map(({ day, usedBytes }) => ({
        day,
        usedBytes,
      }))
      const today = deps.now().toISOString().slice(0, 10)
      return { ...total, freeBytes, forecast: forecastText(forecastFull(samples, freeBytes, today)) }
    }),
  )
}

/** Null while the vault cannot be reached: a status must not fail because one disk is in the safe. */
async function freeBytesOf(deps: EngineDeps, vault: Vault): Promise<number | null> {
  const driver = deps.drivers.find(
    (candidate) => candidate.points && candidate.info.vaultKinds.includes(vault.kind),
  )
  try {
    return (await driver?.points?.capacity(vault))?.freeBytes ?? null
  } catch {
    return null
  }
}
