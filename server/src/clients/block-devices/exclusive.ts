import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'

/** The kernel lets go of a disk a moment after the last program that used it has ended. */
const PATIENCE_MS = 500
const PAUSE_MS = 50

/**
 * True when nobody uses a block device: no mount in any namespace, no mapping, no RAID set, no swap. Only then may a disk
 * be pulled: an unmount that was lazy, or that happened in one namespace only, leaves it in use without a trace. The device
 * is opened for reading: closing one that was open for writing makes udev look at it again, as if it were new. Throws
 * `disk-removed` when it is gone, and `permission-denied`.
 */
export async function openExclusively(device: string): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS
  while (!(await tryToOpen(device))) {
    if (performance.now() > until) return false
    await setTimeout(PAUSE_MS)
  }
  return true
}

async function tryToOpen(device: string): Promise<boolean> {
  try {
    const handle = await open(device, constants.O_RDONLY | constants.O_EXCL | constants.O_NONBLOCK)
    await handle.close()
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EBUSY') return false
    const options = { details: { device, errno: code ?? null }, cause: error }
    if (code === 'EACCES' || code === 'EPERM')
      throw new HoldfastError('permission-denied', `Holdfast may not open ${device}`, options)
    throw new HoldfastError('disk-removed', `${device} cannot be opened: ${code}`, options)
  }
}
