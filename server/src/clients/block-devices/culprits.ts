import { readdir, readFile, readlink } from 'node:fs/promises'
import { isInside, mounts, parseMounts } from '../../kit/mounts.ts'
import { backingFileOf, blockDevices, holdersOf, nameOf, numberOf, pathOf } from './machine/sysfs.ts'

/** Something that keeps a disk in use. */
export interface Culprit {
  /** Null for what is no process: a mount inside, a loop device, a mapping. */
  readonly pid: number | null
  /** The program's short name, or what it is. */
  readonly name: string
  /** What it holds: a path, or where the disk is mounted. */
  readonly holds: string
}

/**
 * Who keeps a mount point from being unmounted: processes that have their working folder, root, program, an open or a mapped
 * file there, mounts below it, and loop devices whose file lies there. Of processes of other users only root sees it all.
 */
export async function culpritsOfMount(mountPoint: string): Promise<Culprit[]> {
  const below = (await mounts()).filter(
    (mount) => mount.mountPoint !== mountPoint && isInside(mount.mountPoint, mountPoint),
  )
  const loops = blockDevices().filter((name) => isInside(backingFileOf(name) ?? '', mountPoint))
  return [
    ...(await ofEachProcess((pid) => pathHeld(pid, mountPoint))),
    ...below.map((mount) => ({ pid: null, name: 'a mount', holds: mount.mountPoint })),
    ...loops.map((name) => ({
      pid: null,
      name: `loop device ${pathOf(name)}`,
      holds: backingFileOf(name) ?? '',
    })),
  ]
}

/**
 * Who keeps a block device from being opened exclusively: its mounts, also those of processes that live in a mount
 * namespace of their own (one of each namespace is named), and mappings made of it.
 */
export async function culpritsOfDevice(device: string): Promise<Culprit[]> {
  const name = nameOf(device)
  const own = (await mounts()).filter((mount) => isOf(device, mount)).map(({ mountPoint }) => mountPoint)
  const seen = new Set([await namespaceOf('self')])
  const elsewhere = await ofEachProcess(async (pid) => {
    const namespace = await namespaceOf(pid)
    if (seen.has(namespace)) return null
    seen.add(namespace)
    const there = parseMounts(await readFile(`/proc/${pid}/mountinfo`, 'utf8'))
    return there.find((mount) => isOf(device, mount))?.mountPoint ?? null
  })
  return [
    ...own.map((holds) => ({ pid: null, name: 'a mount', holds })),
    ...elsewhere.map(({ pid, name: program, holds }) => ({
      pid,
      name: program,
      holds: `${holds} (in a mount namespace of its own)`,
    })),
    ...(name === null ? [] : holdersOf(name)).map((holder) => ({
      pid: null,
      name: 'a mapping',
      holds: pathOf(holder),
    })),
  ]
}

/** For a message: at most five of them. */
export function namesOfCulprits(culprits: readonly Culprit[]): string {
  if (culprits.length === 0) return 'a program that Holdfast may not look into'
  const named = culprits
    .slice(0, 5)
    .map(({ pid, name, holds }) => `${name}${pid === null ? '' : ` (process ${pid})`} holds ${holds}`)
  const more = culprits.length - named.length
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** Btrfs has a number of its own in the list of mounts: there the device is known by its path. */
export function isOf(device: string, mount: { readonly device: string; readonly source: string }): boolean {
  const number = numberOf(device)
  return number !== null && (mount.device === number || numberOf(mount.source) === number)
}

async function ofEachProcess(holds: (pid: string) => Promise<string | null>): Promise<Culprit[]> {
  const found: Culprit[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      const held = await holds(pid)
      if (held === null) continue
      const name = (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
      found.push({ pid: Number(pid), name, holds: held })
    } catch {
      // It has ended in between, or it belongs to another user and this process may not look into it.
    }
  }
  return found
}

/** The first thing below a folder that a process holds. Links are read and not followed: that cannot hang on a dying disk. */
async function pathHeld(pid: string, folder: string): Promise<string | null> {
  const own = `/proc/${pid}`
  const open = (await readdir(`${own}/fd`).catch(() => [])).map((fd) => `fd/${fd}`)
  for (const link of ['cwd', 'root', 'exe', ...open]) {
    const target = await readlink(`${own}/${link}`).catch(() => '')
    if (isInside(target, folder)) return target
  }
  const maps = await readFile(`${own}/maps`, 'utf8').catch(() => '')
  const mapped = maps.split('\n').map((line) => line.slice(line.indexOf('/')))
  return mapped.find((path) => isInside(path, folder)) ?? null
}

async function namespaceOf(pid: string): Promise<string> {
  return await readlink(`/proc/${pid}/ns/mnt`)
}
