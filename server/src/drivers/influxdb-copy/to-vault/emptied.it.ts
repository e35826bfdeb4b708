import { NO_MARKS, phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { influxdbCopy } from '../index.ts'
import { influxdbPoints } from '../points/points.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const FIRST = 1_794_009_600_000_000_000n

describe.skipIf(requires('influxdb'))('a source that has nothing any more of what was saved', () => {
  let source: InfluxLab
  beforeAll(async () => {
    source = await InfluxLab.start()
  })
  afterAll(() => source[Symbol.asyncDispose]())

  let count = 0
  const open = async (config: Record<string, unknown> = {}) => {
    count += 1
    const db = `db_${count}`
    await create(db)
    const databases = [{ name: db }]
    const bench = await VaultBench.open(source, { config: { databases, ...config } })
    return { db, databases, bench }
  }
  const create = async (db: string) => {
    await source.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(db)
  }
  const write = async (db: string) => {
    const { status } = await source.write(`m,host=a f=1 ${FIRST}\nm,host=b f=2 ${FIRST}`, db, 'raw')
    expect(status).toBe(204)
  }
  const empty = async (db: string) => {
    await source.query(`DROP DATABASE "${db}"`)
    await source.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
  }
  const guards = async (bench: VaultBench) =>
    (await influxdbCopy.plan(bench.context())).guards.map(({ code, message }) => [code, phraseText(message)])

  test('holds the run though the restore point before was found damaged', async () => {
    const { db, bench } = await open()
    await using _ = bench
    await bench.run()
    await influxdbPoints.mark(bench.vault, await bench.newest(), { ...NO_MARKS, verifiedOk: false })
    await empty(db)
    expect(await guards(bench)).toEqual([['source-empty', expect.stringContaining(db)]])
    const planned = await influxdbCopy.plan(bench.context())
    await influxdbCopy.run(bench.context(), planned)
    // Somebody has agreed to it: nobody is asked again.
    expect(await guards(bench)).toEqual([])
  })

  test('holds the run once the settings of the job select nothing', async () => {
    const { db, databases, bench } = await open()
    await using _ = bench
    await bench.run()
    bench.set({ databases, measurements: { include: ['other'], exclude: [] } })
    expect(await guards(bench)).toEqual([['source-empty', expect.stringContaining(db)]])
    bench.set({ databases, retentionPolicies: { include: ['other'], exclude: [] } })
    expect(await guards(bench)).toEqual([['source-empty', expect.stringContaining(db)]])
    bench.set({ databases, measurements: { include: ['m'], exclude: [] } })
    expect(await guards(bench)).toEqual([])
  })

  test('makes no restore point when only reading tells it, and holds the next run', async () => {
    const { db, databases, bench } = await open()
    await using _ = bench
    await bench.run()
    const nobody = { databases, tags: [{ tag: 'host', include: ['c'], exclude: [] }] }
    bench.set(nobody)
    await expect(bench.run()).rejects.toMatchObject({ code: 'source-gone', details: { databases: [db] } })
    expect(await bench.list()).toHaveLength(1)
    expect(await guards(bench)).toEqual([['source-empty', expect.stringContaining(db)]])
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ windows: 0, points: 0 })
    expect(await guards(bench)).toEqual([])
    expect((await bench.run()).result.counts).toMatchObject({ windows: 0 })
  })

  test('is asked about for each database: agreeing to one is no word on another', async () => {
    const { db, bench } = await open()
    await using _ = bench
    const other = `${db}_other`
    await create(other)
    bench.set({ databases: [{ name: db }, { name: other }] })
    await bench.run()
    await empty(db)
    const planned = await influxdbCopy.plan(bench.context())
    expect(planned.guards).toHaveLength(1)
    await empty(other)
    await expect(influxdbCopy.run(bench.context(), planned)).rejects.toMatchObject({
      code: 'source-gone',
      message: expect.stringContaining(other),
    })
  })
})
