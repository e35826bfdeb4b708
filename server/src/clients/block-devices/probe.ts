import { exec } from '../../kit/exec.ts'
import { withPatience } from './machine/patience.ts'
import {
  attachIdOf,
  attachmentsNow,
  blockDevices,
  disksUnder,
  identityOf,
  isReadOnlyDevice,
  nameOf,
  pathOf,
  sizeOf,
} from './machine/sysfs.ts'

/** A file system, or an encrypted container, on a block device of this machine. */
export interface FoundFileSystem {
  /** /dev/sdb1; /dev/mapper/NAME for a mapping. */
  readonly device: string
  /** As the file system writes it: 8-4-4-4-12 digits, or `6BCA-E8FE`, or 16 digits. Two devices may have the same one. */
  readonly uuid: string
  /** ext4, xfs, btrfs, vfat, exfat, ntfs, ...; `crypto_LUKS` for a container that must be unlocked first. */
  readonly type: string
  readonly label: string | null
  readonly sizeBytes: number
  /** The device refuses writes: a switch on the disk, or the kernel. */
  readonly readOnly: boolean
  /** The whole disk it lies on: /dev/sdb. The first one where a mapping spans several. */
  readonly disk: string
  /** Changes with each attach of the disk and with each boot. */
  readonly attachId: string
  readonly serial: string | null
  readonly model: string | null
  /** May be pulled while the machine runs: says so itself, hangs on USB, or is a memory card. */
  readonly removable: boolean
}

/** A sleeping disk takes up to 15 s to spin up; one that answers nothing at all must not hide the others. */
const PATIENCE_MS = 30_000

/**
 * Kernel name of each disk, partition and mapping -> a text that changes with each attach and each change of size. Costs
 * well under a millisecond and does not touch the disks: a poller asks this, and {@link listFileSystems} after a change.
 */
export async function attachments(): Promise<ReadonlyMap<string, string>> {
  return attachmentsNow()
}

/**
 * Every block device with a file system or LUKS container, as it is on the disk at this moment: nothing of what udev or
 * blkid remember. Devices with the same UUID (clones, parts of one Btrfs) are all listed. A device that cannot be read,
 * or whose content nobody recognises for certain, is left out.
 */
export async function listFileSystems(
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FoundFileSystem[]> {
  const found = await Promise.all(blockDevices().map((name) => probe(name, options.signal)))
  return found.filter((one) => one !== null)
}

/** The one file system right on a device, for instance on a container that was unlocked; null when there is none. */
export async function fileSystemOn(
  device: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FoundFileSystem | null> {
  const name = nameOf(device)
  return name === null ? null : await probe(name, options.signal)
}

async function probe(name: string, signal: AbortSignal | undefined): Promise<FoundFileSystem | null> {
  const device = pathOf(name)
  const attachId = attachIdOf(device)
  const values = await contentOf(device, signal)
  const [disk] = disksUnder(name)
  const { UUID_ENC: uuid, TYPE: type, USAGE: usage } = values ?? {}
  // Pulled and another one plugged in while it was looked at: the next look finds that one.
  if (attachId === null || attachId !== attachIdOf(device) || disk === undefined) return null
  if (!uuid || !type || (usage !== 'filesystem' && usage !== 'crypto')) return null
  return {
    device,
    uuid,
    type,
    label: values?.LABEL_ENC || null,
    sizeBytes: sizeOf(name),
    readOnly: isReadOnlyDevice(name) || isReadOnlyDevice(disk),
    disk: pathOf(disk),
    attachId,
    ...identityOf(disk),
  }
}

/** What blkid reads from the device itself (`-p`: no cache); null when it recognises nothing, or too many things. */
async function contentOf(
  device: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, string> | null> {
  const probing = exec('blkid', ['-p', '-o', 'udev', device], { signal, okCodes: 'all' })
  const result = await withPatience(probing, PATIENCE_MS, signal)
  return result?.exitCode === 0 ? parseProbe(result.stdout) : null
}

/**
 * Reads the output of `blkid -o udev`: lines `ID_FS_LABEL_ENC=my\x20disk`, where other letters than ASCII stay as they are. The
 * other formats rewrite them beyond recognition. Exported for tests.
 */
export function parseProbe(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^ID_FS_([A-Z_]+)=(.*)$/s.exec(line) ?? []
      return name && value !== undefined ? [[name, decoded(value)]] : []
    }),
  )
}

function decoded(value: string): string {
  const bytes = Buffer.from(value).toString('latin1')
  const plain = bytes.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(plain, 'latin1').toString()
}
