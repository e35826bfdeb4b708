import { mkdir } from 'node:fs/promises'
import { jobSpec } from '@holdfast/contract'
import { diskCopyConfig } from '../../../server/src/drivers/disk-copy/config.ts'
import { diskCopy } from '../../../server/src/drivers/disk-copy/index.ts'
import { TestContext, TestWorld } from '../../../server/src/drivers/test-context.ts'
import { newId } from '../../../server/src/kit/ids.ts'

/** What the process that copies is told, one JSON line for each run. */
export interface CopyRequest {
  readonly jobId: string
  readonly source: string
  readonly vault: string
  readonly config: Record<string, unknown>
}

export interface CopyAnswer {
  readonly planMs: number
  readonly runMs: number
  readonly steps: string
}

const VAULT_ID = newId('vault')

/** Plan and run of one copy, as a worker does it, without engine and database around it. */
async function copy({ jobId, source, vault, config }: CopyRequest): Promise<CopyAnswer> {
  const job = {
    id: jobId,
    name: 'bench',
    kind: 'disk-copy',
    spec: jobSpec.parse({ name: 'bench', kind: 'disk-copy' }),
    config: diskCopyConfig.parse({ source, ...config }),
    node: null,
    nodes: {},
    vault: { id: VAULT_ID, name: 'bench', path: vault, minFreeBytes: 0, disk: null },
    policy: null,
  }
  await mkdir(vault, { recursive: true })
  const cx = new TestContext(job, new TestWorld())
  const times: string[] = []
  const step = cx.step.bind(cx)
  cx.step = async (name, work) => {
    const at = performance.now()
    const result = await step(name, work)
    times.push(`${name} ${Math.round(performance.now() - at)}`)
    return result
  }
  // What the engine does with it costs little; a list of a million reports would cost a lot.
  cx.progress = () => {}
  const startedAt = performance.now()
  const plan = await diskCopy.plan(cx)
  const plannedAt = performance.now()
  await diskCopy.run(cx, plan)
  const planMs = plannedAt - startedAt
  return { planMs, runMs: performance.now() - plannedAt, steps: times.join(', ') }
}

process.on('message', async (request: CopyRequest) => {
  process.send?.(await copy(request))
})
