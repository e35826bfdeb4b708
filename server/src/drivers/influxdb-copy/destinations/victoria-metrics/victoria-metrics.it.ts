import { HoldfastError, phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDataset, writeAll } from '../../../../../../tools/lab/influxdb/dataset/dataset.ts'
import { VictoriaMetrics } from '../../../../../../tools/lab/influxdb/victoria-metrics.ts'
import { requires } from '../../../../../../tools/lab/requires.ts'
import { influxdbCopy } from '../../index.ts'
import { OneWayBench } from '../../testkit/one-way-bench.ts'
import { countOf, differencesOf, expectedSamples, heldSamples } from '../../testkit/samples.ts'

const DAY_MS = 86_400_000
const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
const dataset = makeDataset({ scale: 0.002, end: new Date(today).toISOString() })
const node = ({ url }: { url: string }) => ({ product: 'victoria-metrics', url })

describe.skipIf(requires('influxdb', 'victoria-metrics'))('a copy to VictoriaMetrics', () => {
  let bench: OneWayBench
  let server: VictoriaMetrics
  beforeAll(async () => {
    ;[bench, server] = await Promise.all([OneWayBench.start(), VictoriaMetrics.start()])
    await writeAll(bench.source, 'metrics', dataset)
  })
  afterAll(() => Promise.all([bench[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]))

  let copies = 0
  let as = ''
  beforeEach(() => {
    copies += 1
    as = `copy ${copies}`
    bench.begin(node(server), { databases: [{ name: 'metrics', as }] })
  })
  const held = () => heldSamples(server, `{db="${as}"}`)
  /** A database of its own with some lines at the times given, in ns from midnight. */
  const small = async (lines: (from: bigint) => string[]) => {
    const name = `small ${copies}`
    await bench.source.query(`CREATE DATABASE "${name}"`)
    const write = async (more: (from: bigint) => string[]) => {
      const text = more(BigInt(today) * 1_000_000n).join('\n')
      expect((await bench.source.write(text, name, 'autogen')).status).toBe(204)
    }
    await write(lines)
    bench.begin(node(server), { databases: [{ name, as }] })
    return write
  }

  test('holds every number of the source, and the plan says what is left out', async () => {
    const { plan, result, cx } = await bench.run()
    const expected = await expectedSamples(bench.source, 'metrics', { as })
    expect(differencesOf(expected, await held())).toEqual([])
    expect(result.counts.values).toBe(countOf(expected))
    expect(countOf(expected)).toBeGreaterThan(5000)
    const items = plan.items.map(({ what }) => phraseText(what)).join('\n')
    expect(items).toMatch(/left out: the strings of .*events\./)
    expect(items).toContain('points of the retention policies rp 90d, short, rollup get the label rp')
    expect(plan.guards).toEqual([])
    expect(phraseText(result.summary)).toContain('equal at both ends')
    // Points before 1970 and in 2100.
    expect(cx.warnings).toEqual([expect.stringContaining('outside the time that the destination keeps')])
  })

  test('reads nothing the second time; without memory it compares, and sends nothing twice', async () => {
    const first = await bench.run()
    const idle = await bench.run()
    expect(idle.plan.databases).toEqual([expect.objectContaining({ way: 'nothing', windows: 0 })])
    bench.world.remembered = null
    const again = await bench.run()
    expect(again.result.counts).toMatchObject({ copied: 0, values: first.result.counts.values })
    expect(again.result.bytesMoved).toBe(0)
    expect(differencesOf(await expectedSamples(bench.source, 'metrics', { as }), await held())).toEqual([])
  })

  test('sends of a shard that has changed only what is new, and says that overwritten numbers stay', async () => {
    const write = await small((from) => [`m,k=a f=1 ${from}`, `m,k=a f=2 ${from + 1_000_000n}`])
    await bench.run()
    await write((from) => [`m,k=a f=3 ${from + 500_000_000n}`, `m,k=b g=true ${from}`])
    const late = await bench.run()
    expect(late.result.counts).toMatchObject({ windows: 1, copied: 1, values: 4 })
    expect(countOf(await held())).toBe(4)
    await write((from) => [`m,k=a f=9 ${from}`])
    const { cx } = await bench.run()
    expect(cx.warnings).toEqual([expect.stringContaining('holds more than the source in 1 window: m')])
    const series = await server.export(`{__name__="m_f",db="${as}"}`)
    expect(series).toMatchObject([{ values: expect.arrayContaining([1, 9]) }])
  })

  test('keeps the last of several points in one ms, whatever their fields, and no string', async () => {
    await small((from) => [
      `m f=1,g=1i ${from}`,
      `m f=2,s="x\ny" ${from + 10n}`,
      `m f=3,s="z" ${from + 999_999n}`,
      `m f=4 ${from + 1_000_000n}`,
      `only,t=a s="text" ${from}`,
    ])
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ values: 3 })
    const series = [...(await held())].map(([key, samples]) => [key, [...samples]])
    expect(Object.fromEntries(series)).toEqual({
      [`[["__name__","m_f"],["db","${as}"]]`]: [
        [today, 3],
        [today + 1, 4],
      ],
      [`[["__name__","m_g"],["db","${as}"]]`]: [[today, 1]],
    })
  })

  test('keeps names with any character, tags called db and rp, and the time 0', async () => {
    await small((from) => [
      `a\\,b\\ c,t\\=u=C:\\dir\\x,q="v",é=日本 "f"=1,g\\ h=2i ${from}`,
      `a\\,b\\ c,db=${as.replace(' ', '\\ ')},rp=mine f=5 ${from}`,
      `epoch f=1 0`,
    ])
    await bench.run()
    const expected = await expectedSamples(bench.source, `small ${copies}`, { as })
    expect(countOf(expected)).toBe(4)
    expect(differencesOf(expected, await held())).toEqual([])
  })

  test('is whole again after VictoriaMetrics was killed, in the middle or right after', async () => {
    bench.begin(node(server), { databases: [{ name: 'metrics', as }], pauseBetweenWindowsMs: 20 })
    const cx = bench.context()
    const running = bench.run(cx).catch((error: unknown) => error)
    while (!cx.progressReports.some(({ doneItems = 0 }) => doneItems > 10))
      await new Promise((resolve) => setTimeout(resolve, 10))
    await server.kill()
    expect(await running).toMatchObject({ code: 'node-unreachable' })
    await server.startAgain()
    await bench.run()
    const expected = await expectedSamples(bench.source, 'metrics', { as })
    expect(differencesOf(expected, await held())).toEqual([])
    bench.begin(node(server), { databases: [{ name: 'metrics', as: `${as}b` }] })
    await bench.run()
    await server.kill()
    await server.startAgain()
    const { plan } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'fill' })])
    const others = await expectedSamples(bench.source, 'metrics', { as: `${as}b` })
    expect(differencesOf(others, await heldSamples(server, `{db="${as}b"}`))).toEqual([])
  })

  test('leaves out what is older than VictoriaMetrics keeps, and says so', async () => {
    await using short = await VictoriaMetrics.start({ retention: '10d' })
    bench.begin(node(short), { databases: [{ name: 'metrics', as }] })
    const { plan, cx } = await bench.run()
    const reasons = plan.items.flatMap(({ reason }) => reason).map((one) => phraseText(one))
    expect(reasons.join('\n')).toContain('VictoriaMetrics keeps everything for 10d')
    expect(cx.warnings.join('\n')).toContain('outside the time')
    const kept = await heldSamples(short)
    const startMs = Math.min(...[...kept.values()].flatMap((series) => [...series.keys()]))
    expect(startMs).toBeGreaterThan(Date.now() - 10 * DAY_MS)
    expect(startMs).toBeLessThan(Date.now() - 9 * DAY_MS)
    const expected = await expectedSamples(bench.source, 'metrics', { as, startMs })
    expect(differencesOf(expected, kept)).toEqual([])
  })

  test('fails by name when samples do not arrive', async () => {
    await small((from) => [`m,k=a f=1,g=2 ${from}`])
    await using deaf = await VictoriaMetrics.start({ dropsMetrics: 'm_g' })
    bench.begin(node(deaf), { databases: [{ name: `small ${copies}`, as }] })
    const error = await bench.run().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(HoldfastError)
    expect(error).toMatchObject({ code: 'copy-differs', message: expect.stringMatching(/"m" .*fields g$/) })
    expect(bench.world.remembered).toBeNull()
  })

  test('comes back for points that are too far in the future to be taken yet', async () => {
    await small((from) => [`m f=1 ${from}`, `m f=2 ${from + 40n * 86_400_000_000_000n}`])
    const first = await bench.run()
    expect(first.result.counts).toMatchObject({ values: 1 })
    expect(first.cx.warnings).toEqual([expect.stringContaining('1 window lies wholly or in part outside')])
    const soon = await influxdbCopy.plan(bench.context())
    expect(soon.databases).toEqual([expect.objectContaining({ way: 'nothing' })])
    const now = () => new Date(today + 39 * DAY_MS)
    const later = await influxdbCopy.plan(bench.context({ now }))
    expect(later.databases).toEqual([expect.objectContaining({ way: 'fill', windows: 1 })])
  })

  test('is looked at by a check', async () => {
    const findings = await influxdbCopy.check(bench.context())
    expect(findings.map(({ level, subject, message }) => [level, subject, message])).toEqual(
      expect.arrayContaining([
        ['ok', 'destination', 'VictoriaMetrics answers, and lets itself be read back'],
        ['ok', 'destination', 'it keeps samples for 100y'],
      ]),
    )
    await using other = await OneWayBench.start()
    bench.begin({ product: 'victoria-metrics', url: other.source.url })
    expect(await influxdbCopy.check(bench.context())).toContainEqual(
      expect.objectContaining({ level: 'error', subject: 'destination' }),
    )
  })
})
