import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobSpec, nodeSpec, type RestorePoint } from '@holdfast/contract'
import type { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { removeFolder } from '../../../../../tools/lab/remove-folder.ts'
import { newId } from '../../../kit/ids.ts'
import type { FoundPoint, Job, Node, RestoreInput, RunResult, Vault } from '../../driver.ts'
import { asRestorePoint, TestContext, type TestContextOptions, TestWorld } from '../../test-context.ts'
import { type InfluxdbCopyConfig, influxdbCopyConfig } from '../config.ts'
import { influxdbCopy } from '../index.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'
import { influxdbPoints } from '../points/points.ts'

export interface VaultBenchOptions {
  readonly config?: Record<string, unknown>
  /** Where the vault is; a folder of its own without it. */
  readonly vaultPath?: string
}

/** A job that saves databases of a real server in a vault. For tests. */
export class VaultBench implements AsyncDisposable {
  readonly directory: string
  readonly source: InfluxLab
  readonly vault: Vault
  job: Job<InfluxdbCopyConfig>
  world = new TestWorld()

  private constructor(directory: string, source: InfluxLab, options: VaultBenchOptions) {
    this.directory = directory
    this.source = source
    const path = options.vaultPath ?? join(directory, 'vault')
    this.vault = { id: newId('vault'), name: 'disk', path, minFreeBytes: 0, disk: null }
    const node = nodeOf('source', source)
    this.job = {
      id: newId('job'),
      name: 'save',
      kind: 'influxdb-copy',
      spec: jobSpec.parse({ name: 'save', kind: 'influxdb-copy', vault: 'disk' }),
      config: influxdbCopyConfig.parse(options.config ?? {}),
      node,
      nodes: { source: node },
      vault: this.vault,
      policy: null,
    }
  }

  static async open(source: InfluxLab, options: VaultBenchOptions = {}): Promise<VaultBench> {
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-influx-vault-'))
    return new VaultBench(directory, source, options)
  }

  get jobDirectory(): string {
    return join(this.vault.path, this.job.id)
  }

  /** The same job goes on with other settings. */
  set(config: Record<string, unknown>): void {
    this.job = { ...this.job, config: influxdbCopyConfig.parse(config) }
  }

  context(options: TestContextOptions = {}): TestContext<InfluxdbCopyConfig> {
    if (this.source.login) this.world.secrets.set('source-password', this.source.login.password)
    return new TestContext(this.job, this.world, options)
  }

  async run(
    cx: TestContext<InfluxdbCopyConfig> = this.context(),
  ): Promise<{ plan: InfluxdbCopyPlan; result: RunResult; cx: TestContext<InfluxdbCopyConfig> }> {
    const plan = await influxdbCopy.plan(cx)
    // The engine makes the directory of a fresh vault before it lets a job write there.
    await mkdir(this.vault.path, { recursive: true })
    const result = await influxdbCopy.run(cx, plan)
    this.world.end(result)
    return { plan, result, cx }
  }

  async list(): Promise<RestorePoint[]> {
    const found: FoundPoint[] = []
    for await (const point of influxdbPoints.list(this.vault, this.context())) found.push(point)
    return found.map(asRestorePoint).sort((a, b) => (a.location < b.location ? 1 : -1))
  }

  async newest(): Promise<RestorePoint> {
    const [point] = await this.list()
    if (!point) throw new Error('there is no restore point')
    return point
  }

  async verify(point: RestorePoint) {
    return await influxdbPoints.verify(this.context(), this.vault, point, {
      level: 'full',
      samplePercent: 100,
    })
  }

  directoryOf(point: Pick<RestorePoint, 'location'>): string {
    return join(this.vault.path, point.location)
  }

  async dataFiles(point: Pick<RestorePoint, 'location'>): Promise<string[]> {
    const names = await readdir(join(this.directoryOf(point), 'data'), { recursive: true })
    return names.filter((name) => name.endsWith('.lp.gz')).sort()
  }

  /** What plain tools read of a file. */
  async textOf(point: Pick<RestorePoint, 'location'>, name: string): Promise<string> {
    const packed = await readFile(join(this.directoryOf(point), 'data', name))
    return execFileSync('gzip', ['-dc'], { input: packed, encoding: 'utf8' })
  }

  async inputOf(
    server: InfluxLab | OtherServer,
    target: string,
    { options = {}, paths = null, point }: Omit<RestoreAsked, 'cx'> = {},
  ): Promise<RestoreInput<unknown>> {
    return {
      point: point ?? (await this.newest()),
      vault: this.vault,
      node: 'product' in server ? otherNode(server) : nodeOf('target', server),
      target,
      paths,
      options: influxdbCopy.restore?.options.parse(options),
    }
  }

  async restore(
    server: InfluxLab | OtherServer,
    target: string,
    { cx = this.context(), ...asked }: RestoreAsked = {},
  ) {
    const { restore } = influxdbCopy
    if (!restore) throw new Error('the driver restores nothing')
    const input = await this.inputOf(server, target, asked)
    const plan = await restore.plan(cx, input)
    return { plan, result: await restore.run(cx, input, plan), cx }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeFolder(this.directory)
  }
}

interface RestoreAsked {
  readonly options?: Record<string, unknown>
  readonly paths?: readonly string[] | null
  readonly point?: RestorePoint
  readonly cx?: TestContext<InfluxdbCopyConfig>
}

/** What is no InfluxDB 1.x. */
interface OtherServer {
  readonly product: string
  readonly url: string
  readonly token?: { readonly secret: string }
}

function otherNode(server: OtherServer): Node {
  const { product, url, token } = server
  const spec = nodeSpec.parse({
    name: 'target',
    kind: 'influxdb',
    product,
    url,
    timeout: '10s',
    ...(token ? { token } : {}),
  })
  return { ...spec, id: newId('node') }
}

export function nodeOf(name: string, lab: InfluxLab): Node {
  const spec = nodeSpec.parse({
    name,
    kind: 'influxdb',
    url: lab.url,
    timeout: '10s',
    ...(lab.login ? { user: lab.login.user, password: { secret: 'source-password' } } : {}),
    ...(lab.caFile ? { caFile: lab.caFile } : {}),
  })
  return { ...spec, id: newId('node') }
}
