import { randomBytes } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobSpec, type RestorePoint } from '@holdfast/contract'
import { removeFolder } from '../../../../tools/lab/remove-folder.ts'
import { newId } from '../../kit/ids.ts'
import type { FoundPoint, Job, RunResult } from '../driver.ts'
import { asRestorePoint, TestContext, type TestContextOptions, TestWorld } from '../test-context.ts'
import { type DiskCopyConfig, diskCopyConfig } from './config.ts'
import { diskCopy } from './index.ts'
import type { DiskCopyPlan } from './planning/plan.ts'
import { diskCopyPoints } from './points/points.ts'

export interface BenchOptions {
  readonly source?: string
  readonly vault?: string
  readonly config?: Record<string, unknown>
}

/** A source, a vault and a job between them, on real directories. For tests. */
export class Bench implements AsyncDisposable {
  readonly directory: string
  readonly source: string
  readonly vaultPath: string
  readonly job: Job<DiskCopyConfig>
  world = new TestWorld()

  private constructor(directory: string, options: BenchOptions) {
    this.directory = directory
    this.source = options.source ?? join(directory, 'source')
    this.vaultPath = options.vault ?? join(directory, 'vault')
    const config = diskCopyConfig.parse({ source: this.source, ...options.config })
    this.job = {
      id: newId('job'),
      name: 'files',
      kind: 'disk-copy',
      spec: jobSpec.parse({ name: 'files', kind: 'disk-copy' }),
      config,
      node: null,
      nodes: {},
      vault: { id: newId('vault'), name: 'disk', path: this.vaultPath, minFreeBytes: 0, disk: null },
      policy: null,
    }
  }

  static async open(options: BenchOptions = {}): Promise<Bench> {
    const bench = new Bench(await mkdtemp(join(tmpdir(), 'holdfast-bench-')), options)
    await mkdir(bench.source, { recursive: true })
    return bench
  }

  context(options: TestContextOptions = {}): TestContext<DiskCopyConfig> {
    return new TestContext(this.job, this.world, options)
  }

  get vault() {
    if (!this.job.vault) throw new Error('the bench has a vault')
    return this.job.vault
  }

  get jobDirectory(): string {
    return join(this.vaultPath, this.job.id)
  }

  async fill(files: Record<string, string | Buffer>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      const path = join(this.source, name)
      await mkdir(join(path, '..'), { recursive: true })
      await writeFile(path, content)
    }
  }

  async fillWith(count: number, sizeBytes: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      await this.fill({ [`d${index % 10}/f${index}.dat`]: randomBytes(sizeBytes) })
    }
  }

  async run(
    cx = this.context(),
    planned?: DiskCopyPlan,
  ): Promise<{ cx: TestContext<DiskCopyConfig>; result: RunResult }> {
    const plan = planned ?? (await diskCopy.plan(cx))
    // The engine makes the directory of a fresh vault before it lets a job write there.
    await mkdir(this.vaultPath, { recursive: true })
    return { cx, result: await diskCopy.run(cx, plan) }
  }

  async list(): Promise<FoundPoint[]> {
    const found: FoundPoint[] = []
    for await (const point of diskCopyPoints.list(this.vault, this.context())) found.push(point)
    return found
  }

  async newest(): Promise<RestorePoint> {
    const [found] = await this.list()
    if (!found) throw new Error('there is no restore point')
    return asRestorePoint(found)
  }

  dataOf(point: { location: string }): string {
    return join(this.vaultPath, point.location, 'data')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.directory)
  }
}

/** Every path below a directory with what can be seen of it: for "nothing has changed" and "this is the same". */
export async function snapshotOf(directory: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const names = await readdir(directory, { recursive: true }).catch(() => [])
  for (const name of names.sort()) {
    const path = join(directory, name)
    const stat = lstatSync(path, { bigint: true })
    const facts = `${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${stat.ino} ${stat.mtimeNs} ${stat.nlink}`
    const content = stat.isSymbolicLink()
      ? await readlink(path)
      : stat.isFile()
        ? (await readFile(path)).toString('base64')
        : ''
    found[name] = `${facts} ${content}`
  }
  return found
}
