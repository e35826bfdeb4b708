import type { BayDisk } from '@holdfast/contract'

/** File systems that keep all that a copy needs, and LUKS, which holds one of them. */
const GOOD: ReadonlySet<string> = new Set(['ext4', 'xfs', 'btrfs', 'crypto_LUKS'])

/** Why a disk in the bay cannot be taken, or should better not; null for one that can. */
export type BayObstacle = 'system' | 'taken' | 'listed' | 'twice' | null

interface Known {
  /** The name of the vault that is edited; undefined for a new one. */
  vault: string | undefined
  /** UUIDs in the other rows of the form. */
  listed: readonly string[]
}

/** A system disk is never taken; one of another vault, one that is in the form already and a copied one neither. */
export function obstacleOf(disk: BayDisk, bay: readonly BayDisk[], { vault, listed }: Known): BayObstacle {
  if (disk.isSystem) return 'system'
  if (listed.some((uuid) => isSame(uuid, disk.uuid))) return 'listed'
  if (disk.vault !== null && disk.vault !== vault) return 'taken'
  return bay.some((other) => isTwin(other, disk)) ? 'twice' : null
}

/** Those that can be taken first, then by where they are. */
export function byUse<T extends { disk: BayDisk; obstacle: BayObstacle }>(found: readonly T[]): T[] {
  return found.toSorted(
    (a, b) =>
      Number(a.obstacle !== null) - Number(b.obstacle !== null) ||
      a.disk.host.localeCompare(b.disk.host) ||
      a.disk.device.localeCompare(b.disk.device, undefined, { numeric: true }),
  )
}

export const isSuited = ({ fileSystem }: BayDisk) => GOOD.has(fileSystem)
export const isEncrypted = ({ fileSystem }: BayDisk) => fileSystem === 'crypto_LUKS'

/** The disk that is meant by what stands in the field. */
export function inBay(bay: readonly BayDisk[] | undefined, uuid: string): BayDisk | undefined {
  return bay?.find((disk) => isSame(disk.uuid, uuid.trim()))
}

const isTwin = (one: BayDisk, other: BayDisk) =>
  one !== other && isSame(one.uuid, other.uuid) && (one.host !== other.host || one.device !== other.device)

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()
