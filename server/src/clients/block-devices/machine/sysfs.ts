import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const BLOCK = '/sys/class/block'
/** Kernel names of what is never a disk somebody plugs in: memory, floppies, optical drives (slow to ask when empty). */
const NO_DISKS = /^(ram|zram|fd|sr)\d/
const SECTOR_BYTES = 512

/** The kernel writes a slash in a device name as an exclamation mark. */
const toPath = (name: string) => `/dev/${name.replaceAll('!', '/')}`

/** A file of /sys, trimmed; null when there is none (anymore) or it cannot be read. */
export function readAttribute(...path: readonly string[]): string | null {
  try {
    return readFileSync(join(...path), 'utf8').trim()
  } catch {
    return null
  }
}

function listFolder(...path: readonly string[]): string[] {
  try {
    return readdirSync(join(...path))
  } catch {
    return []
  }
}

/** The folder of a block device, disk or partition alike; `name` is its kernel name. */
export function folderOf(name: string, ...rest: readonly string[]): string {
  return join(BLOCK, name, ...rest)
}

export function sizeOf(name: string): number {
  return Number(readAttribute(folderOf(name, 'size')) ?? 0) * SECTOR_BYTES
}

export function isReadOnlyDevice(name: string): boolean {
  return readAttribute(folderOf(name, 'ro')) === '1'
}

/** The kernel name behind a path like /dev/sdb1, /dev/mapper/x or /dev/disk/by-uuid/x; null when there is no such device. */
export function nameOf(devicePath: string): string | null {
  const number = numberOf(devicePath)
  return number === null ? null : nameOfNumber(number)
}

/** `major:minor` of a device file; null when it is none, for a mount source like `tmpfs` as well. */
export function numberOf(devicePath: string): string | null {
  if (!devicePath.startsWith('/')) return null
  try {
    const found = statSync(devicePath)
    return found.isBlockDevice() ? numberText(found.rdev) : null
  } catch {
    return null
  }
}

/** How mountinfo and /sys write the number of a device; the bits are those of makedev(3). */
export function numberText(device: number): string {
  const wide = BigInt(device)
  const major = ((wide >> 8n) & 0xfffn) | ((wide >> 32n) & ~0xfffn)
  const minor = (wide & 0xffn) | ((wide >> 12n) & ~0xffn)
  return `${major}:${minor}`
}

export function nameOfNumber(number: string): string | null {
  try {
    return basename(realpathSync(join('/sys/dev/block', number)))
  } catch {
    return null
  }
}

/** Mappings are known to people by the name they were given. */
export function pathOf(name: string): string {
  const mapping = readAttribute(folderOf(name, 'dm/name'))
  return mapping && existsSync(`/dev/mapper/${mapping}`) ? `/dev/mapper/${mapping}` : toPath(name)
}

/** The disk that a partition lies on; any other device is its own. */
export function wholeOf(name: string): string {
  if (!existsSync(folderOf(name, 'partition'))) return name
  return basename(dirname(realpathSync(folderOf(name))))
}

/** Everything that a device is made of, down to whole disks: through partitions, mappings and RAID sets. */
export function disksUnder(name: string): string[] {
  try {
    const whole = wholeOf(name)
    const parts = partsOf(whole)
    return parts.length === 0 ? [whole] : [...new Set(parts.flatMap(disksUnder))]
  } catch {
    return []
  }
}

/** What a mapping or RAID set is made of, one level down. */
export function partsOf(name: string): string[] {
  return listFolder(folderOf(name, 'slaves'))
}

/** The kernel name (dm-0) of a mapping; null when there is none of that name. */
export function mappingOf(mapping: string): string | null {
  const found = listFolder(BLOCK).find((name) => readAttribute(folderOf(name, 'dm/name')) === mapping)
  return found ?? null
}

/** Devices made of this one: mappings, RAID sets. */
export function holdersOf(name: string): string[] {
  return listFolder(folderOf(name, 'holders'))
}

/** Changes with each attach of a disk. Kernels before 5.15 have no number for that: there it is the folder in /sys that is new. */
function sequenceOf(name: string): string | null {
  try {
    const disk = wholeOf(name)
    return readAttribute(folderOf(disk, 'diskseq')) ?? `i${statSync(folderOf(disk)).ino}`
  } catch {
    return null
  }
}

/** All block devices that may bear a file system: whole disks, their partitions, mappings. Those of size 0 are left out. */
export function blockDevices(): string[] {
  return listFolder(BLOCK).filter((name) => !NO_DISKS.test(name) && sizeOf(name) > 0)
}

/**
 * What is attached to this machine: kernel name of each disk, partition and mapping -> a text that changes when another
 * disk gets that name or its size changes. Costs well under a millisecond and does not touch the disks, so it can be
 * asked every second; what is on the disks needs to be looked at only after a change.
 */
export function attachmentsNow(): ReadonlyMap<string, string> {
  return new Map(blockDevices().map((name) => [name, `${sequenceOf(name)}:${sizeOf(name)}`]))
}

let boot: string | null = null

/** Names one attach of the disk under a device; null when the device is gone. Another attach, or another boot, has another one. */
export function attachIdOf(devicePath: string): string | null {
  const name = nameOf(devicePath)
  if (name === null || sizeOf(name) === 0) return null
  const disks = disksUnder(name)
  const parts = disks.map((disk) => (sizeOf(disk) > 0 ? sequenceOf(disk) : null))
  if (disks.length === 0 || parts.includes(null)) return null
  boot ??= readAttribute('/proc/sys/kernel/random/boot_id') ?? 'unknown'
  return [...disks.map((disk, index) => `${disk}@${parts[index]}`), boot].join(' ')
}

/** What a disk says about itself. USB enclosures often hide the disk and give their own number. */
export function identityOf(disk: string): {
  serial: string | null
  model: string | null
  removable: boolean
} {
  const device = folderOf(disk, 'device')
  const usb = usbFolderOf(disk)
  const serial = [
    readPage80(disk),
    readAttribute(device, 'serial'),
    readAttribute(folderOf(disk, 'serial')),
    usb && readAttribute(usb, 'serial'),
  ]
  const model = [readAttribute(device, 'model'), readAttribute(device, 'name')]
  return {
    serial: serial.find(Boolean) ?? null,
    model: model.find(Boolean) ?? null,
    removable: readAttribute(folderOf(disk, 'removable')) === '1' || usb !== null || isSdCard(disk),
  }
}

/** SCSI and SATA disks: the serial number stands behind a header of four bytes. */
function readPage80(disk: string): string | null {
  try {
    const page = readFileSync(folderOf(disk, 'device/vpd_pg80'))
    return page.subarray(4).toString('latin1').replaceAll('\0', '').trim() || null
  } catch {
    return null
  }
}

/** The USB device that a disk hangs on, or null. */
function usbFolderOf(disk: string): string | null {
  try {
    for (let folder = realpathSync(folderOf(disk)); folder !== '/sys/devices' && folder !== '/'; ) {
      if (existsSync(join(folder, 'idVendor'))) return folder
      folder = dirname(folder)
    }
  } catch {
    // It was pulled a moment ago.
  }
  return null
}

function isSdCard(disk: string): boolean {
  return readAttribute(folderOf(disk, 'device/type')) === 'SD'
}

/** All devices of the Btrfs that a device belongs to; the device alone when it belongs to none that is mounted. */
export function btrfsMembers(name: string): string[] {
  const root = '/sys/fs/btrfs'
  const members = listFolder(root).map((id) => listFolder(join(root, id, 'devices')))
  return members.find((devices) => devices.includes(name)) ?? [name]
}

/** The file behind a loop device, or null. */
export function backingFileOf(name: string): string | null {
  return readAttribute(folderOf(name, 'loop/backing_file'))
}
