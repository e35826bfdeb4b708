import type { DiskHealth, DiskSetSpec } from '@holdfast/contract'
import { listFileSystems } from '../../clients/block-devices/probe.ts'
import { readHealth } from '../../clients/block-devices/smart/smart.ts'
import { systemDisks } from '../../clients/block-devices/system-disks.ts'
import { say } from '../../domain/phrases/engine-phrases.ts'
import type { ResourceKind } from '../../drivers/driver.ts'
import type { VaultContext, VaultNeed } from '../../engine/vault-port.ts'
import { type MountData, type MountedDisk, newMountName } from './disk-mount.ts'
import { DiskSession } from './disk-session.ts'
import { type DiskInBay, findDisk, LUKS, refuseFileSystem } from './find-disk.ts'

export interface DiskSetDeps {
  readonly mountKind: ResourceKind<MountData, MountedDisk>
  /** What Holdfast itself lives on: its disk is none for copies. */
  readonly ownPaths: readonly string[]
}

/** Finds a disk of the set, unlocks and mounts it, and takes its lock. */
export async function openDisk(
  deps: DiskSetDeps,
  cx: VaultContext,
  set: DiskSetSpec & { id: string },
  need: VaultNeed,
): Promise<DiskSession> {
  const inBay = await cx.step('find-disk', async () => {
    const [found, system] = await Promise.all([
      listFileSystems({ signal: cx.signal }),
      systemDisks(deps.ownPaths),
    ])
    const chosen = findDisk(set, need.disk, found, system)
    const { device, type, sizeBytes, model, serial } = chosen.device
    cx.log.info('disk found', {
      disk: chosen.disk.label,
      uuid: chosen.disk.uuid,
      device,
      type,
      sizeBytes,
      model,
      serial,
    })
    return chosen
  })
  if (inBay.device.type !== LUKS) refuseFileSystem(inBay.disk, inBay.device.type)
  const health =
    need.access === 'read-write' ? await cx.step('check-disk', () => checkHealth(cx, inBay)) : null
  const mounted = await cx.step(inBay.device.type === LUKS ? 'unlock-and-mount' : 'mount-disk', () =>
    cx.acquire(deps.mountKind, {
      uuid: inBay.disk.uuid,
      mountName: newMountName(inBay.disk.uuid),
      device: inBay.device.device,
      attachId: inBay.device.attachId,
      type: inBay.device.type,
      access: need.access,
      passphrase: inBay.disk.passphrase ?? null,
    }),
  )
  try {
    refuseFileSystem(inBay.disk, mounted.handle.fileSystem)
    return await DiskSession.begin(cx, { set, inBay, mounted, need, health })
  } catch (error) {
    await mounted.release()
    throw error
  }
}

async function checkHealth(cx: VaultContext, { disk, device }: DiskInBay): Promise<DiskHealth> {
  const health = await readHealth(device.disk, { signal: cx.signal })
  cx.log.info('what the disk says about its health', { ...health })
  if (health.status === 'failing') cx.warn(say('warning.diskFailing', { disk: disk.label }))
  return health
}
