import type { HoldfastError, RestorePoint, RunDisk } from '@holdfast/contract'
import type { RunContext, RunLog } from '../../drivers/driver.ts'
import type { EngineDeps } from '../deps.ts'
import type { CatalogPoint } from '../ports.ts'
import type { OpenedVault, StoredVault, VaultContext, VaultNeed } from '../vault-port.ts'
import type { ActiveRun } from './active-run.ts'

/**
 * Brings the vault of a run within reach: from here on the run names the disk it uses, and ends as soon as that disk is
 * pulled. However the run ends, {@link ActiveRun.onGivenBack} then writes down whether the disk may be removed.
 */
export async function openForRun(
  deps: EngineDeps,
  active: ActiveRun,
  cx: RunContext,
  vault: StoredVault,
  need: VaultNeed,
): Promise<OpenedVault> {
  const { run } = active
  const opened = await deps.vaults.open({ ...cx, runId: run.id }, vault, need)
  const { disk, gone } = opened
  gone?.addEventListener('abort', () => active.abort(gone.reason as HoldfastError))
  if (disk === null) return opened
  try {
    active.onGivenBack.set(disk.uuid, () => rememberDisk(deps, active, vault, opened))
    await deps.store.runs.setDisk(run, disk)
    await deps.store.disks.setSafe(vault.id, disk.uuid, null)
    await noteSpace(deps, vault, disk)
    return opened
  } catch (error) {
    // Nobody else knows of it yet: a database that is away for a moment must not leave a disk mounted.
    await opened[Symbol.asyncDispose]()
    throw error
  }
}

/** What the run leaves: how much room, and whether the disk may be unplugged. */
async function rememberDisk(
  deps: EngineDeps,
  { run }: ActiveRun,
  vault: StoredVault,
  opened: OpenedVault,
): Promise<void> {
  const { disk } = opened
  if (disk === null) return
  const safeToRemove = await opened.isReleased()
  const { disks, runs } = deps.store
  await runs.setDisk(run, { ...disk, safeToRemove })
  await noteSpace(deps, vault, disk)
  if (opened.health) await disks.setHealth(vault.id, disk.uuid, opened.health, deps.now())
  if (safeToRemove) await disks.setSafe(vault.id, disk.uuid, deps.now())
}

async function noteSpace(deps: EngineDeps, vault: StoredVault, disk: RunDisk): Promise<void> {
  const { uuid, freeBytes, totalBytes } = disk
  if (freeBytes !== null && totalBytes !== null)
    await deps.store.disks.setSpace(vault.id, uuid, { freeBytes, totalBytes })
}

/** What a read of one restore point needs of its vault. */
export function needOf(point: RestorePoint): VaultNeed {
  return { access: 'read-only', disk: point.disk, knownPoints: () => 1 }
}

/** How many restore points must lie on what is opened: without them it is an empty mount point, or another disk. */
export function knownIn(points: readonly CatalogPoint[]): VaultNeed['knownPoints'] {
  return (disk) =>
    points.filter((point) => point.state === 'present' && (point.disk?.uuid ?? null) === (disk?.uuid ?? null))
      .length
}

/** Brings a vault within reach; whoever calls it closes what it gives. */
export type OpenVault = (vault: StoredVault, need: VaultNeed) => Promise<OpenedVault>

/**
 * For a command on the machine itself, which has no run and so no journal. Killed, it leaves a mounted disk that the next
 * one to use it takes away first.
 */
export function openHere(deps: EngineDeps, cx: { signal: AbortSignal; log: RunLog }): OpenVault {
  const context = unjournaled({ ...cx, now: deps.now })
  return (vault, need) => deps.vaults.open(context, vault, need)
}

function unjournaled(cx: { signal: AbortSignal; log: RunLog; now: () => Date }): VaultContext {
  return {
    ...cx,
    runId: null,
    step: (_name, work) => work(),
    warn: () => {},
    async acquire(kind, data) {
      const { log, signal } = cx
      let isHeld = true
      const handle = await kind.acquire(data, { signal, log }).catch(async (error: unknown) => {
        await kind.release(data, { log }).catch(() => {})
        throw error
      })
      const release = async () => {
        if (!isHeld) return
        await kind.release(data, handle === undefined ? { log } : { log, handle })
        isHeld = false
      }
      return { handle, release, [Symbol.asyncDispose]: release }
    },
  }
}
