import { execFileSync } from 'node:child_process'
import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_MARKS } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, makeDataset, writeAll } from '../../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { LoopDisk } from '../../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { TestContext } from '../../test-context.ts'
import { influxdbCopy } from '../index.ts'
import { influxdbPoints } from '../points/points.ts'
import { contentsOf } from '../testkit/contents.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const dataset = makeDataset({ scale: 0.005 })

describe.skipIf(requires('influxdb'))('databases in a vault', () => {
  let source: InfluxLab
  beforeAll(async () => {
    source = await InfluxLab.start()
    await writeAll(source, 'metrics', dataset)
  })
  afterAll(() => source[Symbol.asyncDispose]())

  test('can be read and checked with plain tools', async () => {
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    const { result } = await bench.run()
    const point = await bench.newest()
    const cwd = bench.directoryOf(point)
    const checked = execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd })
    expect(checked.toString()).toBe('')
    const files = await bench.dataFiles(point)
    expect(files.length).toBe(result.counts.windows)
    let lines = 0
    for (const name of files) lines += (await bench.textOf(point, name)).split(/ -?\d+\n/).length - 1
    expect(lines).toBe(result.counts.points)
    expect(files).toContain('rp%2090d/mem/2026-10-19T00-00-00Z.lp.gz')
    expect(await bench.verify(point)).toMatchObject({ ok: true, problems: [] })
  })

  test('share what has not changed, and read nothing for it', async () => {
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await bench.run()
    const first = await bench.newest()
    const idle = await bench.run()
    expect(idle.plan).toMatchObject({ expectedBytes: 0, databases: [{ way: 'nothing', windows: 0 }] })
    expect(idle.result).toMatchObject({ bytesMoved: 0, counts: { copied: 0 } })
    const [second] = await bench.list()
    if (!second) throw new Error('no second point')
    expect(second.id).not.toBe(first.id)
    const [name = ''] = await bench.dataFiles(second)
    const inode = async (point: { location: string }) =>
      (await stat(join(bench.directoryOf(point), 'data', name))).ino
    expect(await inode(second)).toBe(await inode(first))
    expect(await readFile(join(bench.directoryOf(second), 'SHA256SUMS'), 'utf8')).not.toBe('')
    expect(await bench.verify(second)).toMatchObject({ ok: true })
  })

  test('has late points, overwritten ones and deletions in the next one, and the state before in the last', async () => {
    await createDatabase(source, 'moving', { ...dataset, parts: [] })
    const at = (day: number, n: number) =>
      1794000000000000000n - BigInt(day) * 86_400_000_000_000n + BigInt(n)
    const write = async (...lines: string[]) => {
      const { status } = await source.write(lines.join('\n'), 'moving', 'short')
      expect(status).toBe(204)
    }
    for (let day = 0; day < 6; day += 1)
      await write(`a,k=v f=${day} ${at(day, 0)}`, `b f=${day}i ${at(day, 0)}`, `a,k=v f=1 ${at(day, 5)}`)
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'moving' }] } })
    await bench.run()
    const before = await contentsOf(source, 'moving')
    await write(`a,k=late f=1 ${at(3, 1)}`, `a,k=v f=99 ${at(4, 0)}`)
    const written = await bench.run()
    expect(written.plan.databases).toEqual([expect.objectContaining({ way: 'compare', windows: 4 })])
    expect(written.result.counts).toMatchObject({ windows: 12, copied: 2, unchanged: 10 })
    await source.query(`DELETE FROM "b" WHERE time = ${at(5, 0)}`, 'moving')
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ windows: 11, copied: 0, unchanged: 11 })
    const [second, , first] = await bench.list()
    await bench.restore(source, 'moving then', first ? { point: first } : {})
    await bench.restore(source, 'moving now', second ? { point: second } : {})
    expect(await contentsOf(source, 'moving then')).toEqual(before)
    // What was deleted left an empty shard behind at the source.
    expect(await contentsOf(source, 'moving now')).toEqual(await contentsOf(source, 'moving'))
    for (const point of await bench.list()) expect(await bench.verify(point)).toMatchObject({ ok: true })
  })

  test('go on where an attempt stopped, without what the source has changed since', async () => {
    await createDatabase(source, 'half', { ...dataset, parts: [] })
    const at = (day: number) => 1794000000000000000n - BigInt(day) * 86_400_000_000_000n
    for (let day = 0; day < 10; day += 1)
      await source.write(`a,k=v f=${day},s="x" ${at(day)}`, 'half', 'short')
    const config = { databases: [{ name: 'half' }], pauseBetweenWindowsMs: 20 }
    await using bench = await VaultBench.open(source, { config })
    const canceled = bench.context()
    const report = canceled.progress.bind(canceled)
    canceled.progress = (progress) => {
      report(progress)
      if (progress.doneItems === 5) canceled.cancel()
    }
    await expect(bench.run(canceled)).rejects.toMatchObject({ code: 'run-canceled' })
    expect(await bench.list()).toEqual([])
    const partial = join(bench.jobDirectory, '.partial', 'half')
    const lines = (await readFile(join(partial, 'WINDOWS.jsonl'), 'utf8')).trim().split('\n')
    expect(lines.length).toBeGreaterThanOrEqual(5)
    // The power went: a line is torn, one file has lost its name, and one that was being written is left.
    const [lost = '', changed = ''] = lines.map((line) => JSON.parse(line).path as string)
    await rm(join(partial, lost))
    await writeFile(`${join(partial, lost)}.holdfast-tmp`, 'half')
    await appendFile(join(partial, 'WINDOWS.jsonl'), lines[1]?.slice(0, 90) ?? '')
    const day = Date.parse(changed.slice(-'2026-11-06T00-00-00Z.lp.gz'.length, -'T00-00-00Z.lp.gz'.length))
    await source.write(`a,k=v f=1000 ${BigInt(day) * 1_000_000n + 1n}`, 'half', 'short')
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ windows: 10, copied: 10 - (lines.length - 2) })
    await bench.restore(source, 'half again')
    expect(await contentsOf(source, 'half again')).toEqual(await contentsOf(source, 'half'))
    expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
    expect(await readdir(bench.jobDirectory)).toHaveLength(1)
  })

  test('share nothing with a restore point that was found damaged', async () => {
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'metrics' }] } })
    await bench.run()
    const first = await bench.newest()
    const [name = ''] = await bench.dataFiles(first)
    await writeFile(join(bench.directoryOf(first), 'data', name), '')
    const marks = {
      ...NO_MARKS,
      verifiedAt: first.takenAt,
      verifiedLevel: 'sample',
      verifiedOk: false,
    } as const
    await influxdbPoints.mark(bench.vault, first, marks)
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ unchanged: 0, copied: first.itemCount })
    const second = await bench.newest()
    expect(second.addedBytes).toBe(second.sizeBytes)
    expect(await bench.verify(second)).toMatchObject({ ok: true })
    expect((await bench.run()).result.counts).toMatchObject({ copied: 0, unchanged: first.itemCount })
  })

  test('keep names of any character, each in a place of its own', async () => {
    const long = 'long'.repeat(100)
    const names = [
      '.',
      '..',
      '../../etc/passwd',
      'a/b',
      'a%2Fb',
      'a~b',
      'ünïcode 日本',
      'CON',
      `${long}1`,
      `${long}2`,
    ]
    await createDatabase(source, 'names', { ...dataset, parts: [] })
    for (const [index, name] of names.entries()) {
      const escaped = name.replace(/[ ,]/g, '\\$&')
      const { status } = await source.write(`${escaped} f=${index} 1794000000000000000`, 'names', 'short')
      expect(status).toBe(204)
    }
    await source.query('CREATE RETENTION POLICY "a..b \'c\'" ON "names" DURATION INF REPLICATION 1')
    await source.write('x f=1 1794000000000000000', 'names', "a..b 'c'")
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'names' }] } })
    const { result } = await bench.run()
    expect(result.counts).toMatchObject({ windows: names.length + 1 })
    const point = await bench.newest()
    expect(await bench.dataFiles(point)).toHaveLength(names.length + 1)
    expect(await bench.verify(point)).toMatchObject({ ok: true })
    await bench.restore(source, 'names again')
    expect(await contentsOf(source, 'names again')).toEqual(await contentsOf(source, 'names'))
  })

  test('need a vault or a destination, and not both', async () => {
    await using bench = await VaultBench.open(source)
    bench.set({ destination: { node: 'source' } })
    await expect(bench.run()).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('both'),
    })
    expect(await influxdbCopy.check(bench.context())).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('both') }),
    )
    bench.set({})
    const neither = { ...bench.job, vault: null, spec: { ...bench.job.spec, vault: undefined } }
    const cx = new TestContext(neither as typeof bench.job, bench.world)
    await expect(async () => influxdbCopy.plan(cx)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('neither'),
    })
  })

  test('ask before an emptied database becomes the newest restore point', async () => {
    await createDatabase(source, 'emptied', { ...dataset, parts: [] })
    await source.write('a f=1 1794000000000000000', 'emptied', 'short')
    await using bench = await VaultBench.open(source, { config: { databases: [{ name: 'emptied' }] } })
    await bench.run()
    const cx = bench.context()
    const planned = await influxdbCopy.plan(cx)
    expect(planned.guards).toEqual([])
    await source.query('DROP DATABASE "emptied"')
    await createDatabase(source, 'emptied', { ...dataset, parts: [] })
    expect((await influxdbCopy.plan(bench.context())).guards).toMatchObject([{ code: 'source-empty' }])
    await expect(influxdbCopy.run(cx, planned)).rejects.toMatchObject({ code: 'source-gone' })
    expect(await bench.list()).toHaveLength(1)
  })

  test.skipIf(requires('root', 'loop'))(
    'stop in order on a full disk, and go on when there is room',
    async () => {
      await using disk = await LoopDisk.mount({ type: 'ext4', sizeMb: 16 })
      await using bench = await VaultBench.open(source, {
        config: { databases: [{ name: 'metrics' }] },
        vaultPath: join(disk.path, 'vault'),
      })
      await bench.run()
      const first = await bench.newest()
      const ballast = join(disk.path, 'ballast')
      execFileSync('sh', ['-c', `head -c 64M /dev/zero > ${ballast} || true`], { stdio: 'ignore' })
      execFileSync('truncate', ['-s', '-60000', ballast])
      bench.set({ databases: [{ name: 'metrics' }], measurements: { include: [], exclude: ['nothing'] } })
      await influxdbPoints.mark(bench.vault, first, { ...NO_MARKS, verifiedOk: false })
      await expect(bench.run()).rejects.toMatchObject({ code: 'vault-full' })
      expect(bench.world.journal).toEqual([])
      await rm(ballast)
      const { result } = await bench.run()
      expect(result.counts.windows).toBe(first.itemCount)
      expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
    },
  )
})
