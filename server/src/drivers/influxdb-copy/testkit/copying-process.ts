import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { TestContext, TestWorld } from '../../test-context.ts'
import { influxdbCopy } from '../index.ts'

/** Does one run of the job in the first file; what a worker would keep in the database goes into the second one. */
const [, , jobFile = '', worldFile = ''] = process.argv
const job = JSON.parse(readFileSync(jobFile, 'utf8'))
const kept = JSON.parse(readFileSync(worldFile, 'utf8'))

function keep(change: object): void {
  Object.assign(kept, change)
  writeFileSync(`${worldFile}.new`, JSON.stringify(kept))
  renameSync(`${worldFile}.new`, worldFile)
}

const world = new TestWorld()
world.checkpoint = kept.checkpoint
world.remembered = kept.remembered
const cx = new TestContext<ReturnType<typeof influxdbCopy.config.parse>>(job, world)
cx.saveCheckpoint = async (checkpoint) => keep({ checkpoint })
const result = await influxdbCopy.run(cx, await influxdbCopy.plan(cx))
keep({ checkpoint: null, remembered: result.remember ?? null })
