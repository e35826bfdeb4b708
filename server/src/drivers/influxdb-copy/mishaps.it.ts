import { HoldfastError } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InfluxLab } from '../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../tools/lab/requires.ts'
import { influxdbCopy } from './index.ts'
import { contentsOf } from './testkit/contents.ts'
import { CopyBench } from './testkit/copy-bench.ts'

const DAY_NS = 86_400_000_000_000n
const FIRST = 1_794_009_600_000_000_000n

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => 'nothing',
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

describe.skipIf(requires('influxdb'))('what users do to servers between runs', () => {
  let bench: CopyBench
  beforeAll(async () => {
    bench = await CopyBench.start({ relay: true })
  })
  afterAll(() => bench[Symbol.asyncDispose]())

  let count = 0
  /** A database of its own for each test, with six measurements of three days. */
  const database = async (config: Record<string, unknown> = { relay: 'never' }) => {
    count += 1
    const db = `db_${count}`
    await bench.source.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    const lines = Array.from(
      { length: 18 },
      (_, n) => `m${n % 6},k=v f=${n} ${FIRST + BigInt(n % 3) * DAY_NS}`,
    )
    await write(bench.source, db, ...lines)
    bench.begin({ databases: [{ name: db }], ...config })
    return db
  }
  const write = async (server: InfluxLab, db: string, ...lines: string[]) => {
    const { status, body } = await server.write(lines.join('\n'), db, 'raw')
    if (status !== 204) throw new Error(`${status} ${body.toString()}`)
  }
  const wayOf = async () => (await influxdbCopy.plan(bench.context())).databases.map(({ way }) => way)
  const expectEqual = async (db: string) =>
    expect(await contentsOf(bench.destination, db)).toEqual(await contentsOf(bench.source, db))

  test('a copy that was dropped after an interruption begins anew', async () => {
    const db = await database({ relay: 'never', pauseBetweenWindowsMs: 30 })
    const cx = bench.context()
    cx.progress = ({ doneItems = 0 }) => doneItems > 8 && cx.cancel()
    expect(await codeOf(bench.run(cx))).toBe('run-canceled')
    await bench.destination.query(`DROP DATABASE "${db}"`)
    await bench.run()
    await expectEqual(db)
  })

  test('what somebody else did to the copy is found: deleted, overwritten, dropped and made anew', async () => {
    const db = await database()
    await bench.run()
    expect(await wayOf()).toEqual(['nothing'])
    await bench.destination.query('DELETE FROM "m1"', db)
    expect(await wayOf()).toEqual(['compare'])
    await bench.run()
    await expectEqual(db)
    await write(bench.destination, db, `m2,k=v f=99 ${FIRST + 2n * DAY_NS}`)
    await bench.run()
    await expectEqual(db)
    await bench.destination.query(`DROP DATABASE "${db}"`)
    await bench.destination.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(bench.destination, db, `m0,k=v f=0 ${FIRST}`)
    await bench.run()
    await expectEqual(db)
  })

  test('a source that was started anew is compared as a whole', async () => {
    const db = await database()
    await bench.run()
    await write(bench.source, db, `m0,k=v f=77 ${FIRST}`)
    await bench.source.stop()
    await bench.source.startAgain()
    await bench.run()
    await expectEqual(db)
  })

  test('the default retention policy of a database that is there stays the default', async () => {
    const db = await database({ relay: 'never', destination: { existing: 'merge' } })
    await bench.destination.query(`CREATE DATABASE "${db}"`)
    await bench.run()
    const [policies] = (await bench.destination.query(`SHOW RETENTION POLICIES ON "${db}"`)) as [
      { values: unknown[][] },
    ]
    expect(policies.values.map(([name, , , , isDefault]) => [name, isDefault])).toEqual([
      ['autogen', true],
      ['raw', false],
    ])
  })

  test('shards that overlap since their length was changed are copied whole, or refused where types differ', async () => {
    const db = await database()
    await write(bench.source, db, `t f=9007199254740993i ${FIRST}`, `good f=1 ${FIRST}`)
    await bench.source.query(`ALTER RETENTION POLICY "raw" ON "${db}" SHARD DURATION 7d`)
    await write(bench.source, db, `t f=2.5 ${FIRST + 6n * DAY_NS}`, `good f=2 ${FIRST + 6n * DAY_NS}`)
    expect(await codeOf(bench.run())).toBe('points-refused')
    // What is not touched by it is there all the same.
    const [good] = (await bench.destination.query('SELECT count(f) FROM "raw"."good"', db)) as [
      { values: number[][] },
    ]
    expect(good.values[0]?.[1]).toBe(2)
    bench.begin({ databases: [{ name: db, as: `${db}_whole` }] })
    expect(await wayOf()).toEqual(['relay'])
    await bench.run()
    const types = (server: InfluxLab, name: string) =>
      server.query(`SHOW FIELD KEYS ON "${name}" FROM "raw"."t"`)
    expect(await types(bench.destination, `${db}_whole`)).toEqual(await types(bench.source, db))
  })

  test('a database that bears the name of an interrupted copy, and is somebody else’s, is not touched', async () => {
    const db = await database({})
    const cx = bench.context()
    cx.progress = ({ step }) => step === 'relay-shards' && cx.cancel()
    expect(await codeOf(bench.run(cx))).toBe('run-canceled')
    await write(bench.destination, db, `precious f=1 ${FIRST}`)
    const { guards, databases } = await influxdbCopy.plan(bench.context())
    expect(guards.map(({ code }) => code)).toEqual(['database-exists'])
    expect(databases.map(({ way }) => way)).toEqual(['compare'])
    await bench.run()
    const found = await bench.destination.query('SELECT * FROM "raw"."precious"', db)
    expect(found).toHaveLength(1)
  })

  test('nor is one whose server was started anew since, which tells of no writing', async () => {
    const db = await database({})
    const cx = bench.context()
    cx.progress = ({ step }) => step === 'relay-shards' && cx.cancel()
    expect(await codeOf(bench.run(cx))).toBe('run-canceled')
    await write(bench.destination, db, `precious f=1 ${FIRST}`)
    await bench.destination.stop()
    await bench.destination.startAgain()
    await bench.run()
    expect(await bench.destination.query('SELECT * FROM "raw"."precious"', db)).toHaveLength(1)
  })

  test('a copy onto itself, twice to one place, and of everything beside itself are refused', async () => {
    const db = await database()
    bench.begin({
      databases: [
        { name: db, as: 'x' },
        { name: 'other', as: 'x' },
      ],
    })
    await bench.source.query('CREATE DATABASE other')
    expect(await codeOf(bench.run())).toBe('config-invalid')
    bench.begin({ databases: [{ name: db }], destination: { node: 'source' } })
    expect(await codeOf(bench.run())).toBe('config-invalid')
    bench.begin({ destination: { node: 'source', suffix: '_copy' } })
    expect(await codeOf(bench.run())).toBe('config-invalid')
    bench.begin({
      databases: [{ name: db }],
      destination: { node: 'source', suffix: '_copy' },
      relay: 'never',
    })
    await bench.run()
    expect(await contentsOf(bench.source, `${db}_copy`)).toEqual(await contentsOf(bench.source, db))
  })

  test('an address for backups of another server is not used', async () => {
    const db = await database({})
    const { source = null } = bench.job.nodes
    if (source?.kind !== 'influxdb') throw new Error('it is')
    const wrong = { ...source, snapshotAddress: `127.0.0.1:${bench.destination.snapshotPort}` }
    bench.job = { ...bench.job, node: wrong, nodes: { ...bench.job.nodes, source: wrong } }
    expect(await wayOf()).toEqual(['fill'])
    await bench.run()
    await expectEqual(db)
  })

  test('what was not compared is compared once the job asks for it', async () => {
    const db = await database({ relay: 'never', verify: false })
    await bench.run()
    bench.set({ databases: [{ name: db }], relay: 'never' })
    expect(await wayOf()).toEqual(['compare'])
  })

  test('a measurement that is gone from the source is told', async () => {
    const db = await database()
    await bench.run()
    await bench.source.query('DROP MEASUREMENT "m3"', db)
    const { cx } = await bench.run()
    expect(cx.warnings).toContainEqual(expect.stringContaining('m3'))
  })
})
