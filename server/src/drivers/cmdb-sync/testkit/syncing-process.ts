import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { TestContext, TestWorld } from '../../test-context.ts'
import { cmdbSync } from '../index.ts'

/** Does one run of the job in the first file; what a worker would keep in the database goes into the second one. */
const [, , jobFile = '', worldFile = ''] = process.argv
const job = JSON.parse(readFileSync(jobFile, 'utf8'))
const kept = JSON.parse(readFileSync(worldFile, 'utf8'))

const world = new TestWorld()
world.remembered = kept.remembered
for (const [name, value] of Object.entries<string>(kept.secrets)) world.secrets.set(name, value)
const cx = new TestContext<ReturnType<typeof cmdbSync.config.parse>>(job, world, {
  now: () => new Date(kept.now),
})
const result = await cmdbSync.run(cx, await cmdbSync.plan(cx))
writeFileSync(`${worldFile}.new`, JSON.stringify({ ...kept, remembered: result.remember ?? null }))
renameSync(`${worldFile}.new`, worldFile)
