import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PlanItem, phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDataset, writeAll } from '../../../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../../../tools/lab/influxdb/influx-lab.ts'
import { VictoriaMetrics } from '../../../../../../tools/lab/influxdb/victoria-metrics.ts'
import { requires } from '../../../../../../tools/lab/requires.ts'
import { TestContext, TestWorld } from '../../../test-context.ts'
import { influxdbCopy } from '../../index.ts'
import { countOf, differencesOf, expectedSamples, heldSamples, type Samples } from '../../testkit/samples.ts'
import { VaultBench } from '../../testkit/vault-bench.ts'

const DAY_MS = 86_400_000
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const dataset = makeDataset({ scale: 0.002, end: new Date(today).toISOString() })
const KILLS = 5
const merge = { existing: 'merge' }

// A restore waits until VictoriaMetrics has written to its disk: side by side they wait at the same time.
describe.skipIf(requires('influxdb', 'victoria-metrics'))('a restore to VictoriaMetrics', () => {
  let source: InfluxLab
  let shared: VictoriaMetrics
  let bench: VaultBench
  let small: VaultBench
  beforeAll(async () => {
    ;[source, shared] = await Promise.all([InfluxLab.start(), VictoriaMetrics.start()])
    await writeAll(source, 'metrics', dataset)
    await source.query('CREATE DATABASE small WITH SHARD DURATION 1d')
    const at = (ms: number) => `${BigInt(today + ms) * 1_000_000n}`
    const lines = ['m,k=a f=1', 'm,k=a f=2', 'm,k=b f=3,s="x"'].map((line, n) => `${line} ${at(n)}`)
    await source.write(lines.join('\n'), 'small', 'autogen')
    bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    small = await VaultBench.open(source, { config: { databases: [{ name: 'small' }] } })
    await Promise.all([bench.run(), small.run()])
  })
  afterAll(() => Promise.all([bench, small, source, shared].map((one) => one[Symbol.asyncDispose]())))

  const node = ({ url }: VictoriaMetrics) => ({ product: 'victoria-metrics', url })
  const to = (server: VictoriaMetrics, as: string, asked: Parameters<VaultBench['restore']>[2] = {}) =>
    bench.restore(node(server), as, { cx: new TestContext(bench.job, new TestWorld()), ...asked })
  const held = (as: string) => heldSamples(shared, `{db="${as}"}`)
  const texts = (items: readonly PlanItem[]) =>
    items.flatMap(({ what, reason }) => [what, ...[reason].flat()]).map((one) => phraseText(one))
  const only = (samples: Samples, name: string) =>
    new Map([...samples].filter(([key]) => key.includes(`["__name__","${name}`)))
  /** Whatever `lines` are, at the times of the small database. */
  const put = async (as: string, name: string, labels: object, values: number[], firstMs: number) => {
    const timestamps = values.map((_, n) => firstMs + n)
    const body = JSON.stringify({ metric: { __name__: name, db: as, ...labels }, values, timestamps })
    await fetch(`${shared.url}/api/v1/import`, { method: 'POST', body })
    await fetch(`${shared.url}/internal/force_flush`)
  }

  test.concurrent('holds every number, and says what is left out and what was compared', async () => {
    const as = 'all of it'
    const { plan, result, cx } = await to(shared, as)
    const expected = await expectedSamples(source, 'metrics', { as })
    expect(differencesOf(expected, await held(as))).toEqual([])
    expect(result.counts).toMatchObject({ values: countOf(expected), unchanged: expect.any(Number) })
    expect(countOf(expected)).toBeGreaterThan(5000)
    const said = texts(plan.items).join('\n')
    expect(said).toContain(`VictoriaMetrics holds nothing with the label db=${as} yet`)
    expect(said).toContain('every number is read back and compared with the files')
    expect(said).toContain('left out: all strings')
    expect(said).toContain('retention policies and continuous queries are not made there')
    expect(phraseText(result.summary)).toMatch(/^restored and compared \d+ windows, \d+ numbers, to target/)
    // Points before 1970 and in 2100.
    expect(cx.warnings).toEqual([
      expect.stringContaining('outside the time that the destination keeps'),
      expect.stringMatching(/^Left out were the strings of .*events\./),
    ])
    const again = await to(shared, as).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'restore-target-exists' })
    const merged = await to(shared, as, { options: merge })
    expect(merged.result.counts).toMatchObject({ copied: 0, values: countOf(expected) })
    expect(merged.result.bytesMoved).toBe(0)
    expect(differencesOf(expected, await held(as))).toEqual([])
  })

  test.concurrent('brings back a measurement of a time range, and nothing else', async () => {
    const as = 'a part'
    const [startMs, endMs] = [today - 5 * DAY_MS - 12_345, today - 3 * DAY_MS + 678]
    const range = { from: new Date(startMs).toISOString(), to: new Date(endMs).toISOString() }
    const { plan, cx } = await to(shared, as, {
      options: { range, measurements: { include: ['cpu'], exclude: [] } },
    })
    expect(texts(plan.items)).toContain('restore a part of the database: 1 measurements')
    const times = { as, startMs, endMs: endMs - 1 }
    const expected = only(await expectedSamples(source, 'metrics', times), 'cpu_')
    expect(countOf(expected)).toBeGreaterThan(100)
    expect(differencesOf(expected, await held(as))).toEqual([])
    expect(cx.warnings).toEqual([])
  })

  test.concurrent('brings back what entries name', async () => {
    const as = 'by path'
    const { result } = await to(shared, as, { paths: ['rp%2090d/mem'] })
    const expected = only(await expectedSamples(source, 'metrics', { as }), 'mem_')
    const ofPolicy = new Map([...expected].filter(([key]) => key.includes('["rp","rp 90d"]')))
    expect(countOf(ofPolicy)).toBe(result.counts.values)
    expect(differencesOf(ofPolicy, await held(as))).toEqual([])
  })

  test.concurrent('fails where another number is there, leaves that, and adds all others', async () => {
    const as = 'differs'
    await put(as, 'm_f', { k: 'a' }, [7], today)
    const cx = () => new TestContext(small.job, new TestWorld())
    const ask = () => small.restore(node(shared), as, { cx: cx(), options: merge })
    for (const _ of ['at first', 'and whenever it is repeated']) {
      await expect(ask()).rejects.toMatchObject({
        code: 'restore-differs',
        message: expect.stringMatching(/"m" .*fields f$/),
        hint: expect.stringContaining('overwrites nothing'),
      })
      expect([...(await held(as))].flatMap(([, samples]) => [...samples]).sort()).toEqual([
        [today, 7],
        [today + 1, 2],
        [today + 2, 3],
      ])
    }
  })

  test.concurrent('tells that more is there than the restore point has', async () => {
    const as = 'more'
    await put(as, 'm_f', { k: 'mine' }, [7], today)
    const cx = () => new TestContext(small.job, new TestWorld())
    await expect(small.restore(node(shared), as, { cx: cx() })).rejects.toMatchObject({
      code: 'restore-target-exists',
    })
    const { cx: done, plan } = await small.restore(node(shared), as, { cx: cx(), options: merge })
    expect(texts(plan.items).join('\n')).toContain('only what is missing is added')
    expect(done.warnings).toContainEqual(expect.stringContaining('holds more than the restore point'))
    expect(countOf(await held(as))).toBe(4)
  })

  test.concurrent('keeps labels that series have of their own apart from those of others', async () => {
    await source.query('CREATE DATABASE labels')
    const time = `${BigInt(today) * 1_000_000n}`
    await source.write(`a,db=own,rp=mine f=5 ${time}\na\\,b,x\\=y=é f=6 ${time}`, 'labels', 'autogen')
    await using labels = await VaultBench.open(source, { config: { databases: [{ name: 'labels' }] } })
    await labels.run()
    await put('somebody', 'a_f', { rp: 'mine' }, [1, 2, 3], today)
    const as = 'labels there'
    for (const copied of [2, 0]) {
      const { result, cx } = await labels.restore(node(shared), as, { options: merge })
      expect(result.counts).toMatchObject({ copied, values: 2 })
      expect(cx.warnings).toEqual([])
    }
    const there = new Map([...(await held('own')), ...(await held(as))])
    expect(differencesOf(await expectedSamples(source, 'labels', { as }), there)).toEqual([])
  })

  test.concurrent('sends nothing at all when one file is damaged', async () => {
    await using damaged = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await damaged.run()
    const point = await damaged.newest()
    const file = join(damaged.directoryOf(point), 'data', (await damaged.dataFiles(point)).at(-1) ?? '')
    const bytes = await readFile(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(file, bytes)
    const refused = damaged.restore(node(shared), 'damaged')
    await expect(refused).rejects.toMatchObject({ code: 'restore-point-damaged' })
    expect(countOf(await held('damaged'))).toBe(0)
  })

  test.concurrent(`is whole, and nothing is there twice, after it was killed ${KILLS} times`, async () => {
    const as = 'killed'
    const input = await bench.inputOf(node(shared), as)
    const [askedFile, checkpointFile] = ['asked', 'checkpoint'].map((name) => join(bench.directory, name))
    if (!askedFile || !checkpointFile) throw new Error('both have a name')
    await writeFile(askedFile, JSON.stringify({ job: bench.job, input }))
    await writeFile(checkpointFile, 'null')
    const program = join(import.meta.dirname, '../../testkit/restoring-process.ts')
    const attempt = async (windows: number) => {
      const child = fork(program, [askedFile, checkpointFile])
      let seen = 0
      child.on('message', (step) => {
        if (step === 'restore-windows' && ++seen === windows) child.kill('SIGKILL')
      })
      const [status] = await once(child, 'exit')
      return status
    }
    for (let kill = 0; kill < KILLS; kill += 1)
      expect(await attempt(1 + Math.floor(Math.random() * 20))).toBeNull()
    expect(await attempt(Number.POSITIVE_INFINITY)).toBe(0)
    expect(differencesOf(await expectedSamples(source, 'metrics', { as }), await held(as))).toEqual([])
  }, 240_000)

  test.concurrent('goes on after VictoriaMetrics was killed in the middle', async () => {
    await using server = await VictoriaMetrics.start()
    const as = 'dead'
    const cx = new TestContext(bench.job, new TestWorld())
    const input = await bench.inputOf(node(server), as)
    const { restore } = influxdbCopy
    if (!restore) throw new Error('the driver restores nothing')
    const ask = async () =>
      restore.run(cx, input, await restore.plan(cx, input)).catch((error: unknown) => error)
    const running = ask()
    const isOn = () =>
      cx.progressReports.some(({ step, doneItems = 0 }) => step === 'restore-windows' && doneItems > 10)
    while (!isOn()) await sleep(10)
    await server.kill()
    expect(await running).toMatchObject({ code: 'node-unreachable' })
    await server.startAgain()
    expect(await ask()).toMatchObject({ counts: { values: expect.any(Number) } })
    const there = await heldSamples(server, `{db="${as}"}`)
    expect(differencesOf(await expectedSamples(source, 'metrics', { as }), there)).toEqual([])
  })

  test.concurrent('is no success when VictoriaMetrics dies right after', async () => {
    await using server = await VictoriaMetrics.start()
    const cx = new TestContext(small.job, new TestWorld())
    const running = small.restore(node(server), 'late', { cx }).catch((error: unknown) => error)
    while (!cx.steps.includes('wait-for-disk')) await sleep(10)
    await server.kill()
    // It tells the second in which it was started.
    await sleep(1100)
    await server.startAgain()
    // It finds nobody there, or somebody who was started anew: never success.
    expect(await running).toMatchObject({ code: 'node-unreachable' })
  })

  test.concurrent('leaves out what is older than VictoriaMetrics keeps, and says so', async () => {
    await using server = await VictoriaMetrics.start({ retention: '10d' })
    const { plan, cx } = await to(server, 'short')
    const said = texts(plan.items).join('\n')
    expect(said).toContain('VictoriaMetrics keeps everything for 10d')
    expect(said).toContain('the destination does not keep points that are so old')
    expect(cx.warnings.join('\n')).toContain('outside the time')
    const kept = await heldSamples(server)
    const startMs = Math.min(...[...kept.values()].flatMap((series) => [...series.keys()]))
    expect(startMs).toBeLessThan(Date.now() - 9 * DAY_MS)
    const expected = await expectedSamples(source, 'metrics', { as: 'short', startMs })
    expect(differencesOf(expected, kept)).toEqual([])
  })

  test.concurrent('fails by name when samples do not arrive', async () => {
    await using deaf = await VictoriaMetrics.start({ dropsMetrics: 'm_f' })
    const cx = new TestContext(small.job, new TestWorld())
    await expect(small.restore(node(deaf), 'deaf', { cx })).rejects.toMatchObject({
      code: 'restore-differs',
      message: expect.stringMatching(/"m" .*fields f$/),
    })
  })

  test.concurrent('refuses an option that means nothing there', async () => {
    const refused = to(shared, 'kept', { options: { keep: 'forever' } })
    await expect(refused).rejects.toMatchObject({
      code: 'config-invalid',
      details: { option: 'keep: forever' },
    })
  })
})
