import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { removeFolder } from './remove-folder.ts'

const run = promisify(execFile)

export type FileSystemType = 'ext4' | 'xfs' | 'btrfs'

const MAKE: Readonly<Record<FileSystemType, readonly string[]>> = {
  ext4: ['mkfs.ext4', '-q', '-m', '0', '-F'],
  xfs: ['mkfs.xfs', '-q', '-f'],
  btrfs: ['mkfs.btrfs', '-q', '-f'],
}

/** On a busy machine a disk that nobody needs any more is let go of within a minute. */
const ATTEMPTS = 600

/** mkfs.xfs refuses less than 300 MB. */
const SMALLEST_MB = 320

export interface LoopDiskOptions {
  readonly type: FileSystemType
  readonly sizeMb?: number
  /** Room behind the disk: with less than its size, write-back fails with an I/O error once it is used up. */
  readonly backingMb?: number
  /** Of the file system; a new one without it. For ext4. */
  readonly uuid?: string
}

/** A real file system on a loop device, mounted. Needs root. Disposing it unmounts, detaches and checks for leaks. */
export class LoopDisk implements AsyncDisposable {
  readonly path: string
  readonly device: string
  readonly #directory: string

  private constructor(directory: string, device: string) {
    this.#directory = directory
    this.path = join(directory, 'mnt')
    this.device = device
  }

  static async mount(options: LoopDiskOptions): Promise<LoopDisk> {
    const sizeMb = Math.max(options.sizeMb ?? SMALLEST_MB, options.type === 'ext4' ? 16 : SMALLEST_MB)
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-loop-'))
    const backing = join(directory, 'backing')
    await mkdir(backing)
    await mkdir(join(directory, 'mnt'))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${options.backingMb ?? sizeMb + 16}m`, 'tmpfs', backing])
    const image = join(backing, 'disk.img')
    await writeFile(image, '')
    await truncate(image, sizeMb * 1024 * 1024)
    const [program = '', ...args] = MAKE[options.type]
    await run(program, [...args, ...(options.uuid ? ['-U', options.uuid] : []), image])
    const { stdout } = await run('losetup', ['--find', '--show', image])
    const disk = new LoopDisk(directory, stdout.trim())
    await run('mount', ['-o', 'noatime', disk.device, disk.path])
    return disk
  }

  async remount(...options: string[]): Promise<void> {
    await run('mount', ['-o', ['remount', ...options].join(','), this.path])
  }

  async unmount(): Promise<void> {
    await untilFree(['umount', this.path])
  }

  /** Mounts it again after {@link unmount}: what is read now comes from the disk, not from memory. */
  async mountAgain(): Promise<void> {
    await run('mount', ['-o', 'noatime', this.device, this.path])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (await isMounted(this.path)) await untilFree(['umount', this.path])
    await run('losetup', ['--detach', this.device])
    await untilFree(['umount', join(this.#directory, 'backing')])
    await removeFolder(this.#directory)
    await this.#untilDetached()
  }

  /** It goes when the last program has closed it that happened to look at it. */
  async #untilDetached(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { stdout } = await run('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'])
      if (!stdout.includes(this.#directory)) return
      await setTimeout(100)
    }
    throw new Error(`the loop device ${this.device} has leaked`)
  }
}

async function isMounted(path: string): Promise<boolean> {
  return (await readFile('/proc/self/mounts', 'utf8')).includes(` ${path} `)
}

/** The kernel lets go of an unmounted disk and a detached loop device a moment later than it says. */
async function untilFree([program = '', ...args]: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run(program, args)
      return
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      await setTimeout(100)
    }
  }
}

/** Why tests with loop devices cannot run here; null when they can. */
export async function loopDiskObstacle(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'loop devices need root'
  try {
    await run('losetup', ['--find'])
    return null
  } catch {
    return 'there are no loop devices'
  }
}
