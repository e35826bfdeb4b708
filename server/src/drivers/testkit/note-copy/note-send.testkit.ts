import { copyFile } from 'node:fs/promises'
import { destinationOf, HoldfastError, type PlanBase } from '@holdfast/contract'
import { z } from 'zod'
import { throwIfCanceled } from '../../../kit/exec.ts'
import type { Context, Driver } from '../../driver.ts'
import { noteCopy } from './index.ts'
import { say } from './phrases.ts'
import { readSource } from './points.ts'

const sendConfig = z.strictObject({ source: z.string(), to: z.string(), path: z.string() })
export type SendConfig = z.infer<typeof sendConfig>

interface SendPlan extends PlanBase {
  readonly sha256: string
}

/** What both ends were when they were last the same: the target is not read again while the source is as it was. */
const memory = z.object({ path: z.string(), sha256: z.string() }).nullable().catch(null)

async function planSend(cx: Context<SendConfig>): Promise<SendPlan> {
  const { source, path, to } = cx.job.config
  const node = cx.job.nodes[to]
  if (node?.kind !== 'influxdb' || !node.password) throw new HoldfastError('config-invalid', 'no such server')
  await cx.secret(node.password, destinationOf(node))
  const { sha256, sizeBytes } = await readSource(source)
  const known = memory.parse(cx.remembered)
  const there = known?.path === path ? known : await readSource(path).catch(() => null)
  const expectedBytes = there?.sha256 === sha256 ? 0 : sizeBytes
  const reason = say(expectedBytes === 0 ? 'plan.same' : 'plan.new')
  return {
    summary: reason,
    items: [{ what: source, reason, expectedBytes }],
    guards: [],
    expectedBytes,
    sha256,
  }
}

/** The smallest driver that keeps nothing: it sends a note to a server, which is a file here, and remembers what is there. */
export const noteSend: Driver<SendConfig, SendPlan> = {
  info: { ...noteCopy.info, protects: [], vaultKinds: [], nodeKinds: ['influxdb'] },
  config: sendConfig,
  nodeNames: ({ to }) => [to],
  check: async () => [],
  plan: planSend,
  async run(cx, { sha256 }) {
    const { source, path } = cx.job.config
    const bytesMoved = await cx.step('copy', async () => {
      throwIfCanceled(cx.signal)
      const [from, there] = await Promise.all([readSource(source), readSource(path).catch(() => null)])
      if (there?.sha256 === sha256) return 0
      await copyFile(source, path)
      cx.progress({ doneBytes: from.sizeBytes })
      throwIfCanceled(cx.signal)
      return from.sizeBytes
    })
    const summary = say(bytesMoved > 0 ? 'run.copied' : 'run.same')
    const remember = { path, sha256 }
    return { summary, bytesMoved, counts: { notes: 1 }, details: {}, points: [], assets: [], remember }
  },
}
