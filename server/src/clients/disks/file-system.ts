import { readFile, statfs } from 'node:fs/promises'

export interface FileSystemSpace {
  readonly totalBytes: number
  /** What an ordinary user may still write: the reserve of root is not counted. */
  readonly freeBytes: number
  /** Files that can still be created; null where the file system makes room for them as it goes. */
  readonly freeInodes: number | null
}

export async function fileSystemSpace(path: string): Promise<FileSystemSpace> {
  const facts = await statfs(path)
  return {
    totalBytes: facts.blocks * facts.bsize,
    freeBytes: facts.bavail * facts.bsize,
    freeInodes: facts.files > 0 ? facts.ffree : null,
  }
}

export interface Mount {
  readonly mountPoint: string
  readonly type: string
  readonly source: string
  readonly readOnly: boolean
}

/** Octal escapes of /proc: space, tab, newline and backslash in a path. */
function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}

/** Reads the text of /proc/self/mountinfo; its format is described in proc_pid_mountinfo(5). */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [head, tail] = line.split(' - ')
    const [, , , , mountPoint, options] = head?.split(' ') ?? []
    const [type, source] = tail?.split(' ') ?? []
    if (!mountPoint || !options || !type || source === undefined) return []
    const readOnly =
      options.split(',').includes('ro') || (tail?.split(' ')[2] ?? '').split(',').includes('ro')
    return [{ mountPoint: unescapeOctal(mountPoint), type, source: unescapeOctal(source), readOnly }]
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
