import type { DiskStatus, JsonValue, Status, VaultStatus } from '@holdfast/contract'

/** Whether a disk has to come back: its rule is broken, holds until an instant, or there is none. */
export type Due = { word: 'overdue' | 'due'; at: string | null } | { word: 'noRule' }

export function dueOf({ overdue, dueAt }: Pick<DiskStatus, 'overdue' | 'dueAt'>): Due {
  if (overdue) return { word: 'overdue', at: dueAt }
  return dueAt === null ? { word: 'noRule' } : { word: 'due', at: dueAt }
}

/** Which part of a disk is used, from 0 to 1; null while nobody knows. */
export function usedShare({
  freeBytes,
  totalBytes,
}: Pick<DiskStatus, 'freeBytes' | 'totalBytes'>): number | null {
  if (freeBytes === null || totalBytes === null || totalBytes <= 0) return null
  return Math.min(Math.max(1 - freeBytes / totalBytes, 0), 1)
}

/** Free space of the disk that a run would use now; null where none is in the bay, or nobody knows. */
export function freeInBay(disks: readonly Pick<DiskStatus, 'state' | 'freeBytes'>[]): number | null {
  return disks.find(({ state }) => state !== 'absent')?.freeBytes ?? null
}

export const isFailing = ({ health }: Pick<DiskStatus, 'health'>) => health?.status === 'failing'

/** That none of its disks is plugged in is how a disk set spends most of its days: nothing is wrong with it. */
export const isBayEmpty = (problem: NonNullable<VaultStatus['problem']>) => problem.code === 'disk-absent'

/** What wants a person first: failing ones, overdue ones, those that must stay, those that may go, the others. */
export function byUrgency<D extends Pick<DiskStatus, 'health' | 'overdue' | 'state'>>(
  disks: readonly D[],
): D[] {
  const states: readonly DiskStatus['state'][] = ['busy', 'safe', 'present', 'absent']
  const urgency = (disk: D) =>
    (isFailing(disk) ? 0 : 100) + (disk.overdue ? 0 : 10) + states.indexOf(disk.state)
  return disks.toSorted((a, b) => urgency(a) - urgency(b))
}

/** Mail addresses of whoever carries a disk, from the settings of its vault. */
export function carriersOf(spec: Readonly<Record<string, JsonValue>>, uuid: string): string[] {
  const disks = Array.isArray(spec.disks) ? spec.disks : []
  return disks.flatMap((disk) => {
    if (typeof disk !== 'object' || disk === null || Array.isArray(disk) || !isSameUuid(disk.uuid, uuid))
      return []
    return Array.isArray(disk.mail) ? disk.mail.map(String) : []
  })
}

/** The run that uses a disk now. */
export function runOn(
  activeRuns: Status['activeRuns'],
  uuid: string,
): Status['activeRuns'][number] | undefined {
  return activeRuns.find(({ disk }) => isSameUuid(disk?.uuid, uuid))
}

/** The disk that a run on the same machine would use instead of this one; undefined where it is the first itself. */
export function usedInstead<D extends Pick<DiskStatus, 'state' | 'host'>>(
  disks: readonly D[],
  disk: D,
): D | undefined {
  const first = disks.find(({ state, host }) => state !== 'absent' && host === disk.host)
  return first === disk ? undefined : first
}

/** Where a disk is now, wherever it belongs; undefined for one that no disk set knows any more. */
export function diskNow(status: Pick<Status, 'vaults'> | undefined, uuid: string): DiskStatus | undefined {
  return status?.vaults.flatMap(({ disks }) => disks ?? []).find((disk) => isSameUuid(disk.uuid, uuid))
}

/** People type UUIDs in capitals too. */
function isSameUuid(one: JsonValue | undefined, other: string): boolean {
  return typeof one === 'string' && one.toLowerCase() === other.toLowerCase()
}
