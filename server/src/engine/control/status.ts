import { asHoldfastError, type Control, HoldfastError, type VaultStatus } from '@holdfast/contract'
import { forecastFull } from '../../domain/forecast/forecast.ts'
import type { Vault } from '../../drivers/driver.ts'
import { isGone } from '../recovery.ts'
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
      return { ...total, freeBytes, problem, forecast: forecastFull(samples, freeBytes, today) }
    }),
  )
}

/** Never throws: a status must not fail because one disk is in the safe. */
async function vaultState(
  deps: ControlDeps,
  vault: Vault | undefined,
  pointCount: number,
): Promise<Pick<VaultStatus, 'freeBytes' | 'problem'>> {
  const driver = deps.drivers.find(
    ({ points, info }) => points && vault && info.vaultKinds.includes(vault.kind),
  )
  if (!vault || !driver?.points) return { freeBytes: null, problem: null }
  try {
    const isFresh = (await driver.points.identify(vault)) === null
    if (isFresh && pointCount > 0) {
      const message = `${pointCount} restore points are known, but the place of vault ${vault.name} is empty`
      throw new HoldfastError('vault-absent', message, {
        hint: 'Check that the disk of the vault is mounted.',
      })
    }
    // The first run makes the directory of a fresh one.
    const capacity = await driver.points.capacity(vault).catch((thrown) => {
      if (isFresh) return null
      throw thrown
    })
    return { freeBytes: capacity?.freeBytes ?? null, problem: null }
  } catch (thrown) {
    const { code, message, hint } = asHoldfastError(thrown)
    return { freeBytes: null, problem: { code, message, hint } }
  }
}
