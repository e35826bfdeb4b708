import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDataset, writeAll } from '../../../../tools/lab/influxdb/dataset/dataset.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

const dataset = makeDataset({ scale: 0.002 })
const KILLS = 5

describe.skipIf(requires('influxdb'))('whole shards into a new database', () => {
  let bench: CopyBench
  beforeAll(async () => {
    bench = await CopyBench.start({ relay: true })
    await writeAll(bench.source, 'metrics', dataset)
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  let copies = 0
  const fresh = (config: Record<string, unknown> = {}) => {
    copies += 1
    const as = `copy_${copies}`
    bench.begin({ databases: [{ name: 'metrics', as }], ...config })
    return as
  }

  test('are equal afterwards, and the next run has nothing to do', async () => {
    const as = fresh()
    const { plan, result } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'relay', isNew: true })])
    expect(result.counts).toMatchObject({ copied: 0, shards: plan.items[0]?.expectedBytes ? 70 : 0 })
    expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))
    expect((await bench.run()).plan.databases).toEqual([expect.objectContaining({ way: 'nothing' })])
  })

  test('of which some was deleted and not compacted come over HTTP, without what was deleted', async () => {
    await bench.source.query('CREATE DATABASE deleted')
    const lines = Array.from({ length: 1000 }, (_, n) => `m,k=v f=${n} ${1794000000000000000n + BigInt(n)}`)
    await bench.source.write(lines.join('\n'), 'deleted', 'autogen')
    await bench.source.stop()
    await bench.source.startAgain()
    bench.begin({ databases: [{ name: 'deleted', as: 'first' }] })
    await bench.run()
    await bench.source.query('DELETE FROM "m" WHERE time < 1794000000000000500', 'deleted')
    bench.begin({ databases: [{ name: 'deleted', as: 'second' }], verify: false })
    const { plan, result } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'relay' })])
    expect(result.counts).toMatchObject({ shards: 0, copied: 1, points: 500 })
    expect(await contentsOf(bench.destination, 'second')).toEqual(await contentsOf(bench.source, 'deleted'))
  })

  test('are begun anew after a death in the middle, and never in a database of somebody else', async () => {
    const as = fresh()
    const cx = bench.context({ dieAfterSteps: 1 })
    cx.saveCheckpoint = async (state) => {
      bench.world.checkpoint = state
    }
    const relayed = bench.run(cx).catch(() => null)
    await sleep(1)
    await relayed
    const half = bench.context()
    half.progress = () => half.cancel()
    await expect(bench.run(half)).rejects.toThrow(HoldfastError)
    expect(bench.world.checkpoint).toMatchObject({ relaying: [{ database: as }] })
    const { plan } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'relay' })])
    expect(JSON.stringify(plan.items)).toContain('made anew')
    expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))
  })

  test('are whole after any number of deaths, wherever those were', async () => {
    const as = fresh()
    const directory = await mkdtemp(join(tmpdir(), 'holdfast-relaying-'))
    const [job, world] = [join(directory, 'job.json'), join(directory, 'world.json')]
    const isRelaying = async () =>
      (JSON.parse(await readFile(world, 'utf8')).checkpoint?.relaying ?? []).length > 0
    try {
      await writeFile(job, JSON.stringify(bench.job))
      const begun = { checkpoint: null, remembered: null }
      await writeFile(world, JSON.stringify(begun))
      /** Killed a while after it has said that shards are on their way. */
      const run = async (killAfterMs: number | null) => {
        const child = fork(new URL('testkit/copying-process.ts', import.meta.url), [job, world])
        const ended = once(child, 'exit')
        if (killAfterMs !== null) {
          const before = (await readFile(world, 'utf8')).match(/"relaying":.*/)?.[0]
          const isAnew = async () =>
            (await isRelaying()) && (await readFile(world, 'utf8')).match(/"relaying":.*/)?.[0] !== before
          while (child.exitCode === null && !(await isAnew())) await sleep(5)
          await sleep(killAfterMs)
          child.kill('SIGKILL')
        }
        return (await ended)[0]
      }
      let inTheMiddle = 0
      for (let kill = 0; kill < KILLS; kill += 1) {
        await run(kill * 60)
        if (await isRelaying()) inTheMiddle += 1
      }
      expect(inTheMiddle).toBeGreaterThan(0)
      expect(await run(null)).toBe(0)
      expect(await isRelaying()).toBe(false)
      expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))
    } finally {
      await rm(directory, { recursive: true })
    }
  })

  test('are not for a job that copies a part, or says never', async () => {
    fresh({ relay: 'never' })
    expect((await bench.run()).plan.databases).toEqual([expect.objectContaining({ way: 'fill' })])
    fresh({ measurements: { include: ['cpu'], exclude: [] } })
    expect((await bench.run()).plan.databases).toEqual([expect.objectContaining({ way: 'fill' })])
  })
})
