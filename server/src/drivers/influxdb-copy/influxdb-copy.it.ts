import { phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, makeDataset, writeAll } from '../../../../tools/lab/influxdb/dataset/dataset.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { influxdbCopy } from './index.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

const dataset = makeDataset({ scale: 0.005 })

describe.skipIf(requires('influxdb'))('a copy of a database', () => {
  let bench: CopyBench
  beforeAll(async () => {
    bench = await CopyBench.start()
    await writeAll(bench.source, 'metrics', dataset)
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  let copies = 0
  const fresh = (config: Record<string, unknown> = {}) => {
    copies += 1
    const as = `copy ${copies}`
    bench.begin({ databases: [{ name: 'metrics', as }], ...config })
    return as
  }

  test('holds every value, type and retention policy as the source does', async () => {
    const as = fresh()
    const { plan, result, cx } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'fill', isNew: true })])
    expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))
    expect(result.counts.copied).toBeGreaterThan(20)
    expect(result.counts.values).toBeGreaterThan(10_000)
    expect(cx.warnings).toEqual([])
  })

  test('reads nothing the second time, and then what was written since: late, again, and in a new series', async () => {
    const as = fresh()
    const first = await bench.run()
    const idle = await bench.run()
    expect(idle.plan.databases).toEqual([expect.objectContaining({ way: 'nothing', windows: 0 })])
    expect(idle.result.counts).toMatchObject({ windows: 0, values: 0 })
    const lines = [
      'cpu,cpu=cpu0,dc=us-east,host=srv-001 procs=1i 1794000000000000123',
      'cpu,cpu=cpu0,dc=us-east,host=srv-001 procs=2i 1794000000000000123',
      'cpu,cpu=cpu9,dc=new,host=srv-new usage_user=1.5 1794000000000000124',
    ]
    for (const line of lines) await bench.source.write(line, 'metrics', 'autogen')
    const { plan, result } = await bench.run()
    expect(plan.databases).toEqual([expect.objectContaining({ way: 'compare' })])
    expect(result.counts.copied).toBe(1)
    // Of a week only the hours that differ.
    expect(result.bytesMoved).toBeLessThan(first.result.bytesMoved / 20)
    expect(await contentsOf(bench.destination, as)).toEqual(await contentsOf(bench.source, 'metrics'))
  })

  test('of what was deleted at the source keeps the points, and says so', async () => {
    await createDatabase(bench.source, 'shrinking', { ...dataset, parts: [] })
    const lines = Array.from({ length: 10 }, (_, n) => `m,k=v f=${n} ${1794000000000000000n + BigInt(n)}`)
    await bench.source.write(lines.join('\n'), 'shrinking', 'autogen')
    bench.begin({ databases: [{ name: 'shrinking' }] })
    await bench.run()
    await bench.source.query('DELETE FROM "m" WHERE time < 1794000000000000003', 'shrinking')
    const { result, cx } = await bench.run()
    expect(cx.warnings).toEqual([expect.stringContaining('holds more than the source in 1 window')])
    expect(result.details).toMatchObject({ surplusCount: 1, surplus: [{ measurement: 'm', fields: ['f'] }] })
  })

  test('asks before it goes into a database that is there', async () => {
    const as = fresh()
    await createDatabase(bench.destination, as, { ...dataset, parts: [] })
    expect((await influxdbCopy.plan(bench.context())).guards).toEqual([])
    await bench.destination.write('own f=1 1794000000000000000', as, 'autogen')
    const { guards } = await influxdbCopy.plan(bench.context())
    expect(guards.map(({ code }) => code)).toEqual(['database-exists'])
    expect(phraseText(guards[0]?.message ?? '')).toContain(as)
  })

  test('holds only what was asked for', async () => {
    const as = fresh({
      mode: 'full',
      retentionPolicies: { include: ['autogen'], exclude: [] },
      measurements: { include: ['c*', 'disk'], exclude: ['d?sk'] },
      fields: [{ measurement: 'cpu', include: ['usage_*'], exclude: ['*_system'] }],
      tags: [{ tag: 'host', include: ['srv-00*'], exclude: ['srv-001'] }],
    })
    await bench.run()
    const measurements = await bench.destination.query(`SHOW FIELD KEYS ON "${as}"`, as)
    expect(measurements).toMatchObject([{ name: 'cpu', values: [['usage_user', 'float']] }])
    const hosts = (await bench.destination.query('SHOW TAG VALUES WITH KEY = "host"', as)) as [
      { values: string[][] },
    ]
    const names = hosts[0].values.map(([, value]) => value)
    expect(names).toContain('srv-002')
    expect(names.every((name) => name?.startsWith('srv-00') && name !== 'srv-001')).toBe(true)
  })
})
