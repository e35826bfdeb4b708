import { type DiskSetSpec, HoldfastError, type SetDisk, type VaultDisk } from '@holdfast/contract'
import type { FoundFileSystem } from '../../clients/block-devices/probe.ts'

export interface DiskInBay {
  readonly disk: SetDisk
  readonly device: FoundFileSystem
}

/** What keeps owners, ACLs, attributes, hard links and sparse files. */
const FILE_SYSTEMS = ['ext4', 'xfs', 'btrfs']
export const LUKS = 'crypto_LUKS'

export function isSameUuid(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/**
 * The disk to use: the one that is wanted, else the first of the set that is in the bay. Throws `disk-absent`,
 * `disk-ambiguous` and `disk-system`. Pure.
 */
export function findDisk(
  set: Pick<DiskSetSpec, 'name' | 'disks'>,
  wanted: VaultDisk | null,
  found: readonly FoundFileSystem[],
  systemDisks: ReadonlySet<string>,
): DiskInBay {
  const candidates = set.disks.filter((disk) => wanted === null || isSameUuid(disk.uuid, wanted.uuid))
  for (const disk of candidates) {
    const devices = found.filter((device) => isSameUuid(device.uuid, disk.uuid))
    const [device] = devices
    if (!device) continue
    if (devices.length > 1) throw ambiguous(disk, devices)
    if (systemDisks.has(device.disk)) {
      throw new HoldfastError(
        'disk-system',
        `disk "${disk.label}" (${device.device}) lies on ${device.disk}, which carries the system of this machine`,
        { details: { uuid: disk.uuid, device: device.device, disk: device.disk } },
      )
    }
    return { disk, device }
  }
  throw absent(set, wanted)
}

function ambiguous(disk: SetDisk, devices: readonly FoundFileSystem[]): HoldfastError {
  const names = devices.map(({ device }) => device)
  return new HoldfastError(
    'disk-ambiguous',
    `disk "${disk.label}" is there ${names.length} times: ${names.join(', ')} bear the UUID ${disk.uuid}`,
    { details: { uuid: disk.uuid, devices: names } },
  )
}

function absent(
  { name, disks }: Pick<DiskSetSpec, 'name' | 'disks'>,
  wanted: VaultDisk | null,
): HoldfastError {
  if (wanted !== null) {
    const known = disks.some((disk) => isSameUuid(disk.uuid, wanted.uuid))
    const message = known
      ? `disk "${wanted.label}" is needed and is not in the bay`
      : `disk "${wanted.label}" (${wanted.uuid}) is needed and no longer belongs to vault ${name}`
    const hint = known
      ? `Plug in disk "${wanted.label}", then start this again.`
      : `Add the disk to the vault again, plug it in, then start this again.`
    return new HoldfastError('disk-absent', message, {
      hint,
      details: { uuid: wanted.uuid, label: wanted.label },
    })
  }
  const labels = disks.map(({ label }) => label)
  return new HoldfastError('disk-absent', `no disk of vault ${name} is in the bay`, {
    hint: `Plug in one of these disks: ${labels.join(', ')}.`,
    details: { labels },
  })
}

/** Throws `file-system-unsupported`. What is encrypted is judged once it is open. */
export function refuseFileSystem(disk: SetDisk, type: string): void {
  if (FILE_SYSTEMS.includes(type)) return
  throw new HoldfastError(
    'file-system-unsupported',
    `disk "${disk.label}" has the file system ${type}: copies need ${FILE_SYSTEMS.join(', ')}`,
    { details: { uuid: disk.uuid, type } },
  )
}
