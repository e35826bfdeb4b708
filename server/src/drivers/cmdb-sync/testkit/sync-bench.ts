import { jobSpec, nodeSpec } from '@holdfast/contract'
import { CmdbuildLab, type CmdbuildLabOptions } from '../../../../../tools/lab/cmdbuild/cmdbuild-lab.ts'
import { OFFICE_NOW, VeeamLab, type VeeamLabOptions } from '../../../../../tools/lab/veeam/veeam-lab.ts'
import { newId } from '../../../kit/ids.ts'
import type { Job, RunResult } from '../../driver.ts'
import { TestContext, type TestContextOptions, TestWorld } from '../../test-context.ts'
import { type CmdbSyncConfig, cmdbSyncConfig } from '../config.ts'
import { cmdbSync } from '../index.ts'
import type { CmdbSyncPlan } from '../planning/plan.ts'

export interface SyncBenchOptions {
  readonly config?: Record<string, unknown>
  readonly veeam?: VeeamLabOptions
  readonly cmdb?: CmdbuildLabOptions
}

/** A Veeam server, a CMDB, and a job between them. For tests. */
export class SyncBench implements AsyncDisposable {
  readonly veeam: VeeamLab
  readonly cmdb: CmdbuildLab
  job: Job<CmdbSyncConfig>
  world = new TestWorld()
  /** When the runs happen. */
  now = OFFICE_NOW

  private constructor(veeam: VeeamLab, cmdb: CmdbuildLab, config: Record<string, unknown>) {
    this.veeam = veeam
    this.cmdb = cmdb
    this.job = this.#job(config)
    this.#keepSecrets()
  }

  static async start({ config = {}, veeam, cmdb }: SyncBenchOptions = {}): Promise<SyncBench> {
    const labs = await Promise.all([
      VeeamLab.start(veeam),
      CmdbuildLab.start({ fixture: 'extended', ...cmdb }),
    ])
    return new SyncBench(...labs, config)
  }

  /** With the CMDB that the product ships, and what a run writes made in it. */
  static async prepared({ cmdb, ...options }: SyncBenchOptions = {}): Promise<SyncBench> {
    const bench = await SyncBench.start({ ...options, cmdb: { fixture: 'ready2use', ...cmdb } })
    await bench.prepare()
    return bench
  }

  /** The same job goes on with other settings. */
  set(config: Record<string, unknown>): void {
    this.job = { ...this.job, config: this.#job(config).config }
  }

  get secrets(): Record<string, string> {
    return { veeam: this.veeam.password, cmdb: this.cmdb.password }
  }

  context(options: TestContextOptions = {}): TestContext<CmdbSyncConfig> {
    return new TestContext(this.job, this.world, { now: () => this.now, ...options })
  }

  async plan(): Promise<CmdbSyncPlan> {
    return await cmdbSync.plan(this.context())
  }

  async run(cx = this.context()): Promise<{
    cx: TestContext<CmdbSyncConfig>
    plan: CmdbSyncPlan
    result: RunResult
  }> {
    const plan = await cmdbSync.plan(cx)
    const result = await cmdbSync.run(cx, JSON.parse(JSON.stringify(plan)))
    this.world.end(result)
    return { cx, plan, result }
  }

  /** Makes what the CMDB lacks, as a person does before the first run. */
  async prepare(): Promise<RunResult> {
    const { preparation } = cmdbSync
    if (!preparation) throw new Error('the job kind has a preparation')
    const cx = this.context()
    return await preparation.run(cx, await preparation.plan(cx))
  }

  /** All cards of a class, by their names or else their Codes, with lookups and references as their codes. */
  cards(className: string): Record<string, Record<string, unknown>> {
    const { store } = this.cmdb
    const shown = store.cards(className).map(({ id }) => store.shown(id))
    return Object.fromEntries(shown.map((values) => [nameOf(values), values]))
  }

  /** `from > to` by the names of the cards, in the order of the alphabet. */
  related(domain: string): string[] {
    const { store } = this.cmdb
    const name = (id: number) => nameOf(store.shown(id))
    return store
      .relations(domain)
      .map(({ sourceId, destinationId }) => `${name(sourceId)} > ${name(destinationId)}`)
      .sort()
  }

  /** Time passes, with everything in the estate the same. */
  later(days: number): void {
    this.now = new Date(this.now.getTime() + days * 86_400_000)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.veeam[Symbol.asyncDispose]()
    await this.cmdb[Symbol.asyncDispose]()
  }

  #keepSecrets(): void {
    for (const [name, value] of Object.entries(this.secrets)) this.world.secrets.set(name, value)
  }

  #job(config: Record<string, unknown>): Job<CmdbSyncConfig> {
    const nodes = {
      vbr: {
        id: newId('node'),
        ...nodeSpec.parse({
          ...{ name: 'vbr', kind: 'veeam', url: this.veeam.url, user: this.veeam.user },
          password: { secret: 'veeam' },
        }),
      },
      cmdb: {
        id: newId('node'),
        ...nodeSpec.parse({
          ...{ name: 'cmdb', kind: 'cmdbuild', url: this.cmdb.url, user: this.cmdb.user },
          password: { secret: 'cmdb' },
        }),
      },
    }
    const settings = { source: { system: 'veeam', node: 'vbr' }, ...config }
    const spec = jobSpec.parse({ name: 'cmdb', kind: 'cmdb-sync', node: 'cmdb', config: settings })
    return {
      ...{ id: newId('job'), name: spec.name, kind: spec.kind, spec, config: cmdbSyncConfig.parse(settings) },
      ...{ node: nodes.cmdb, nodes, vault: null, policy: null },
    }
  }
}

function nameOf({ Name, Hostname, Alias, Code }: Record<string, unknown>): string {
  return String(Name ?? Hostname ?? Alias ?? Code)
}
