import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type FileSystemType, LoopDisk, type LoopDiskOptions } from '../../../../../tools/lab/loop-disk.ts'
import { removeFolder } from '../../../../../tools/lab/remove-folder.ts'
import { MOUNTS } from '../../../clients/block-devices/machine/as-root.ts'
import { diskCopy } from '../../../drivers/disk-copy/index.ts'
import { type EngineLab, openEngineLab } from '../../../engine/testkit/engine-lab.ts'
import { mounts } from '../../../kit/mounts.ts'

export const anna = { by: 'user:anna' }

export type TestDisk = LoopDisk & { readonly uuid: string }

/** An engine with a source folder and real disks on loop devices, which are not mounted. */
export class DiskSetLab implements AsyncDisposable {
  readonly engine: EngineLab
  readonly directory: string
  readonly #disks: LoopDisk[] = []

  private constructor(engine: EngineLab, directory: string) {
    this.engine = engine
    this.directory = directory
  }

  static async open(): Promise<DiskSetLab> {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-set-'))
    await mkdir(join(directory, 'source'))
    await writeFile(join(directory, 'source', 'letter'), 'dear reader\n')
    return new DiskSetLab(await openEngineLab([diskCopy]), directory)
  }

  get source(): string {
    return join(this.directory, 'source')
  }

  async plugIn(type: FileSystemType = 'ext4', options: Partial<LoopDiskOptions> = {}): Promise<TestDisk> {
    const disk = await LoopDisk.mount({ type, ...options })
    await disk.unmount()
    this.#disks.push(disk)
    return Object.assign(disk, { uuid: uuidOf(disk.device) })
  }

  /** Where a run has it mounted right now. */
  async mountPointOf({ device }: LoopDisk): Promise<string> {
    const found = (await mounts()).find(
      ({ source, mountPoint }) => source === device && mountPoint.startsWith(`${MOUNTS}/`),
    )
    if (!found) throw new Error(`${device} is not mounted by a run`)
    return found.mountPoint
  }

  /** Out of the bay for good. */
  async takeAway(disk: LoopDisk): Promise<void> {
    this.#disks.splice(this.#disks.indexOf(disk), 1)
    await disk[Symbol.asyncDispose]()
  }

  async configure(
    disks: { uuid: string; label: string; passphrase?: object }[],
    job: object = {},
  ): Promise<void> {
    await this.engine.apply({
      vaults: [{ name: 'rotating', kind: 'disk-set', disks, minFree: '1MiB', rotation: '14d' }],
      policies: [{ name: 'two', retention: { keepLast: 2 }, verification: { afterRun: 'full' } }],
      jobs: [
        {
          name: 'files',
          kind: 'disk-copy',
          vault: 'rotating',
          policy: 'two',
          config: { source: this.source },
          ...job,
        },
      ],
    })
  }

  start() {
    return this.engine.control.startJob('files', anna)
  }

  /** Runs the job and waits for its end. */
  async run() {
    return await this.engine.finished((await this.start()).id)
  }

  async expectNothingLeft(): Promise<void> {
    const ours = (await mounts()).filter(({ mountPoint }) => mountPoint.startsWith('/run/holdfast/mounts/'))
    const own = this.#disks.map(({ device }) => device)
    expect(ours.filter(({ source }) => own.includes(source))).toEqual([])
    expect(await this.engine.deps.store.journal.orphans()).toEqual([])
    expect(await this.engine.control.listLocks()).toEqual([])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine[Symbol.asyncDispose]()
    for (const disk of this.#disks.splice(0)) await disk[Symbol.asyncDispose]()
    await removeFolder(this.directory)
  }
}

export function uuidOf(device: string): string {
  return execFileSync('blkid', ['-p', '-s', 'UUID', '-o', 'value', device], { encoding: 'utf8' }).trim()
}
