import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const DAY_NS = 86_400_000_000_000n
const FIRST = 1_794_009_600_000_000_000n
/** The server refuses every statement that reads more series at once. */
const MOST_SERIES = 3

describe.skipIf(requires('influxdb'))('a window that cannot be read', () => {
  let source: InfluxLab
  beforeAll(async () => {
    source = await InfluxLab.start({
      settings: { INFLUXDB_COORDINATOR_MAX_SELECT_SERIES: String(MOST_SERIES) },
    })
  })
  afterAll(() => source[Symbol.asyncDispose]())

  const database = async (name: string, ...lines: string[]) => {
    await source.query(`CREATE DATABASE "${name}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(name, ...lines)
  }
  const write = async (name: string, ...lines: string[]) => {
    const { status, body } = await source.write(lines.join('\n'), name, 'raw')
    if (status !== 204) throw new Error(`${status} ${body.toString()}`)
  }
  const at = (day: number) => FIRST + BigInt(day) * DAY_NS
  /** One point of each of these series. */
  const wide = (measurement: string, series: number, day: number) =>
    Array.from({ length: series }, (_, n) => `${measurement},host=h${n} f=${n} ${at(day)}`)
  const bench = (...names: string[]) =>
    VaultBench.open(source, { config: { databases: names.map((name) => ({ name })) } })
  const killReading = async (measurement: string) => {
    for (;;) {
      await sleep(50)
      const [running] = (await source.query('SHOW QUERIES')) as [{ values: [number, string][] }]
      const query = running.values.find(([, text]) => text.includes(measurement) && /^SELECT/.test(text))
      if (!query) continue
      await sleep(300)
      return await source.query(`KILL QUERY ${query[0]}`)
    }
  }
  const pointOf = async (vault: VaultBench, name: string) =>
    (await vault.list()).find(({ asset }) => asset.key === name)

  test('costs its database completeness, the others nothing, and is named', async () => {
    await database('well', ...wide('m', 2, 0))
    await database('refused', ...wide('m', 2, 0), ...wide('wide', MOST_SERIES + 1, 1), `good f=1 ${at(1)}`)
    await using vault = await bench('refused', 'well')
    const { result, cx } = await vault.run()
    expect(result.points).toHaveLength(2)
    expect((await pointOf(vault, 'well'))?.details).toMatchObject({ complete: true, lackingCount: 0 })
    const point = await pointOf(vault, 'refused')
    expect(point).toMatchObject({
      itemCount: 2,
      details: {
        complete: false,
        lackingCount: 1,
        lacking: [
          {
            retentionPolicy: 'raw',
            measurement: 'wide',
            from: '2026-11-08T00:00:00Z',
            to: '2026-11-09T00:00:00Z',
            reason: expect.stringContaining('max-select-series limit exceeded'),
          },
        ],
      },
    })
    if (!point) throw new Error('there is no restore point')
    expect(await vault.dataFiles(point)).toEqual([
      'raw/good/2026-11-08T00-00-00Z.lp.gz',
      'raw/m/2026-11-07T00-00-00Z.lp.gz',
    ])
    expect(await vault.verify(point)).toMatchObject({ ok: true })
    expect(cx.warnings).toHaveLength(1)
    for (const part of ['refused', '"wide"', '"raw"', '2026-11-08T00:00:00Z', 'max-select-series'])
      expect(cx.warnings[0]).toContain(part)
    expect((await readdir(vault.jobDirectory)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('is read again by the next run, though nothing was written there', async () => {
    await database('healed', ...wide('m', 2, 0), ...wide('wide', MOST_SERIES + 1, 1))
    await using vault = await bench('healed')
    await vault.run()
    expect((await vault.newest()).details.complete).toBe(false)
    const again = await vault.run()
    expect(again.plan.databases).toEqual([expect.objectContaining({ way: 'compare', windows: 2 })])
    expect(again.result.counts).toMatchObject({ copied: 0, unchanged: 1 })
    expect((await vault.newest()).details).toMatchObject({ complete: false, lackingCount: 1 })
    await source.query(`DROP SERIES FROM "wide" WHERE "host" = 'h0'`, 'healed')
    await vault.run()
    const point = await vault.newest()
    expect(point).toMatchObject({ itemCount: 2, details: { complete: true, lackingCount: 0, lacking: [] } })
    expect((await vault.run()).plan.databases).toEqual([expect.objectContaining({ way: 'nothing' })])
  })

  test('does not stand in the next restore point as it was in the one before', async () => {
    await database('grown', ...wide('m', 2, 0), ...wide('wide', MOST_SERIES, 1))
    await using vault = await bench('grown')
    await vault.run()
    expect((await vault.newest()).details.complete).toBe(true)
    await write('grown', ...wide('wide', MOST_SERIES + 1, 1))
    await vault.run()
    const point = await vault.newest()
    expect(point).toMatchObject({ itemCount: 1, details: { complete: false, lackingCount: 1 } })
    expect(await vault.dataFiles(point)).toEqual(['raw/m/2026-11-07T00-00-00Z.lp.gz'])
  })

  test('leaves nothing of it in the file of the window that is read after it', async () => {
    const text = 'x'.repeat(1000)
    const long = (n: number) => `a_long_one f="${text}" ${at(0) + BigInt(n)}`
    await database('torn', `b g=1 ${at(0)}`, `c g=1 ${at(0)}`)
    for (let n = 0; n < 20_000; n += 4000)
      await write('torn', ...Array.from({ length: 4000 }, (_, index) => long(n + index)))
    await using vault = await bench('torn')
    // So slow that the server waits in the middle of its answer until somebody kills the statement.
    vault.set({ databases: [{ name: 'torn' }], pageSize: 1000, maxPointsPerSecond: 4000 })
    const { node } = vault.job
    if (node?.kind !== 'influxdb') throw new Error('the job has no source')
    vault.job = { ...vault.job, node: { ...node, readers: 1 } }
    const killed = killReading('a_long_one')
    const { cx } = await vault.run()
    await killed
    expect(cx.warnings[0]).toContain('"a_long_one"')
    const point = await vault.newest()
    expect(point.details).toMatchObject({ complete: false, lackingCount: 1 })
    expect(await vault.verify(point)).toMatchObject({ ok: true })
    const files = await vault.dataFiles(point)
    expect(files).toHaveLength(2)
    for (const name of files) expect(await vault.textOf(point, name)).toMatch(/^[bc] g=1 \d+\n$/)
  })

  test('with a field of several types in shards that overlap fails that window alone', async () => {
    await database('mixed', `t f=9007199254740993i ${at(2)}`, `good f=1 ${at(2)}`)
    await database('beside', `m f=1 ${at(0)}`)
    await source.query('ALTER RETENTION POLICY "raw" ON "mixed" SHARD DURATION 7d')
    await write('mixed', `t f=2.5 ${at(6)}`, `good f=2 ${at(6)}`)
    await using vault = await bench('mixed', 'beside')
    const { cx } = await vault.run()
    expect((await pointOf(vault, 'beside'))?.details.complete).toBe(true)
    const point = await pointOf(vault, 'mixed')
    if (!point) throw new Error('there is no restore point')
    const details = point.details as { complete: boolean; lacking: { measurement: string }[] }
    expect(details.complete).toBe(false)
    expect(new Set(details.lacking.map(({ measurement }) => measurement))).toEqual(new Set(['t']))
    expect(cx.warnings[0]).toContain('several types')
    const files = await vault.dataFiles(point)
    expect(files.filter((name) => name.includes('/good/'))).toHaveLength(2)
  })

  test('fails the run when nothing else is left of what it was to save', async () => {
    await database('nothing', ...wide('wide', MOST_SERIES + 1, 0))
    await database('something', `m f=1 ${at(0)}`)
    await using alone = await bench('nothing')
    await expect(alone.run()).rejects.toMatchObject({
      code: 'node-refused',
      message: expect.stringContaining('"wide"'),
      details: { lackingCount: 1, lacking: [expect.objectContaining({ database: 'nothing' })] },
    })
    expect(await alone.list()).toEqual([])
    expect(alone.world.journal).toEqual([])
    await using both = await bench('nothing', 'something')
    const { cx, result } = await both.run()
    expect(result.points).toHaveLength(1)
    expect(await pointOf(both, 'nothing')).toBeUndefined()
    expect(cx.warnings.join('\n')).toContain('no restore point of the database nothing')
    const manifest = await readFile(join(both.directoryOf(await both.newest()), 'restore-point.json'), 'utf8')
    expect(JSON.parse(manifest).asset.key).toBe('something')
  })
})
