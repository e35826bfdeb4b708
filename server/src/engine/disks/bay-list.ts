import { type BayDisk, bayDisk, type Control } from '@holdfast/contract'
import { z } from 'zod'
import type { ControlDeps } from '../control/scope.ts'
import type { Store } from '../ports.ts'
import { isGone } from '../recovery.ts'
import type { BayFileSystem } from '../vault-port.ts'
import { diskSets, membersOf } from './disk-sets.ts'
import { startByDisk } from './start-jobs.ts'

/** What is in the bay of a machine as its workers wrote it down: which set knows a disk is looked up by whoever reads. */
const storedBay = z.array(bayDisk.omit({ vault: true }))

const keyOf = (hostId: string) => `bay:${hostId}`

export async function writeBay(
  store: Store,
  { hostId, hostName }: { hostId: string; hostName: string },
  fileSystems: readonly BayFileSystem[],
): Promise<void> {
  const disks = fileSystems.map(({ attachId: _, type, ...rest }) => ({
    ...rest,
    fileSystem: type,
    host: hostName,
  }))
  await store.settings.set(keyOf(hostId), storedBay.parse(disks))
}

/** The part of the control plane that is about disks. */
export function diskControl(deps: ControlDeps): Pick<Control, 'listBay' | 'startByDisk'> {
  return { listBay: listBay(deps), startByDisk: startByDisk(deps) }
}

/** Machines without a live worker are left out: nobody knows what is in their bays by now. */
function listBay({ store, host }: ControlDeps): Control['listBay'] {
  return async () => {
    const alive = (await store.workers.list()).filter((worker) => !isGone(worker, host))
    const sets = await diskSets(store)
    const disks: BayDisk[] = []
    for (const hostId of new Set(alive.map((worker) => worker.hostId))) {
      const stored = storedBay.safeParse(await store.settings.get(keyOf(hostId)))
      for (const disk of stored.data ?? [])
        disks.push({ ...disk, vault: membersOf(sets, disk.uuid)[0]?.set.name ?? null })
    }
    return disks.toSorted((a, b) => `${a.host} ${a.device}`.localeCompare(`${b.host} ${b.device}`))
  }
}
