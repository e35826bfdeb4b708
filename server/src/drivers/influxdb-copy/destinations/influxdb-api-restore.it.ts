import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Phrase, type PlanItem, phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { VaultBench } from '../testkit/vault-bench.ts'
import { StandIn } from './stand-in.testkit.ts'

const FIRST = 1_794_009_600_000_000_000n
const DAY_NS = 86_400_000_000_000n
const merge = { existing: 'merge' }

describe.skipIf(requires('influxdb'))('a restore to InfluxDB 2.x and 3.x', () => {
  let source: InfluxLab
  let server: StandIn
  let bench: VaultBench
  beforeAll(async () => {
    ;[source, server] = await Promise.all([InfluxLab.start(), StandIn.start()])
    await source.query('CREATE DATABASE metrics WITH SHARD DURATION 1d')
    await source.query('CREATE RETENTION POLICY "a week" ON metrics DURATION INF REPLICATION 1')
    const lines = ['m,k=a\\ b f=1.5,i=9007199254740993i,b=true,s="a\\"b"', 'm,k=c f=2', 'n f=3']
    const dated = lines.map((line, day) => `${line} ${FIRST + BigInt(day) * DAY_NS}`)
    await source.write(dated.join('\n'), 'metrics', 'autogen')
    await source.write(`w f=1 ${FIRST}`, 'metrics', 'a week')
    bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await bench.run()
  })
  afterAll(() => Promise.all([bench, source, server].map((one) => one[Symbol.asyncDispose]())))
  beforeEach(() => {
    bench.world.secrets.set('token', 'the token')
    server.taken.length = 0
    server.unknown.clear()
  })

  const node = (product: 'influxdb-2' | 'influxdb-3') => ({
    product,
    url: server.url,
    token: { secret: 'token' },
  })
  const restore = (asked: Parameters<VaultBench['restore']>[2] = {}, from = bench) => {
    from.world.secrets.set('token', 'the token')
    return from.restore(node('influxdb-2'), 'there', { ...asked, options: { ...merge, ...asked.options } })
  }
  const taken = () => server.taken.flatMap(({ db, rp, lines }) => lines.map((line) => `${db} ${rp} ${line}`))
  const first = `m,k=a\\ b b=t,f=1.5,i=9007199254740993i,s="a\\"b" ${FIRST}`
  const second = `m,k=c f=2 ${FIRST + DAY_NS}`
  const third = `n f=3 ${FIRST + 2n * DAY_NS}`
  const all = [
    `there a week w f=1 ${FIRST}`,
    ...[first, second, third].map((line) => `there autogen ${line}`),
  ].sort()

  test.each(['influxdb-2', 'influxdb-3'] as const)('sends every point to %s as it is', async (product) => {
    const { plan, result, cx } = await bench.restore(node(product), 'there', { options: merge })
    expect(taken().sort()).toEqual(all)
    const said = plan.items.flatMap(({ what, reason }: PlanItem) => [what, ...[reason].flat()])
    expect(said.map((one: Phrase) => phraseText(one))).toEqual(
      expect.arrayContaining([
        'nothing is compared',
        expect.stringContaining('not made there: there/a week, there/autogen'),
        expect.stringContaining('whether it holds data is not looked at'),
      ]),
    )
    expect(phraseText(result.summary)).toBe(
      'restored 4 windows, 4 points, to target/there; nothing was compared',
    )
    expect(result.bytesMoved).toBe(plan.expectedBytes)
    expect(result.counts).toMatchObject({ points: 4, values: 7 })
    expect(cx.warnings).toEqual([expect.stringContaining('Nothing was compared')])
  })

  test('sends a measurement, a time range to the nanosecond, or what entries name', async () => {
    await restore({ options: { measurements: { include: ['n'], exclude: [] } } })
    expect(taken()).toEqual([`there autogen ${third}`])
    server.taken.length = 0
    const [from, to] = [FIRST, FIRST + DAY_NS].map((ns) => new Date(Number(ns / 1_000_000n)).toISOString())
    await restore({
      options: { range: { from, to }, retentionPolicies: { include: ['auto*'], exclude: [] } },
    })
    expect(taken()).toEqual([`there autogen ${first}`])
    server.taken.length = 0
    await restore({ paths: ['a%20week'] })
    expect(taken()).toEqual([`there a week w f=1 ${FIRST}`])
  })

  test('does nothing that it was not told: what is there cannot be seen, and no policy is made', async () => {
    const ask = (options: Record<string, unknown>) => bench.restore(node('influxdb-3'), 'there', { options })
    for (const [options, option] of [
      [{}, 'existing: refuse'],
      [{ ...merge, keep: 'forever' }, 'keep: forever'],
    ] as const)
      await expect(ask(options)).rejects.toMatchObject({ code: 'config-invalid', details: { option } })
    expect(taken()).toEqual([])
  })

  test('says how to make the mapping that is missing, and goes on when it is there', async () => {
    server.unknown.add('there')
    await expect(restore()).rejects.toMatchObject({
      code: 'database-absent',
      hint: expect.stringContaining('influx v1 dbrp create --db "there" --rp '),
    })
    server.unknown.clear()
    await restore()
    expect(taken().sort()).toEqual(all)
  })

  test('is repeated as a whole when it was interrupted', async () => {
    const cx = bench.context()
    cx.progress = ({ step }) => {
      if (step === 'restore-windows') cx.cancel()
    }
    await expect(restore({ cx })).rejects.toMatchObject({ code: 'run-canceled' })
    expect(taken().length).toBeGreaterThan(0)
    await restore()
    expect([...new Set(taken())].sort()).toEqual(all)
  })

  test('sends nothing at all when one file is damaged', async () => {
    await using damaged = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await damaged.run()
    const point = await damaged.newest()
    const last = (await damaged.dataFiles(point)).at(-1) ?? ''
    await appendFile(join(damaged.directoryOf(point), 'data', last), '\n')
    await expect(restore({}, damaged)).rejects.toMatchObject({ code: 'restore-point-damaged' })
    expect(taken()).toEqual([])
  })

  test('refuses what InfluxDB 3 cannot take before anything is sent', async () => {
    await source.query('CREATE DATABASE shared')
    await source.write(`fine f=1 1\nm,dup=t dup=1,f=2 ${FIRST}`, 'shared', 'autogen')
    await using shared = await VaultBench.open(source, { config: { databases: [{ name: 'shared' }] } })
    await shared.run()
    shared.world.secrets.set('token', 'the token')
    const ask = (options: Record<string, unknown>) =>
      shared.restore(node('influxdb-3'), 'there', { options: { ...merge, ...options } })
    await expect(ask({})).rejects.toMatchObject({
      code: 'points-refused',
      message: expect.stringContaining('"m" of the database "shared": it has tags and fields'),
    })
    expect(taken()).toEqual([])
    await ask({ measurements: { include: [], exclude: ['m'] } })
    expect(taken()).toEqual(['there autogen fine f=1 1'])
  })
})
