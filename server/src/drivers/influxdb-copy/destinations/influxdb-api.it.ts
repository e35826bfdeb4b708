import { phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { influxdbCopy } from '../index.ts'
import { OneWayBench } from '../testkit/one-way-bench.ts'
import { StandIn } from './stand-in.testkit.ts'

const LINES = [
  'm,k=a\\ b f=1.5,i=9007199254740993i,b=true,s="a\\"b" 1794000000000000001',
  'm,k=c f=2 1794000000000000002',
]

describe.skipIf(requires('influxdb'))('a copy to InfluxDB 2.x and 3.x', () => {
  let bench: OneWayBench
  let server: StandIn
  beforeAll(async () => {
    ;[bench, server] = await Promise.all([OneWayBench.start(), StandIn.start()])
    await bench.source.query('CREATE DATABASE metrics')
    await bench.source.query('CREATE RETENTION POLICY "a week" ON metrics DURATION INF REPLICATION 1')
    await bench.source.write(LINES.join('\n'), 'metrics', 'autogen')
    await bench.source.write('w f=1 1794000000000000003', 'metrics', 'a week')
  })
  afterAll(() => Promise.all([bench[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]))

  const begin = (product: 'influxdb-2' | 'influxdb-3', config: Record<string, unknown> = {}) =>
    bench.begin({ product, url: server.url, token: { secret: 'token' } }, config)
  beforeEach(() => {
    server.taken.length = 0
    server.unknown.clear()
  })
  const taken = () => server.taken.flatMap(({ db, rp, lines }) => lines.map((line) => [db, rp, line]))

  test.each(['influxdb-2', 'influxdb-3'] as const)('sends every point to %s as it is', async (product) => {
    begin(product, { databases: [{ name: 'metrics', as: 'there' }] })
    const { plan, result, cx } = await bench.run()
    expect(taken().sort()).toEqual([
      ['there', 'a week', 'w f=1 1794000000000000003'],
      ['there', 'autogen', 'm,k=a\\ b b=t,f=1.5,i=9007199254740993i,s="a\\"b" 1794000000000000001'],
      ['there', 'autogen', 'm,k=c f=2 1794000000000000002'],
    ])
    expect(plan.items.map(({ what }) => phraseText(what))).toContain('nothing is compared')
    expect(phraseText(result.summary)).toContain('nothing was compared')
    expect(cx.warnings).toEqual([expect.stringContaining('Nothing was compared')])
  })

  test('sends only shards that have changed the second time', async () => {
    begin('influxdb-2')
    await bench.run()
    server.taken.length = 0
    expect((await bench.run()).plan.databases).toEqual([expect.objectContaining({ way: 'nothing' })])
    await bench.source.write('w f=2 1794000000000000004', 'metrics', 'a week')
    await bench.run()
    expect(taken().map(([, rp]) => rp)).toEqual(['a week', 'a week'])
  })

  test('says how to make the mapping that is missing', async () => {
    begin('influxdb-2')
    server.unknown.add('metrics')
    const error = await bench.run().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'database-absent',
      message: expect.stringContaining('no dbrp mapping found'),
      hint: expect.stringContaining('influx v1 dbrp create --db "metrics" --rp '),
    })
  })

  test('refuses what InfluxDB 3 cannot take before anything is written', async () => {
    await bench.source.query('CREATE DATABASE shared')
    await bench.source.write('fine f=1 1\nm,dup=t dup=1,f=2 1794000000000000000', 'shared', 'autogen')
    begin('influxdb-3', { databases: [{ name: 'shared' }] })
    const refused = { code: 'points-refused', message: expect.stringContaining('"m"') }
    await expect(influxdbCopy.plan(bench.context())).rejects.toMatchObject(refused)
    expect(server.taken).toEqual([])
    begin('influxdb-3', {
      databases: [{ name: 'shared' }],
      fields: [{ measurement: 'm', exclude: ['dup'] }],
    })
    await bench.run()
    expect(taken().map(([, , line]) => line)).toContain('m,dup=t f=2 1794000000000000000')
  })

  test('tells in a check that nothing is compared', async () => {
    begin('influxdb-2')
    const findings = await influxdbCopy.check(bench.context())
    expect(findings).toContainEqual(expect.objectContaining({ message: 'InfluxDB 2.7.1 answers' }))
    expect(findings).toContainEqual(expect.objectContaining({ level: 'warning', subject: 'destination' }))
  })
})
