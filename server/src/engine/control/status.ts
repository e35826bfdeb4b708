import type { Control, VaultStatus } from '@holdfast/contract'
import { forecastFull } from '../../domain/forecast/forecast.ts'
import { forecastText } from '../../domain/forecast/forecast-text.ts'
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
async function freeBytesOf(deps: ControlDeps, vault: Vault): Promise<number | null> {
  const driver = deps.drivers.find(
    (candidate) => candidate.points && candidate.info.vaultKinds.includes(vault.kind),
  )
  try {
    return (await driver?.points?.capacity(vault))?.freeBytes ?? null
  } catch {
    return null
  }
}
