import { readFileSync, writeFileSync } from 'node:fs'
import { TestContext, TestWorld } from '../../test-context.ts'
import { influxdbCopy } from '../index.ts'

/** Does one restore that the first file tells of, and says how far it is; its checkpoint goes into the second one. */
const [, , askedFile = '', checkpointFile = ''] = process.argv
const { job, input } = JSON.parse(readFileSync(askedFile, 'utf8'))
const world = new TestWorld()
world.checkpoint = JSON.parse(readFileSync(checkpointFile, 'utf8'))
const cx = new TestContext<ReturnType<typeof influxdbCopy.config.parse>>(job, world)
cx.saveCheckpoint = async (checkpoint) => writeFileSync(checkpointFile, JSON.stringify(checkpoint))
cx.progress = ({ step }) => process.send?.(step)
const { restore } = influxdbCopy
if (!restore) throw new Error('the driver restores nothing')
await restore.run(cx, input, await restore.plan(cx, input))
process.disconnect?.()
