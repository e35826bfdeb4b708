import { readFile, realpath } from 'node:fs/promises'
import { isInside, type Mount, mounts } from '../../kit/mounts.ts'
import { backingFileOf, btrfsMembers, disksUnder, nameOf, nameOfNumber, pathOf } from './machine/sysfs.ts'

/** What a running system cannot do without. */
const SYSTEM = ['/', '/boot', '/boot/efi', '/usr', '/var']

/**
 * The whole disks (/dev/sda) under the system of this machine, its swap, and the given paths: through partitions, mappings,
 * RAID sets, all members of a Btrfs and files behind loop devices. A path that is missing counts as its nearest folder that
 * is there. Network file systems, memory and ZFS have no block device to be found here.
 */
export async function systemDisks(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const all = await mounts()
  const places = await Promise.all([...SYSTEM, ...paths].map(nearestRealPath))
  const swaps = await swapAreas()
  const devices = [
    ...places.flatMap((place) => devicesUnder(place, all)),
    ...swaps.flatMap((swap) => (nameOf(swap) === null ? devicesUnder(swap, all) : [nameOf(swap)])),
  ]
  const disks = new Set<string>()
  for (const device of devices) if (device !== null) addDisks(device, all, disks)
  return new Set([...disks].map(pathOf))
}

/** A file behind a loop device lies on a disk as well. */
function addDisks(device: string, all: readonly Mount[], disks: Set<string>): void {
  for (const disk of disksUnder(device)) {
    if (disks.has(disk)) continue
    disks.add(disk)
    const file = backingFileOf(disk)
    if (file === null) continue
    for (const below of devicesUnder(file, all)) addDisks(below, all, disks)
  }
}

/** Kernel names of the devices of the file system that a path lies on. */
function devicesUnder(path: string, all: readonly Mount[]): string[] {
  const covering = all.filter(({ mountPoint }) => isInside(path, mountPoint))
  const longest = Math.max(...covering.map(({ mountPoint }) => mountPoint.length))
  const mount = covering.findLast(({ mountPoint }) => mountPoint.length === longest)
  if (!mount) return []
  const name = nameOfNumber(mount.device) ?? nameOf(mount.source)
  return name === null ? [] : mount.type === 'btrfs' ? btrfsMembers(name) : [name]
}

async function nearestRealPath(path: string): Promise<string> {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/')) || '/') {
    const found = await realpath(at).catch(() => null)
    if (found !== null || at === '/') return found ?? '/'
  }
}

/** Devices and files of swap, from proc(5). */
async function swapAreas(): Promise<string[]> {
  const [, ...lines] = (await readFile('/proc/swaps', 'utf8')).trim().split('\n')
  return lines.flatMap((line) => line.split(/\s/)[0] ?? [])
}
