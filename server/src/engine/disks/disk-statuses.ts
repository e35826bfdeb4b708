import type { DiskStatus } from '@holdfast/contract'
import type { KnownDisk, Scope, Store } from '../ports.ts'
import type { StoredVault } from '../vault-port.ts'

/** The disks of a disk set, in the order of its settings; null for a vault of one place. */
export async function diskStatuses(
  { store, scope }: { store: Store; scope: Scope },
  vault: StoredVault,
  now: Date,
): Promise<DiskStatus[] | null> {
  if (vault.kind !== 'disk-set') return null
  const uuids = vault.disks.map(({ uuid }) => uuid)
  const [known, rotation] = await Promise.all([
    store.disks.known(vault.id, uuids, scope),
    store.deliveries.diskRotation(now),
  ])
  return known.map(({ uuid, place, isBusy, safeAt, ...rest }) => {
    const dates = rotation.find((disk) => disk.vaultId === vault.id && disk.uuid === uuid)
    return {
      ...rest,
      uuid,
      label: vault.disks.find((disk) => disk.uuid === uuid)?.label ?? uuid,
      state: stateOf({ place, isBusy, safeAt }),
      host: place?.host ?? null,
      device: place?.device ?? null,
      lastCopyAt: dates?.lastCopyAt ?? null,
      dueAt: dates?.dueAt ?? null,
      overdue: dates?.isOverdue ?? false,
    }
  })
}

/** A run that uses it knows better than the watch of the bay, which a command on the machine itself does not have. */
function stateOf({
  place,
  isBusy,
  safeAt,
}: Pick<KnownDisk, 'place' | 'isBusy' | 'safeAt'>): DiskStatus['state'] {
  if (isBusy) return 'busy'
  if (place === null) return 'absent'
  return safeAt === null ? 'present' : 'safe'
}
