import { appendFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type PlanItem, phraseText } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, makeDataset, writeAll } from '../../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { influxdbPoints } from '../points/points.ts'
import { contentsOf } from '../testkit/contents.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const dataset = makeDataset({ scale: 0.003 })

describe.skipIf(requires('influxdb'))('a database from a vault', () => {
  let source: InfluxLab
  let target: InfluxLab
  let bench: VaultBench
  beforeAll(async () => {
    const servers = await Promise.all([InfluxLab.start(), InfluxLab.start()])
    source = servers[0]
    target = servers[1]
    await writeAll(source, 'metrics', dataset)
    await source.query(
      'CREATE CONTINUOUS QUERY "hourly" ON "metrics" BEGIN SELECT mean("usage_user") INTO "metrics"."autogen"."cpu_hourly" FROM "cpu" GROUP BY time(1h) END',
    )
    bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await bench.run()
  })
  afterAll(async () => {
    await bench[Symbol.asyncDispose]()
    await Promise.all([source[Symbol.asyncDispose](), target[Symbol.asyncDispose]()])
  })

  let restores = 0
  const fresh = () => `restored ${++restores}`

  test('is the same on a new server: every value, type, retention policy and continuous query', async () => {
    const name = fresh()
    const { plan, result, cx } = await bench.restore(target, name)
    expect(await contentsOf(target, name)).toEqual(await contentsOf(source, 'metrics'))
    expect(result.counts).toMatchObject({ unchanged: 0, windows: (await bench.newest()).itemCount })
    expect(result.bytesMoved).toBe(plan.expectedBytes)
    expect(cx.warnings).toEqual([])
    const queries = (await target.query('SHOW CONTINUOUS QUERIES')) as { name: string; values?: string[][] }[]
    const [[, statement = ''] = []] = queries.find((one) => one.name === name)?.values ?? []
    expect(statement).toContain(`"${name}"`)
  })

  test('brings back one measurement, and no other', async () => {
    const name = fresh()
    const { plan } = await bench.restore(target, name, {
      options: {
        measurements: { include: ['cpu'], exclude: [] },
        retentionPolicies: { include: ['autogen'], exclude: [] },
      },
    })
    expect(phraseText(plan.items[0]?.what ?? '')).toBe('restore a part of the database: 1 measurements')
    const was = await contentsOf(source, 'metrics')
    const is = await contentsOf(target, name)
    const { policies: _ofSource, ...ofCpu } = Object.fromEntries(
      Object.entries(was).filter(([key]) => key.startsWith('autogen|cpu|') || key === 'policies'),
    )
    const { policies: _ofTarget, ...restored } = is
    expect(restored).toEqual(ofCpu)
    expect(await target.query('SHOW CONTINUOUS QUERIES')).not.toContainEqual(
      expect.objectContaining({ name, values: expect.anything() }),
    )
  })

  test('brings back a time range to the nanosecond', async () => {
    const name = fresh()
    const range = { from: '2026-11-02T03:04:05.000Z', to: '2026-11-09T00:00:00.000Z' }
    await bench.restore(target, name, {
      options: { range, measurements: { include: ['events'], exclude: [] } },
    })
    const asked = `SELECT * FROM "short"."events" WHERE time >= '${range.from}' AND time < '${range.to}' GROUP BY *`
    expect(await target.query('SELECT * FROM "short"."events" GROUP BY *', name)).toEqual(
      await source.query(asked, 'metrics'),
    )
  })

  test('brings back what entries name', async () => {
    const point = await bench.newest()
    const asked = { after: null, limit: 3, signal: AbortSignal.timeout(60_000), log: bench.world.log }
    const entries = async (path: string, after: string | null = null) => {
      const page = await influxdbPoints.entries?.(bench.vault, point, { ...asked, path, after })
      if (!page) throw new Error('no entries')
      return page
    }
    const first = await entries('')
    expect(first.items.map(({ name, type }) => [name, type])).toEqual([
      ['autogen', 'folder'],
      ['rollup', 'folder'],
      ['rp 90d', 'folder'],
    ])
    const second = await entries('', first.next)
    expect(second).toMatchObject({ items: [{ name: 'short' }], next: null })
    const [measurement] = (await entries('rp%2090d')).items
    const [window] = (await entries(measurement?.path ?? '')).items
    expect(window).toMatchObject({
      type: 'file',
      path: expect.stringMatching(/^rp%2090d\/mem\/2026-.*\.lp\.gz$/),
    })
    expect(window?.sizeBytes).toBeGreaterThan(100)
    await expect(entries('nothing')).rejects.toMatchObject({ code: 'config-invalid' })
    const name = fresh()
    const { result } = await bench.restore(target, name, { paths: [window?.path ?? ''] })
    expect(result.counts).toMatchObject({ windows: 1 })
    await expect(bench.restore(target, fresh(), { paths: ['rp%2090d/me'] })).rejects.toMatchObject({
      code: 'config-invalid',
    })
  })

  test('does not go into one that is there, unless it may', async () => {
    const name = fresh()
    await createDatabase(target, name, { ...dataset, parts: [] })
    await target.write(
      'own f=1 1794000000000000000\ncpu,host=mine usage_user=5 1794000000000000000',
      name,
      'autogen',
    )
    await expect(bench.restore(target, name)).rejects.toMatchObject({ code: 'restore-target-exists' })
    const { cx, result } = await bench.restore(target, name, { options: { existing: 'merge' } })
    expect(result.details).toMatchObject({
      surplusCount: 1,
      surplus: [{ measurement: 'cpu', fields: ['usage_user'] }],
    })
    expect(cx.warnings).toEqual([expect.stringContaining('holds more than the restore point')])
    const again = await bench.restore(target, name, { options: { existing: 'merge' } })
    expect(again.result.counts).toMatchObject({ copied: 1 })
  })

  test('says what is too old for the retention policy it was kept under, and can keep it all the same', async () => {
    await source.query('CREATE DATABASE "aged" WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME "days"')
    const now = BigInt(Date.now()) * 1_000_000n
    const day = 86_400_000_000_000n
    const lines = [1n, 2n, 5n, 50n].map((days) => `m f=${days} ${now - days * day}`)
    await source.write(lines.join('\n'), 'aged', 'days')
    await source.query('ALTER RETENTION POLICY "days" ON "aged" DURATION 3d')
    await using aged = await VaultBench.open(source, { config: { databases: [{ name: 'aged' }] } })
    await aged.run()
    const { plan, cx, result } = await aged.restore(target, fresh())
    expect(plan.items.map(({ what }: PlanItem) => phraseText(what))).toContain('leave out 2 windows')
    expect(cx.warnings).toEqual([expect.stringContaining('In 2 windows some or all points were left out')])
    expect(result.counts).toMatchObject({ points: 2 })
    const name = fresh()
    const kept = await aged.restore(target, name, { options: { keep: 'forever' } })
    expect(kept.result.counts).toMatchObject({ points: 4 })
    expect(kept.cx.warnings).toEqual([])
    expect(await target.query(`SHOW RETENTION POLICIES ON "${name}"`)).toMatchObject([
      { values: [['days', '0s', '24h0m0s', 1, true]] },
    ])
  })

  test('keeps the types of shards from before their length was changed', async () => {
    await source.query('CREATE DATABASE "types" WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME "rp"')
    const at = (day: number) => 1_792_368_000_000_000_000n + BigInt(day) * 86_400_000_000_000n
    await source.write(`m f=1i ${at(0)}`, 'types', 'rp')
    await source.write(`m f="one" ${at(1)}`, 'types', 'rp')
    await source.query('ALTER RETENTION POLICY "rp" ON "types" SHARD DURATION 7d')
    await source.write(`m f=true ${at(20)}`, 'types', 'rp')
    await using types = await VaultBench.open(source, { config: { databases: [{ name: 'types' }] } })
    await types.run()
    const name = fresh()
    const { result } = await types.restore(target, name)
    expect(result.counts).toMatchObject({ points: 3 })
    const [fields] = (await target.query(`SHOW FIELD KEYS ON "${name}"`)) as { values: string[][] }[]
    expect(fields?.values.map(([, type]) => type).sort()).toEqual(['boolean', 'integer', 'string'])
  })

  test('tells that the restore point is not complete', async () => {
    await source.query('CREATE DATABASE "mixed" WITH DURATION INF REPLICATION 1 SHARD DURATION 1d NAME "rp"')
    const at = (day: number) => 1_792_368_000_000_000_000n + BigInt(day) * 86_400_000_000_000n
    await source.write(`m f=1i ${at(1)}\nother f=1 ${at(1)}`, 'mixed', 'rp')
    await source.query('ALTER RETENTION POLICY "rp" ON "mixed" SHARD DURATION 7d')
    await source.write(`m f="one" ${at(2)}`, 'mixed', 'rp')
    await using mixed = await VaultBench.open(source, { config: { databases: [{ name: 'mixed' }] } })
    await mixed.run()
    const { lackingCount } = (await mixed.newest()).details as { lackingCount: number }
    expect(lackingCount).toBeGreaterThan(0)
    const { plan, cx } = await mixed.restore(target, fresh())
    const lacks = expect.stringMatching(/^The restore point lacks \d+ windows? of the database/)
    expect(plan.items.map(({ what }: PlanItem) => phraseText(what))).toContainEqual(lacks)
    expect(cx.warnings).toContainEqual(lacks)
  })

  test('is refused when it is not what was saved, and names what differs', async () => {
    await using damaged = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await damaged.run()
    const point = await damaged.newest()
    const [file = ''] = await damaged.dataFiles(point)
    await writeFile(
      join(damaged.directoryOf(point), 'data', file),
      gzipSync('other f=1 1794000000000000000\n'),
    )
    await expect(damaged.restore(target, fresh())).rejects.toMatchObject({ code: 'restore-point-damaged' })
    await appendFile(join(damaged.directoryOf(point), 'WINDOWS.jsonl'), '\n')
    await expect(damaged.restore(target, fresh())).rejects.toMatchObject({ code: 'restore-point-damaged' })
    expect(await readdir(damaged.jobDirectory)).toHaveLength(1)
  })
})
