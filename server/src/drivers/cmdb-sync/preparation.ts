import type { PlanBase } from '@holdfast/contract'
import type { Context, Preparation, RunContext, RunResult } from '../driver.ts'
import type { CmdbSyncConfig } from './config.ts'
import { mappingOf } from './mapping-of.ts'
import { openCmdb } from './nodes.ts'
import { createLacking } from './target/schema/create-lacking.ts'
import { canBeMade, type Lacking } from './target/schema/lack.ts'
import { lackingOf } from './target/schema/lacking.ts'
import { readSchema } from './target/schema/read-schema.ts'
import { lackingItems, sayLacking } from './target/schema/say-lacking.ts'
import { say } from './texts/texts.ts'

interface PreparationPlan extends PlanBase {
  readonly lacking: readonly Lacking[]
}

/** Classes, attributes, lookup values and domains that a CMDB lacks of what a job writes. */
export async function findLacking(cx: Context<CmdbSyncConfig>): Promise<Lacking[]> {
  const mapping = mappingOf(cx.job.config)
  await using server = await openCmdb(cx)
  return lackingOf(await readSchema(server, mapping, { signal: cx.signal }), mapping)
}

export const cmdbPreparation: Preparation<CmdbSyncConfig, PreparationPlan> = {
  async plan(cx) {
    const lacking = await findLacking(cx)
    const count = lacking.length
    return {
      summary: count === 0 ? say('prepare.nothing') : say('prepare.summary', { count }),
      items: lackingItems(lacking),
      guards: [],
      expectedBytes: null,
      lacking,
    }
  },

  async run(cx, plan) {
    if (plan.lacking.length === 0) return resultOf(say('prepare.nothing'), 0, 0)
    return await cx.step('make-schema', () => makeLacking(cx, plan))
  },
}

async function makeLacking(cx: RunContext<CmdbSyncConfig>, { lacking }: PreparationPlan): Promise<RunResult> {
  await using server = await openCmdb(cx)
  const { sentBytes } = server
  let count = 0
  const { made, left } = await createLacking(server, lacking, {
    signal: cx.signal,
    onMade: () => {
      count += 1
      cx.progress({ doneItems: count, totalItems: lacking.filter(canBeMade).length })
    },
  })
  for (const one of left) cx.warn(sayLacking(one))
  return resultOf(say('prepare.done', { count: made.length }), made.length, server.sentBytes - sentBytes)
}

function resultOf(summary: RunResult['summary'], made: number, bytesMoved: number): RunResult {
  return { summary, bytesMoved, counts: { made }, details: {}, points: [], assets: [] }
}
