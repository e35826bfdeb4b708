import { jobSpec, nodeSpec } from '@holdfast/contract'
import { cmdbSyncConfig } from '../../../server/src/drivers/cmdb-sync/config.ts'
import { cmdbSync } from '../../../server/src/drivers/cmdb-sync/index.ts'
import { TestContext, TestWorld } from '../../../server/src/drivers/test-context.ts'
import { newId } from '../../../server/src/kit/ids.ts'

export interface Server {
  readonly url: string
  readonly user: string
  readonly password: string
}

/** What the process that works is told. */
export interface WorkRequest {
  /** `prepare` makes what the CMDB lacks, `run` plans and writes. */
  readonly operation: 'prepare' | 'run'
  readonly veeam: Server
  readonly cmdb: Server
  readonly now: string
}

export interface WorkAnswer {
  readonly planMs: number
  readonly applyMs: number
  /** The most memory that this process ever had. */
  readonly peakBytes: number
  readonly counts: Record<string, number>
}

function contextOf({ veeam, cmdb, now }: WorkRequest) {
  const password = (secret: string) => ({ password: { secret } })
  const nodes = {
    vbr: {
      ...nodeSpec.parse({
        ...{ name: 'vbr', kind: 'veeam', url: veeam.url, user: veeam.user },
        ...password('vbr'),
      }),
      id: newId('node'),
    },
    cmdb: {
      ...nodeSpec.parse({
        ...{ name: 'cmdb', kind: 'cmdbuild', url: cmdb.url, user: cmdb.user },
        ...password('cmdb'),
      }),
      id: newId('node'),
    },
  }
  const config = { source: { system: 'veeam', node: 'vbr' } }
  const job = {
    id: newId('job'),
    name: 'bench',
    kind: 'cmdb-sync',
    spec: jobSpec.parse({ name: 'bench', kind: 'cmdb-sync', node: 'cmdb', config }),
    config: cmdbSyncConfig.parse(config),
    node: nodes.cmdb,
    nodes,
    vault: null,
    policy: null,
  }
  const world = new TestWorld()
  world.secrets.set('vbr', veeam.password).set('cmdb', cmdb.password)
  const cx = new TestContext(job, world, { now: () => new Date(now) })
  // What the engine does with it costs little; a list of every report would cost a lot.
  cx.progress = () => {}
  return cx
}

/** Plan and run of one job, as a worker does it, without engine and database around it. */
async function work(request: WorkRequest): Promise<WorkAnswer> {
  const driver = request.operation === 'run' ? cmdbSync : cmdbSync.preparation
  if (!driver) throw new Error('the job kind has a preparation')
  const cx = contextOf(request)
  const startedAt = performance.now()
  const plan = await driver.plan(cx)
  const plannedAt = performance.now()
  const { counts } = await driver.run(cx, plan as never)
  return {
    planMs: plannedAt - startedAt,
    applyMs: performance.now() - plannedAt,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    counts,
  }
}

process.on('message', async (request: WorkRequest) => {
  process.send?.(await work(request))
})
