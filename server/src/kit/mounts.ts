import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

export interface Mount {
  readonly mountPoint: string
  readonly type: string
  readonly source: string
  readonly readOnly: boolean
  /** `major:minor` of the file system: the same for every mount of it. */
  readonly device: string
  /** The folder of that file system that is shown at the mount point; another one than `/` for a bind mount. */
  readonly root: string
}

/** Octal escapes of /proc: space, tab, newline and backslash in a path. */
function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/** Reads the text of /proc/self/mountinfo; its format is described in proc_pid_mountinfo(5). */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [head, tail] = line.split(' - ')
    const [, , device, root, mountPoint, options] = head?.split(' ') ?? []
    const [type, source] = tail?.split(' ') ?? []
    if (!mountPoint || !options || !type || source === undefined || !device || !root) return []
    const readOnly =
      options.split(',').includes('ro') || (tail?.split(' ')[2] ?? '').split(',').includes('ro')
    return [
      {
        mountPoint: unescapeOctal(mountPoint),
        type,
        source: unescapeOctal(source),
        readOnly,
        device,
        root: unescapeOctal(root),
      },
    ]
  })
}

/** What this process sees as mounted, in the order of mounting. */
export async function mounts(): Promise<Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8'))
}

/** True when something is mounted right there; bind mounts count. The path must be free of symlinks. */
export async function isMountPoint(path: string): Promise<boolean> {
  return (await mounts()).some((mount) => mount.mountPoint === path)
}

/** Where a path lies on its file system, whatever the mount is called through which it was reached. */
interface Place {
  readonly device: string
  readonly path: string
}

/** True when `inner` is `outer` or lies in it. Both absolute, without `.`, `..` or symlinks. */
export function isInside(inner: string, outer: string): boolean {
  return inner === outer || outer === '/' || inner.startsWith(`${outer}/`)
}

/** The mount that an absolute path lies on: the last one at the longest mount point is the one that is seen. */
export function mountOf(path: string, all: readonly Mount[]): Mount | undefined {
  let found: Mount | undefined
  for (const mount of all) {
    if (!isInside(path, mount.mountPoint)) continue
    if (mount.mountPoint.length >= (found?.mountPoint.length ?? 0)) found = mount
  }
  return found
}

/** The place of a path, and those of everything mounted below it. */
function placesOf(path: string, all: readonly Mount[]): Place[] {
  const own = mountOf(path, all)
  const below = all.filter(({ mountPoint }) => mountPoint !== path && isInside(mountPoint, path))
  return [
    ...(own ? [{ device: own.device, path: join(own.root, relative(own.mountPoint, path)) }] : []),
    ...below.map(({ device, root }) => ({ device, path: root })),
  ]
}

/**
 * True when one of two paths lies in or around the other: by name, or because mounts show the same folder under both.
 * Both absolute, without symlinks; they need not exist. An overlay and what it is made of count as two.
 */
export function overlap(a: string, b: string, all: readonly Mount[]): boolean {
  if (isInside(a, b) || isInside(b, a)) return true
  const others = placesOf(b, all)
  return placesOf(a, all).some(({ device, path }) =>
    others.some(
      (other) => other.device === device && (isInside(path, other.path) || isInside(other.path, path)),
    ),
  )
}

/** Every name under which mounts show a folder: the path itself first. */
export function namesOf(path: string, all: readonly Mount[]): string[] {
  const own = mountOf(path, all)
  if (!own) return [path]
  const place = join(own.root, relative(own.mountPoint, path))
  const others = all
    .filter((mount) => mount !== own && mount.device === own.device && isInside(place, mount.root))
    .map((mount) => join(mount.mountPoint, relative(mount.root, place)))
  return [...new Set([path, ...others])]
}
