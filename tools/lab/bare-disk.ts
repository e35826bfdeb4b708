import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { removeFolder } from './remove-folder.ts'

const run = promisify(execFile)

const MAKE: Readonly<Record<string, readonly string[]>> = {
  ext4: ['mkfs.ext4', '-q', '-m', '0', '-F'],
  xfs: ['mkfs.xfs', '-q', '-f'],
  btrfs: ['mkfs.btrfs', '-q', '-f'],
  vfat: ['mkfs.vfat'],
}

export interface BareDiskOptions {
  /** Made on the whole disk; nothing without it. */
  readonly type?: 'ext4' | 'xfs' | 'btrfs' | 'vfat'
  /** Further arguments of mkfs. */
  readonly with?: readonly string[]
  readonly sizeMb?: number
}

/**
 * A disk (a loop device over a file in memory) that is plugged in and not mounted. Needs root. It can be pulled and plugged
 * in again. Disposing it unmounts it wherever it is mounted in this namespace, detaches it and removes its file.
 */
export class BareDisk implements AsyncDisposable {
  device = ''
  readonly image: string
  readonly #directory: string

  private constructor(directory: string) {
    this.#directory = directory
    this.image = join(directory, 'memory', 'disk.img')
  }

  static async create(options: BareDiskOptions = {}): Promise<BareDisk> {
    const sizeMb = options.sizeMb ?? (options.type === 'ext4' ? 32 : 320)
    const disk = await BareDisk.#empty(sizeMb)
    await writeFile(disk.image, '')
    await truncate(disk.image, sizeMb * 1024 * 1024)
    if (options.type) {
      const [program = '', ...args] = MAKE[options.type] ?? []
      await run(program, [...args, ...(options.with ?? []), disk.image])
    }
    await disk.plugIn()
    return disk
  }

  /** A second disk with the very same content, UUID included. */
  async clone(): Promise<BareDisk> {
    const twin = await BareDisk.#empty(640)
    await copyFile(this.image, twin.image)
    await twin.plugIn()
    return twin
  }

  static async #empty(sizeMb: number): Promise<BareDisk> {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-disk-'))
    await mkdir(join(directory, 'memory'))
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb + 16}m`, 'tmpfs', join(directory, 'memory')])
    return new BareDisk(directory)
  }

  async plugIn(options: { readonly readOnly?: boolean } = {}): Promise<void> {
    const flags = options.readOnly ? ['--read-only'] : []
    const { stdout } = await run('losetup', ['--find', '--show', ...flags, this.image])
    this.device = stdout.trim()
  }

  /** Unplugs it while nobody uses it. */
  async unplug(): Promise<void> {
    await eventually(() => run('losetup', ['--detach', this.device]))
    await eventually(async () => {
      if ((await readFile(`/sys/block/${this.device.slice(5)}/size`, 'utf8')).trim() !== '0')
        throw new Error(`${this.device} is still in use`)
    })
    this.device = ''
  }

  /** Unplugs it while it is in use, as far as a loop device can: from now on it has no sectors, and nothing can be written. */
  async pull(): Promise<void> {
    await truncate(this.image, 0)
    await run('losetup', ['--set-capacity', this.device])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.device !== '') {
      for (const mountPoint of await this.#mountPoints())
        await eventually(() => run('umount', [mountPoint]), 20).catch(() => run('umount', ['-l', mountPoint]))
      await this.unplug()
    }
    await eventually(() => run('umount', [join(this.#directory, 'memory')]))
    await removeFolder(this.#directory)
  }

  async #mountPoints(): Promise<string[]> {
    const lines = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' '))
    return lines.flatMap(([source, mountPoint]) => (source === this.device && mountPoint ? [mountPoint] : []))
  }
}

/** On a busy machine a disk that nobody needs any more is let go of within a minute. */
const ATTEMPTS = 600

/** The kernel lets go of a disk a moment later than it says. */
async function eventually(work: () => Promise<unknown>, attempts = ATTEMPTS): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      if (attempt === attempts) throw error
      await setTimeout(100)
    }
  }
}
