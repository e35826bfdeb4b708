import { asHoldfastError, type Control, HoldfastError, type VaultStatus } from '@holdfast/contract'
import { forecastFull } from '../../domain/forecast/forecast.ts'
import { diskStatuses } from '../disks/disk-statuses.ts'
import { isGone } from '../recovery.ts'
import type { StoredVault } from '../vault-port.ts'
import type { ControlDeps } from './scope.ts'

/** Runs shown as going on: the oldest, for these are the ones to look at. */
const ACTIVE_RUNS = 100

export async function readStatus(deps: ControlDeps): ReturnType<Control['status']> {
  const { store, scope } = deps
  const now = deps.now()
  const isLimited = scope.nodeIds !== null
  const [totals, vaults, workers, activeRuns] = await Promise.all([
    store.overview.totals(scope, now),
    vaultStatus(deps),
    isLimited ? [] : store.workers.list(),
    store.runs.active(ACTIVE_RUNS, scope),
  ])
  return {
    at: now.toISOString(),
    ...totals,
    activeRuns,
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
  }
}

async function vaultStatus(deps: ControlDeps): Promise<VaultStatus[]> {
  const { store } = deps
  const vaults = new Map((await store.objects.vaults()).map((vault) => [vault.id, vault]))
  const totals = await store.points.vaultTotals(deps.scope)
  return await Promise.all(
    totals.map(async (total) => {
      const vault = vaults.get(total.id)
      const { freeBytes, problem } = await vaultState(deps, vault, total.pointCount)
      const samples = (await store.points.vaultSizes(total.id)).map(({ day, usedBytes }) => ({
        day,
        usedBytes,
      }))
      const today = deps.now().toISOString().slice(0, 10)
      const disks = vault ? await diskStatuses(deps, vault, deps.now()) : null
      return { ...total, freeBytes, problem, forecast: forecastFull(samples, freeBytes, today), disks }
    }),
  )
}

/** Never throws: a status must not fail because one disk is in the safe. */
async function vaultState(
  deps: ControlDeps,
  vault: StoredVault | undefined,
  pointCount: number,
): Promise<Pick<VaultStatus, 'freeBytes' | 'problem'>> {
  if (!vault) return { freeBytes: null, problem: null }
  try {
    const facts = await deps.vaults.inspect(vault)
    if (facts?.id === null && pointCount > 0) {
      const message = `${pointCount} restore points are known, but the place of vault ${vault.name} is empty`
      throw new HoldfastError('vault-absent', message, {
        hint: 'Check that the disk of the vault is mounted.',
      })
    }
    return { freeBytes: facts?.capacity?.freeBytes ?? null, problem: null }
  } catch (thrown) {
    const { code, message, hint } = asHoldfastError(thrown)
    return { freeBytes: null, problem: { code, message, hint } }
  }
}
