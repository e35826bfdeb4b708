import { jobSpec, nodeSpec } from '@holdfast/contract'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { newId } from '../../../kit/ids.ts'
import type { Job, Node, RunResult } from '../../driver.ts'
import { TestContext, type TestContextOptions, TestWorld } from '../../test-context.ts'
import { type InfluxdbCopyConfig, influxdbCopyConfig } from '../config.ts'
import { influxdbCopy } from '../index.ts'
import type { InfluxdbCopyPlan } from '../planning/plan.ts'

type Settings = Record<string, unknown>

/** A real InfluxDB 1.x, and jobs that copy from it to something else. For tests. */
export class OneWayBench implements AsyncDisposable {
  readonly source: InfluxLab
  world = new TestWorld()
  job: Job<InfluxdbCopyConfig>

  private constructor(source: InfluxLab) {
    this.source = source
    this.job = this.#job({}, {})
  }

  static async start(): Promise<OneWayBench> {
    return new OneWayBench(await InfluxLab.start())
  }

  /** The next run belongs to a new job, for the node with these settings: nothing is remembered. */
  begin(destination: Settings, config: Settings = {}): void {
    this.world = new TestWorld()
    this.world.secrets.set('token', 'the token')
    this.job = this.#job(destination, config)
  }

  context(options: TestContextOptions = {}): TestContext<InfluxdbCopyConfig> {
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

  #job(destination: Settings, config: Settings): Job<InfluxdbCopyConfig> {
    const node = (name: string, settings: Settings): Node => {
      const spec = nodeSpec.parse({
        name,
        kind: 'influxdb',
        url: this.source.url,
        timeout: '10s',
        ...settings,
      })
      return { ...spec, id: newId('node') }
    }
    const source = node('source', {})
    return {
      id: newId('job'),
      name: 'copy',
      kind: 'influxdb-copy',
      spec: jobSpec.parse({ name: 'copy', kind: 'influxdb-copy' }),
      config: influxdbCopyConfig.parse({ destination: { node: 'destination' }, ...config }),
      node: source,
      nodes: { source, destination: node('destination', destination) },
      vault: null,
      policy: null,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.source[Symbol.asyncDispose]()
  }
}
