import { type DiskSetSpec, HoldfastError, type SetDisk } from '@holdfast/contract'
import type { Store } from '../ports.ts'

export type DiskSet = DiskSetSpec & { id: string }

/** A disk set with one of its disks. */
export interface MemberDisk {
  set: DiskSet
  disk: SetDisk
}

export async function diskSets(store: Store): Promise<DiskSet[]> {
  return (await store.objects.vaults()).filter((vault) => vault.kind === 'disk-set')
}

/** Every disk of the sets with that UUID, in any case: several sets may share a disk. */
export function membersOf(sets: readonly DiskSet[], uuid: string): MemberDisk[] {
  const wanted = uuid.toLowerCase()
  return sets.flatMap((set) =>
    set.disks.filter((disk) => disk.uuid.toLowerCase() === wanted).map((disk) => ({ set, disk })),
  )
}

export function notOfAnySet(uuid: string): HoldfastError {
  return new HoldfastError('name-unknown', `no disk set knows a disk with the UUID ${uuid}`, {
    hint: 'Enter the UUID in a vault of kind disk-set; `holdfast disk list --bay` shows the disks that are plugged in.',
  })
}
