import { readdir, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { PlanGuard } from '@holdfast/contract'
import { type Mount, mountOf, mounts } from '../../../kit/mounts.ts'
import type { SourceMount } from '../on-vault/generations.ts'
import { say } from '../texts/texts.ts'

const BY_UUID = '/dev/disk/by-uuid'

/** The mount that the source lies on; null on the file system of the machine itself. The path is free of symlinks. */
export async function findSourceMount(path: string): Promise<SourceMount | null> {
  const mount = mountOf(path, await mounts())
  if (!mount || mount.mountPoint === '/') return null
  const { mountPoint, type, source } = mount
  return { mountPoint, type, source, uuid: await uuidOf(mount) }
}

/** As udev knows it; null without udev, and for what lies on no device. */
async function uuidOf({ source }: Mount): Promise<string | null> {
  if (!source.startsWith('/dev/')) return null
  for (const uuid of await readdir(BY_UUID).catch((): string[] => [])) {
    const device = await readlink(join(BY_UUID, uuid)).catch(() => '')
    if (basename(device) === basename(source)) return uuid
  }
  return null
}

/**
 * Whether another file system lies at the source than when the last restore point was made. Names of devices change from
 * start to start: of those only the UUID counts, where both are known.
 */
export function findUnmounted(before: SourceMount | null, now: SourceMount | null): PlanGuard[] {
  if (before === null || isSame(before, now)) return []
  const was = `${before.source} (${before.type})`
  const is = now === null ? '/' : `${now.mountPoint}: ${now.source} (${now.type})`
  const message = say('found.unmounted', { mountPoint: before.mountPoint, was, is })
  return [{ code: 'source-unmounted', message }]
}

function isSame(before: SourceMount, now: SourceMount | null): boolean {
  if (now === null || now.mountPoint !== before.mountPoint || now.type !== before.type) return false
  const isDevice = before.source.startsWith('/dev/') && now.source.startsWith('/dev/')
  if (!isDevice) return before.source === now.source
  return before.uuid === null || now.uuid === null || before.uuid === now.uuid
}
