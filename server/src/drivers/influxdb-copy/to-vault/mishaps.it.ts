import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { contentsOf } from '../testkit/contents.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const DAY_NS = 86_400_000_000_000n
const FIRST = 1_794_009_600_000_000_000n

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe.skipIf(requires('influxdb'))('restore points of databases that are no plain case', () => {
  let source: InfluxLab
  let target: InfluxLab
  beforeAll(async () => {
    const servers = await Promise.all([InfluxLab.start(), InfluxLab.start()])
    source = servers[0]
    target = servers[1]
  })
  afterAll(() => Promise.all([source[Symbol.asyncDispose](), target[Symbol.asyncDispose]()]))

  let count = 0
  const open = async (lines: string[], config: Record<string, unknown> = {}) => {
    count += 1
    const db = `db_${count}`
    await source.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(source, db, ...lines)
    return { db, bench: await VaultBench.open(source, { config: { databases: [{ name: db }], ...config } }) }
  }
  const write = async (server: InfluxLab, db: string, ...lines: string[]) => {
    const { status, body } = await server.write(lines.join('\n'), db, 'raw')
    if (status !== 204) throw new Error(`${status} ${body.toString()}`)
  }
  const days = (field: string, n: number) =>
    Array.from({ length: n }, (_, day) => `${field}=${day}.5 ${FIRST + BigInt(day) * DAY_NS}`)

  /** As somebody would do it who has the disk: every hash is right again. */
  const replaced = async (bench: VaultBench, name: string, change: (text: string) => string) => {
    const directory = bench.directoryOf(await bench.newest())
    const path = join(directory, name)
    const text = change(await readFile(path, 'utf8'))
    await writeFile(path, text)
    const manifestPath = join(directory, 'restore-point.json')
    const manifest = JSON.parse(await readFile(manifestPath, 'utf8'))
    const key = { 'SCHEMA.json': 'schemaSha256', 'WINDOWS.jsonl': 'windowsSha256' }[name] ?? ''
    manifest.details[key] = sha256(text)
    await writeFile(manifestPath, JSON.stringify(manifest))
  }

  test('hold everything after the length of shards was changed, run after run', async () => {
    const { db, bench } = await open(days('m f', 3))
    await using _ = bench
    await bench.run()
    await source.query(`ALTER RETENTION POLICY "raw" ON "${db}" SHARD DURATION 7d`)
    await write(source, db, ...days('late f', 6))
    for (const name of ['first', 'second', 'third']) {
      await bench.run()
      expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
      await bench.restore(target, `${db}_${name}`)
      const [found] = (await target.query('SELECT count(f) FROM "raw"./.*/', `${db}_${name}`)) as unknown[]
      expect(found).toEqual(((await source.query('SELECT count(f) FROM "raw"./.*/', db)) as unknown[])[0])
    }
  })

  test('tell how long shards really are, whatever windows a time range leaves', async () => {
    const policyOf = async (bench: VaultBench) => {
      const path = join(bench.directoryOf(await bench.newest()), 'SCHEMA.json')
      return JSON.parse(await readFile(path, 'utf8')).retentionPolicies
    }
    const range = { from: '2026-11-07T10:30:00Z', to: '2026-11-09T05:00:00Z' }
    const { db, bench } = await open(days('m f', 4), { mode: 'full', range })
    await using _ = bench
    await bench.run()
    expect(await policyOf(bench)).toMatchObject([{ shardDuration: '1d', finestShards: '1d' }])
    const long = await open([], { mode: 'full', range })
    await using _long = long.bench
    // Lengths of which none divides the other: points of two shards of three days lie in one of two days.
    for (const [duration, day] of [
      ['3d', 0],
      ['2d', 20],
      ['6d', 40],
    ] as const) {
      await source.query(`ALTER RETENTION POLICY "raw" ON "${long.db}" SHARD DURATION ${duration}`)
      await write(source, long.db, `m f=${day} ${FIRST + BigInt(day) * DAY_NS}`)
    }
    await long.bench.run()
    expect(await policyOf(long.bench)).toMatchObject([{ shardDuration: '6d', finestShards: '1d' }])
    expect(db).not.toBe(long.db)
  })

  test('take names that end a line for some readers', async () => {
    const { db, bench } = await open([`m f\u2028x=1,g\u2029=2 ${FIRST}`])
    await using _ = bench
    await bench.run()
    await bench.restore(target, db)
    expect(await contentsOf(target, db)).toEqual(await contentsOf(source, db))
  })

  test('share no file that has rotten meanwhile with one that was read anew', async () => {
    const { bench } = await open(days('m f', 1), { mode: 'full' })
    await using _ = bench
    await bench.run()
    const first = await bench.newest()
    const [name = ''] = await bench.dataFiles(first)
    const path = join(bench.directoryOf(first), 'data', name)
    const bytes = await readFile(path)
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 1
    await writeFile(path, bytes)
    await bench.run()
    expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
  })

  test('that somebody else has written run nothing at a server', async () => {
    const { db, bench } = await open(days('m f', 1))
    await using _ = bench
    await target.query('CREATE DATABASE prod')
    await bench.run()
    await replaced(bench, 'SCHEMA.json', (text) => {
      const schema = JSON.parse(text)
      schema.continuousQueries = [
        { name: 'a', statement: 'DROP DATABASE "prod"' },
        { name: 'b', statement: `CREATE CONTINUOUS QUERY b ON ${db} BEGIN SELECT 1 END; DROP DATABASE prod` },
        {
          name: 'c',
          statement: `CREATE CONTINUOUS QUERY c ON ${db} BEGIN SELECT mean(f) INTO prod.autogen.m FROM ${db}.raw.m GROUP BY time(1h) END`,
        },
      ]
      return JSON.stringify(schema)
    })
    const { cx } = await bench.restore(target, `${db}_queries`)
    expect(cx.warnings).toHaveLength(3)
    await replaced(bench, 'SCHEMA.json', (text) => {
      const schema = JSON.parse(text)
      schema.retentionPolicies[0].shardDuration = '1d NAME "raw"; DROP DATABASE "prod"'
      return JSON.stringify(schema)
    })
    await expect(bench.restore(target, `${db}_policy`)).rejects.toMatchObject({
      code: 'restore-point-damaged',
    })
    const [names] = (await target.query('SHOW DATABASES')) as [{ values: string[][] }]
    expect(names.values.flat()).toContain('prod')
  })

  test('write nothing but their own measurement, and nothing of a file that is not theirs', async () => {
    const { db, bench } = await open([...days('cpu f', 1), ...days('billing total', 1)])
    await using _ = bench
    await bench.run()
    const point = await bench.newest()
    const name = (await bench.dataFiles(point)).find((file) => file.includes('cpu')) ?? ''
    const path = join(bench.directoryOf(point), 'data', name)
    const whole = await readFile(path)
    const more = gzipSync(Buffer.concat([gunzipSync(whole), Buffer.from(`billing total=0 ${FIRST}\n`)]))
    await writeFile(path, more)
    await target.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(target, db, `billing total=99 ${FIRST}`)
    const options = { existing: 'merge', measurements: { include: ['cpu'], exclude: [] } }
    const damaged = { code: 'restore-point-damaged' }
    await expect(bench.restore(target, db, { options })).rejects.toMatchObject(damaged)
    await replaced(bench, 'WINDOWS.jsonl', (text) =>
      text.replace(sha256(whole), sha256(more)).replace(/"textBytes":\d+/, '"textBytes":100000'),
    )
    await expect(bench.restore(target, db, { options })).rejects.toMatchObject(damaged)
    const [billing] = (await target.query('SELECT total FROM "raw"."billing"', db)) as [
      { values: number[][] },
    ]
    expect(billing.values[0]?.[1]).toBe(99)
  })
})
