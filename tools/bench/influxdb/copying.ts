import { jobSpec, nodeSpec } from '@holdfast/contract'
import type { Node } from '../../../server/src/drivers/driver.ts'
import { influxdbCopyConfig } from '../../../server/src/drivers/influxdb-copy/config.ts'
import { influxdbCopy } from '../../../server/src/drivers/influxdb-copy/index.ts'
import { TestContext, TestWorld } from '../../../server/src/drivers/test-context.ts'
import { newId } from '../../../server/src/kit/ids.ts'

/** What the process that copies is told. */
export interface CopyRequest {
  readonly source: Server
  readonly destination: Server
  readonly config: Record<string, unknown>
  /** Of the run before: what it was told to remember. */
  readonly remembered: unknown
}

export interface Server {
  readonly url: string
  /** Of the port for backups, where it has one. */
  readonly snapshotPort?: number | null
  readonly product?: 'influxdb-1' | 'victoria-metrics'
}

export interface CopyAnswer {
  readonly wallMs: number
  /** Of this process alone. */
  readonly cpuMs: number
  readonly peakBytes: number
  readonly counts: Record<string, number>
  readonly remembered: unknown
}

function nodeOf(name: string, { url, snapshotPort, product = 'influxdb-1' }: Server): Node {
  const snapshotAddress = snapshotPort ? { snapshotAddress: `127.0.0.1:${snapshotPort}` } : {}
  return {
    ...nodeSpec.parse({ name, kind: 'influxdb', url, product, ...snapshotAddress }),
    id: newId('node'),
  }
}

/** Plan and run of one copy, as a worker does it, without engine and database around it. */
async function copy({ source, destination, config, remembered }: CopyRequest): Promise<CopyAnswer> {
  const nodes = { source: nodeOf('source', source), destination: nodeOf('destination', destination) }
  const job = {
    id: newId('job'),
    name: 'bench',
    kind: 'influxdb-copy',
    spec: jobSpec.parse({ name: 'bench', kind: 'influxdb-copy' }),
    config: influxdbCopyConfig.parse({ destination: { node: 'destination', existing: 'merge' }, ...config }),
    node: nodes.source,
    nodes,
    vault: null,
    policy: null,
  }
  const world = new TestWorld()
  world.remembered = JSON.parse(JSON.stringify(remembered))
  const cx = new TestContext(job, world)
  // What the engine does with it costs little; a list of every report would cost a lot.
  cx.progress = () => {}
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()]
  const result = await influxdbCopy.run(cx, await influxdbCopy.plan(cx))
  const wallMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  const peakBytes = process.resourceUsage().maxRSS * 1024
  const { counts, remember = null } = result
  return { wallMs, cpuMs: (user + system) / 1000, peakBytes, counts, remembered: remember }
}

process.on('message', async (request: CopyRequest) => {
  process.send?.(await copy(request))
})
