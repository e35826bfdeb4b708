import { constants, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { HoldfastError } from '@holdfast/contract'
import { folderOf, pathOf, readAttribute } from '../clients/block-devices/machine/sysfs.ts'
import { attachments, type FoundFileSystem, listFileSystems } from '../clients/block-devices/probe.ts'
import { systemDisks } from '../clients/block-devices/system-disks.ts'
import type { Bay, BayFileSystem } from '../engine/vault-port.ts'

/**
 * The bay of this machine. `keep` are paths of what Holdfast lives on: the disks under them count as system disks, as
 * those of the machine do. The list throws `permission-denied` where no block device may be read and none ever was: in a
 * sandbox that is given the disks of a bay alone, an empty bay is one with nothing to read.
 */
export function machineBay(keep: readonly string[]): Bay {
  let hasRead = false
  /** Where udev writes down what it knows of each device; device numbers stay as long as the attach. */
  let notes = new Map<string, string>()
  return {
    async fingerprint() {
      const attached = [...(await attachments())].map((one) => one.join(' '))
      notes = new Map(attached.map((one) => [one, notes.get(one) ?? noteOf(one)]))
      return [...notes].map(([one, note]) => `${one} ${changedAt(note)}`).join('\n')
    },

    async list(signal) {
      const found = await listFileSystems({ signal })
      hasRead ||= found.length > 0
      if (!hasRead) await requireReadable([...(await attachments()).keys()].map(pathOf))
      const system = await systemDisks(keep)
      return withoutUnlocked(found).map((one) => toBay(one, system))
    },
  }
}

function noteOf(attached: string): string {
  const [name = ''] = attached.split(' ')
  return `/run/udev/data/b${readAttribute(folderOf(name, 'dev'))}`
}

/** When udev last looked at what is on a device: after it was formatted, for one. Nothing where udev does not run. */
function changedAt(note: string): number | null {
  return statSync(note, { throwIfNoEntry: false })?.mtimeMs ?? null
}

/**
 * Without what unlocked containers show: that is gone once they are locked again, and a set knows the UUID of the
 * container. Exported for tests.
 */
export function withoutUnlocked(found: readonly FoundFileSystem[]): FoundFileSystem[] {
  const locked = new Set(found.filter(({ type }) => type === 'crypto_LUKS').map(({ attachId }) => attachId))
  return found.filter(({ device, attachId }) => !(device.startsWith('/dev/mapper/') && locked.has(attachId)))
}

function toBay(
  { disk, readOnly, removable, ...rest }: FoundFileSystem,
  system: ReadonlySet<string>,
): BayFileSystem {
  return { ...rest, isSystem: system.has(disk) }
}

/** By opening them: access(2) does not count the capabilities of a process that is not root. */
async function requireReadable(devices: readonly string[]): Promise<void> {
  let problem: NodeJS.ErrnoException | null = null
  for (const device of devices) {
    try {
      const handle = await open(device, constants.O_RDONLY | constants.O_NONBLOCK)
      await handle.close()
      return
    } catch (error) {
      problem ??= error as NodeJS.ErrnoException
    }
  }
  if (problem === null) return
  throw new HoldfastError(
    'permission-denied',
    `no block device of this machine can be read: ${problem.code}`,
    {
      details: { devices: [...devices] },
      cause: problem,
    },
  )
}
