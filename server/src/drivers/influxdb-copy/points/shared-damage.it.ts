import { open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_MARKS, type RestorePoint } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { VaultBench } from '../testkit/vault-bench.ts'
import { influxdbPoints } from './points.ts'

const DAY_NS = 86_400_000_000_000n
const FIRST = 1_794_009_600_000_000_000n
const at = (day: number) => FIRST + BigInt(day) * DAY_NS

describe.skipIf(requires('influxdb'))('damage in a file that several restore points share', () => {
  let source: InfluxLab
  beforeAll(async () => {
    source = await InfluxLab.start()
  })
  afterAll(() => source[Symbol.asyncDispose]())

  let count = 0
  const opened = async (config: Record<string, unknown> = {}) => {
    count += 1
    const db = `db_${count}`
    await source.query(`CREATE DATABASE "${db}" WITH DURATION INF SHARD DURATION 1d NAME "raw"`)
    await write(db, `m f=1 ${at(0)}`, `m f=2 ${at(1)}`, `m f=3 ${at(2)}`)
    return { db, bench: await VaultBench.open(source, { config: { databases: [{ name: db }], ...config } }) }
  }
  const write = async (db: string, ...lines: string[]) => {
    const { status } = await source.write(lines.join('\n'), db, 'raw')
    expect(status).toBe(204)
  }
  const fileOf = (bench: VaultBench, point: RestorePoint, day: number) =>
    join(bench.directoryOf(point), 'data', 'raw', 'm', `2026-11-0${7 + day}T00-00-00Z.lp.gz`)

  /** On the disk, where all names of the file lead to. */
  const flip = async (path: string) => {
    await using handle = await open(path, 'r+')
    const byte = Buffer.alloc(1)
    await handle.read(byte, 0, 1, 20)
    await handle.write(Buffer.of((byte[0] ?? 0) ^ 16), 0, 1, 20)
  }
  /** As the engine does it after a check. */
  const check = async (bench: VaultBench, point: RestorePoint) => {
    const result = await bench.verify(point)
    const verifiedAt = new Date().toISOString()
    const mark = async (id: string, marks: object) => {
      const one = (await bench.list()).find((other) => other.id === id)
      if (one) await influxdbPoints.mark(bench.vault, one, { ...NO_MARKS, verifiedAt, ...marks })
    }
    await mark(point.id, { verifiedLevel: 'full', verifiedOk: result.ok })
    for (const id of result.alsoDamaged ?? []) await mark(id, { verifiedLevel: 'sample', verifiedOk: false })
    return result
  }

  test('is told of all of them, and of none that has another file', async () => {
    const { db, bench } = await opened()
    await using _ = bench
    await bench.run()
    await bench.run()
    await write(db, `m f=20 ${at(1)}`)
    await bench.run()
    const [third, second, first] = await bench.list()
    if (!first || !second || !third) throw new Error('there are not three restore points')
    await flip(fileOf(bench, first, 1))
    const found = await bench.verify(first)
    expect(found).toMatchObject({ ok: false, alsoDamaged: [second.id] })
    expect(found.problems.at(-1)).toContain(second.id)
    expect(await bench.verify(third)).toMatchObject({ ok: true, alsoDamaged: [] })
    await flip(fileOf(bench, third, 0))
    expect((await bench.verify(third)).alsoDamaged).toEqual([second.id, first.id])
  })

  test('does not go on in later ones once the first was removed', async () => {
    const { bench } = await opened()
    await using _ = bench
    await bench.run()
    await bench.run()
    const [second, first] = await bench.list()
    if (!first || !second) throw new Error('there are not two restore points')
    await flip(fileOf(bench, first, 0))
    expect(await check(bench, first)).toMatchObject({ ok: false, alsoDamaged: [second.id] })
    await influxdbPoints.remove(bench.context(), bench.vault, first)
    expect(await bench.newest()).toMatchObject({ id: second.id, verifiedOk: false })
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ copied: 3, unchanged: 0 })
    // Of one second: the name of the one that was removed is free again.
    const made = (await bench.list()).find(({ id }) => id === result.points[0]?.manifest.id)
    expect(made && (await bench.verify(made))).toMatchObject({ ok: true })
    expect((await bench.run()).result.counts).toMatchObject({ copied: 0, unchanged: 3 })
  })

  test('is not concluded from what is no damage of the file itself', async () => {
    const { bench } = await opened()
    await using _ = bench
    await bench.run()
    await bench.run()
    const [, first] = await bench.list()
    if (!first) throw new Error('there are not two restore points')
    await rm(fileOf(bench, first, 0))
    expect(await bench.verify(first)).toMatchObject({ ok: false, alsoDamaged: [] })
    // Somebody has changed the list: the files are what they were.
    const list = join(bench.directoryOf(first), 'WINDOWS.jsonl')
    const text = await readFile(list, 'utf8')
    await writeFile(list, text.replace(/"sha256":"[0-9a-f]{4}/g, '"sha256":"0000'))
    expect(await bench.verify(first)).toMatchObject({ ok: false, alsoDamaged: [] })
  })

  test('does not get into a new one by a window that was read, compared or not', async () => {
    for (const verify of [true, false]) {
      const { bench } = await opened({ mode: 'full', verify })
      await using _ = bench
      await bench.run()
      await flip(fileOf(bench, await bench.newest(), 0))
      const { result, cx } = await bench.run()
      expect(result.counts).toMatchObject({ copied: 1, unchanged: 2 })
      expect(cx.warnings[0]).toContain('data/raw/m/2026-11-07T00-00-00Z.lp.gz')
      expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
    }
  })
})
