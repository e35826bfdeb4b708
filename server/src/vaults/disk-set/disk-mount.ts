import { mkdir, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HoldfastError, type SecretReference, secretReference } from '@holdfast/contract'
import { z } from 'zod'
import { lock, unlock } from '../../clients/block-devices/luks.ts'
import { MOUNTS } from '../../clients/block-devices/machine/as-root.ts'
import { mountDevice, unmount } from '../../clients/block-devices/mount.ts'
import { isAttached } from '../../clients/block-devices/presence.ts'
import { fileSystemOn } from '../../clients/block-devices/probe.ts'
import type { ResourceKind } from '../../drivers/driver.ts'

const mountData = z.object({
  /** Of the file system, or of the LUKS container: as the disk set names it. */
  uuid: z.string(),
  device: z.string(),
  attachId: z.string(),
  type: z.string(),
  access: z.enum(['read-only', 'read-write']),
  /** Where the passphrase of an encrypted disk is read from; never the passphrase. */
  passphrase: secretReference.nullable(),
})
export type MountData = z.infer<typeof mountData>

export interface MountedDisk {
  readonly mountPoint: string
  /** The device that bears the file system: of an encrypted disk the open one. */
  readonly device: string
  /** Of the file system itself. */
  readonly uuid: string
  readonly fileSystem: string
}

/** Where a disk is mounted while a run uses it. Its parent belongs to root: nobody can plant a link there. */
export function mountPointOf(uuid: string): string {
  return `${MOUNTS}/${uuid}`
}

export type ResolvePassphrase = (reference: SecretReference) => Promise<string>

/**
 * A disk of a set, unlocked and mounted. What a dead process left is undone from the data alone: the mount, where the disk
 * is gone lazily, then the LUKS mapping, then the empty directory.
 */
export function diskMountKind(resolvePassphrase: ResolvePassphrase): ResourceKind<MountData, MountedDisk> {
  return {
    kind: 'disk-mount',
    scope: 'host',
    data: mountData,
    async acquire(data, { signal }) {
      const inner = await openDevice(data, resolvePassphrase, signal)
      const mountPoint = mountPointOf(data.uuid)
      await mkdir(dirname(mountPoint), { recursive: true, mode: 0o755 })
      await mkdir(mountPoint, { recursive: true, mode: 0o700 })
      await mountInner(inner, { mountPoint, access: data.access, signal })
      return { mountPoint, device: inner.device, uuid: inner.uuid, fileSystem: inner.type }
    },
    async release(data) {
      await unmount(mountPointOf(data.uuid), { lazy: !isAttached(data) })
      await lock(data.uuid)
      await removeMountPoint(data.uuid)
    },
  }
}

interface InnerDevice {
  readonly device: string
  readonly uuid: string
  readonly type: string
}

async function openDevice(
  data: MountData,
  resolvePassphrase: ResolvePassphrase,
  signal: AbortSignal,
): Promise<InnerDevice> {
  const { device, uuid, type, passphrase } = data
  if (type !== 'crypto_LUKS') return { device, uuid, type }
  if (passphrase === null) {
    throw new HoldfastError(
      'disk-unlock-failed',
      `the disk ${uuid} is encrypted and the disk set has no passphrase for it`,
      {
        hint: 'Enter the passphrase of this disk in its disk set.',
        details: { uuid, device },
      },
    )
  }
  const secret = await resolvePassphrase(passphrase)
  const mapping = await unlock({ device, uuid, name: uuid, passphrase: secret, signal })
  const inside = await fileSystemOn(mapping, { signal })
  if (inside) return { device: mapping, uuid: inside.uuid, type: inside.type }
  throw new HoldfastError(
    'file-system-unsupported',
    `the encrypted disk ${uuid} holds no file system that is known`,
    {
      details: { uuid, device },
    },
  )
}

/** Mounts once more what is open already, for instance for reading only. */
export async function mountInner(
  inner: InnerDevice,
  how: { mountPoint: string; access: MountData['access']; signal: AbortSignal },
): Promise<void> {
  await mountDevice({
    device: inner.device,
    uuid: inner.uuid,
    mountPoint: how.mountPoint,
    readOnly: how.access === 'read-only',
    fsType: inner.type,
    signal: how.signal,
  })
}

/** rmdir takes nothing but an empty directory: never what somebody has put there. */
async function removeMountPoint(uuid: string): Promise<void> {
  await rmdir(mountPointOf(uuid)).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EBUSY'].includes(error.code ?? '')) throw error
  })
}
