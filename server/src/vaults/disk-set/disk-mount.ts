import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rmdir } from 'node:fs/promises'
import { HoldfastError, type SecretReference, secretReference } from '@holdfast/contract'
import { z } from 'zod'
import { lock, unlock } from '../../clients/block-devices/luks.ts'
import { MOUNTS } from '../../clients/block-devices/machine/as-root.ts'
import { mountDevice, unmount } from '../../clients/block-devices/mount.ts'
import { isAttached } from '../../clients/block-devices/presence.ts'
import { fileSystemOn } from '../../clients/block-devices/probe.ts'
import type { ResourceKind } from '../../drivers/driver.ts'
import { type FileLock, lockFile } from '../../kit/flock.ts'

const mountData = z.object({
  /** Of the file system, or of the LUKS container: as the disk set names it. */
  uuid: z.string(),
  /** Another one each time, so that giving back an old mount never takes away a later one. */
  mountName: z.string().regex(/^[0-9a-z-]{4,64}$/),
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
  /** Held as long as the disk is used, mounted or not: one user at a time on this machine, whatever process it is. */
  readonly claim: FileLock
}

export function newMountName(uuid: string): string {
  return `${uuid}-${randomBytes(4).toString('hex')}`
}

export type ResolvePassphrase = (reference: SecretReference) => Promise<string>

/**
 * A disk of a set, unlocked and mounted. What a dead process left is undone from the data alone: the mount, where the disk
 * is gone lazily, the empty directory, and the LUKS mapping unless somebody else uses the disk by now.
 */
export function diskMountKind(resolvePassphrase: ResolvePassphrase): ResourceKind<MountData, MountedDisk> {
  return {
    kind: 'disk-mount',
    scope: 'host',
    data: mountData,
    async acquire(data, { signal }) {
      // Its parent belongs to root alone: nobody plants a link there, or keeps a disk busy by standing in it.
      await mkdir(MOUNTS, { recursive: true, mode: 0o700 })
      const claim = await claimDisk(data.uuid)
      try {
        await clearLeftovers(data)
        const inner = await openDevice(data, resolvePassphrase, signal)
        const mountPoint = mountPointOf(data)
        await mkdir(mountPoint, { mode: 0o700 })
        await mountInner(inner, { mountPoint, access: data.access, signal })
        return { mountPoint, device: inner.device, uuid: inner.uuid, fileSystem: inner.type, claim }
      } catch (error) {
        await giveBack(data, claim).catch(() => {})
        throw error
      }
    },
    async release(data, { handle }) {
      if (handle) return await giveBack(data, handle.claim)
      await unmountOwn(data)
      const claim = await lockFile(claimFileOf(data.uuid), 'exclusive', 0)
      if (claim) await giveBack(data, claim)
    },
  }
}

function mountPointOf({ mountName }: MountData): string {
  return `${MOUNTS}/${mountName}`
}

function claimFileOf(uuid: string): string {
  return `${MOUNTS}/${uuid}.lock`
}

/** Throws `lock-held` while another process of this machine uses the disk. */
async function claimDisk(uuid: string): Promise<FileLock> {
  const claim = await lockFile(claimFileOf(uuid), 'exclusive', 0)
  if (claim) return claim
  throw new HoldfastError('lock-held', `the disk ${uuid} is in use by another process of Holdfast`, {
    hint: 'Wait for its end: a run, a preview, or a command on this machine.',
    details: { uuid },
  })
}

async function giveBack(data: MountData, claim: FileLock): Promise<void> {
  try {
    await unmountOwn(data)
    await lock(data.uuid)
  } finally {
    // What is stuck is tried again from the journal, which takes the claim anew.
    claim.release()
  }
}

async function unmountOwn(data: MountData): Promise<void> {
  await unmount(mountPointOf(data), { lazy: !isAttached(data) })
  // rmdir takes nothing but an empty directory: never what somebody has put there.
  await rmdir(mountPointOf(data)).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOENT', 'ENOTEMPTY', 'EBUSY'].includes(error.code ?? '')) throw error
  })
}

/** Whoever holds the claim is the only one to use the disk: what is mounted of it was left by a process that died. */
async function clearLeftovers({ uuid }: MountData): Promise<void> {
  for (const name of await readdir(MOUNTS)) {
    if (!name.startsWith(`${uuid}-`)) continue
    await unmount(`${MOUNTS}/${name}`)
    await rmdir(`${MOUNTS}/${name}`).catch(() => {})
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
  if (type !== 'crypto_LUKS') {
    if (passphrase === null) return { device, uuid, type }
    throw new HoldfastError('disk-unlock-failed', `the disk ${uuid} should be encrypted and is not`, {
      hint: 'Nothing is copied to it in clear text. If it was formatted anew without encryption on purpose, remove its passphrase from the disk set.',
      details: { uuid, device },
    })
  }
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
