import { jobSpec, nodeSpec } from '@holdfast/contract'
import { InfluxLab, type InfluxLabOptions } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { newId } from '../../../kit/ids.ts'
import type { Job, Node, RunResult } from '../../driver.ts'
import { TestContext, type TestContextOptions, TestWorld } from '../../test-context.ts'
import { type InfluxdbCopyConfig, influxdbCopyConfig } from '../config.ts'
import { influxdbCopy } from '../index.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'

export interface CopyBenchOptions {
  readonly config?: Record<string, unknown>
  readonly source?: InfluxLabOptions
  readonly destination?: InfluxLabOptions
  /** Both nodes name their ports for backups. */
  readonly relay?: boolean
}

/** Two real servers, and a job between them. For tests. */
export class CopyBench implements AsyncDisposable {
  readonly source: InfluxLab
  readonly destination: InfluxLab
  readonly relay: boolean
  job: Job<InfluxdbCopyConfig>
  world = new TestWorld()

  private constructor(source: InfluxLab, destination: InfluxLab, options: CopyBenchOptions) {
    this.source = source
    this.destination = destination
    this.relay = options.relay ?? false
    this.job = this.#job(options.config ?? {})
  }

  static async start(options: CopyBenchOptions = {}): Promise<CopyBench> {
    const snapshot = options.relay ?? false
    const [source, destination] = await Promise.all([
      InfluxLab.start({ snapshot, ...options.source }),
      InfluxLab.start({ snapshot, ...options.destination }),
    ])
    return new CopyBench(source, destination, options)
  }

  /** The next run belongs to another job: nothing is remembered. */
  begin(config: Record<string, unknown> = {}): void {
    this.world = new TestWorld()
    this.job = this.#job(config)
  }

  /** The same job goes on with other settings. */
  set(config: Record<string, unknown>): void {
    this.job = { ...this.job, config: this.#job(config).config }
  }

  /** One of the nodes has another address from now on. */
  redirect(name: 'source' | 'destination', url: string): void {
    const node = this.job.nodes[name]
    if (node?.kind !== 'influxdb') throw new Error('both are of this kind')
    const nodes = { ...this.job.nodes, [name]: { ...node, url } }
    this.job = { ...this.job, nodes, node: nodes.source ?? null }
  }

  /** By the name that the nodes refer to. */
  passwords(): Record<string, string> {
    const found: Record<string, string> = {}
    if (this.source.login) found['source-password'] = this.source.login.password
    if (this.destination.login) found['destination-password'] = this.destination.login.password
    return found
  }

  context(options: TestContextOptions = {}): TestContext<InfluxdbCopyConfig> {
    for (const [name, value] of Object.entries(this.passwords())) this.world.secrets.set(name, value)
    return new TestContext(this.job, this.world, options)
  }

  async run(
    cx: TestContext<InfluxdbCopyConfig> = this.context(),
  ): Promise<{ plan: InfluxdbCopyPlan; result: RunResult; cx: TestContext<InfluxdbCopyConfig> }> {
    const plan = await influxdbCopy.plan(cx)
    const result = await influxdbCopy.run(cx, plan)
    this.world.end(result)
    return { plan, result, cx }
  }

  #node(name: 'source' | 'destination', lab: InfluxLab): Node {
    const spec = nodeSpec.parse({
      name,
      kind: 'influxdb',
      url: lab.url,
      timeout: '10s',
      ...(this.relay && lab.snapshotPort ? { snapshotAddress: `127.0.0.1:${lab.snapshotPort}` } : {}),
      ...(lab.login ? { user: lab.login.user, password: { secret: `${name}-password` } } : {}),
      ...(lab.caFile ? { caFile: lab.caFile } : {}),
    })
    return { ...spec, id: newId('node') }
  }

  #job(config: Record<string, unknown>): Job<InfluxdbCopyConfig> {
    const { destination = {}, ...others } = config as { destination?: Record<string, unknown> }
    const source = this.#node('source', this.source)
    return {
      id: newId('job'),
      name: 'copy',
      kind: 'influxdb-copy',
      spec: jobSpec.parse({ name: 'copy', kind: 'influxdb-copy' }),
      config: influxdbCopyConfig.parse({ destination: { node: 'destination', ...destination }, ...others }),
      node: source,
      nodes: { source, destination: this.#node('destination', this.destination) },
      vault: null,
      policy: null,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.source[Symbol.asyncDispose](), this.destination[Symbol.asyncDispose]()])
  }
}
