import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BareDisk } from '../../../../../tools/lab/bare-disk.ts'
import { makeDataset, writeAll } from '../../../../../tools/lab/influxdb/dataset/dataset.ts'
import { InfluxLab } from '../../../../../tools/lab/influxdb/influx-lab.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { influxdbCopy } from '../index.ts'
import { contentsOf } from '../testkit/contents.ts'
import { VaultBench } from '../testkit/vault-bench.ts'

const KILLS = 5

describe.skipIf(requires('influxdb'))('a vault that others can reach, and a worker that dies', () => {
  let source: InfluxLab
  beforeAll(async () => {
    source = await InfluxLab.start()
    await writeAll(source, 'metrics', makeDataset({ scale: 0.005 }))
  })
  afterAll(() => source[Symbol.asyncDispose]())

  const open = (config: Record<string, unknown> = {}) =>
    VaultBench.open(source, { config: { databases: [{ name: 'metrics' }], ...config } })

  test('nothing is written through a link in the place of what is unfinished', async () => {
    await using bench = await open()
    const elsewhere = join(bench.directory, 'elsewhere')
    await mkdir(elsewhere)
    await mkdir(bench.jobDirectory, { recursive: true })
    await symlink(elsewhere, join(bench.jobDirectory, '.partial'))
    await expect(bench.run()).rejects.toMatchObject({ code: 'vault-foreign' })
    await rm(join(bench.jobDirectory, '.partial'))
    await mkdir(join(bench.jobDirectory, '.partial'))
    await symlink(elsewhere, join(bench.jobDirectory, '.partial', 'metrics'))
    await expect(bench.run()).rejects.toMatchObject({ code: 'vault-foreign' })
    expect(await readdir(elsewhere)).toEqual([])
    expect(bench.world.journal).toEqual([])
  })

  test('no file is shared through a link in the place of a folder of the restore point before', async () => {
    await using bench = await open()
    await bench.run()
    const first = await bench.newest()
    const folder = join(bench.directoryOf(first), 'data', 'rp%2090d')
    await rename(folder, join(bench.directory, 'taken'))
    await symlink(join(bench.directory, 'taken'), folder)
    const { result } = await bench.run()
    const taken = (await readdir(join(bench.directory, 'taken', 'mem'))).length
    expect(result.counts).toMatchObject({ copied: taken, unchanged: first.itemCount - taken })
    expect(await bench.verify(await bench.newest())).toMatchObject({ ok: true })
    expect(await bench.verify(first)).toMatchObject({ ok: false })
  })

  test.skipIf(requires('exfat-fuse', 'exfatprogs', 'root', 'loop'))(
    'names that differ in case alone are never one file: a disk that takes them so is refused',
    async () => {
      await using disk = await BareDisk.create({ sizeMb: 32 })
      execFileSync('mkfs.exfat', [disk.device], { stdio: 'ignore' })
      await using bench = await open()
      await mkdir(bench.vault.path)
      const { plan } = await bench.run()
      execFileSync('mount.exfat-fuse', ['-o', 'nonempty', disk.device, bench.vault.path], { stdio: 'ignore' })
      try {
        const refused = { code: 'file-system-unsupported' }
        await expect(influxdbCopy.plan(bench.context())).rejects.toMatchObject(refused)
        await expect(influxdbCopy.run(bench.context(), plan)).rejects.toMatchObject(refused)
        expect(await readdir(bench.vault.path)).toEqual([])
      } finally {
        execFileSync('umount', [bench.vault.path])
      }
    },
  )

  test('killed at any moment, what it leaves is no restore point, and the next run finishes it', async () => {
    await using bench = await open({ pauseBetweenWindowsMs: 10 })
    await mkdir(bench.vault.path)
    const [job, world] = [join(bench.directory, 'job.json'), join(bench.directory, 'world.json')]
    await writeFile(job, JSON.stringify(bench.job))
    await writeFile(world, JSON.stringify({ checkpoint: null, remembered: null }))
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = fork(new URL('../testkit/copying-process.ts', import.meta.url), [job, world])
      const ended = once(child, 'exit')
      const timer = setTimeout(() => child.kill('SIGKILL'), 600 + Math.random() * 1500)
      await ended
      clearTimeout(timer)
      for (const point of await bench.list()) expect(await bench.verify(point)).toMatchObject({ ok: true })
    }
    await bench.run()
    const point = await bench.newest()
    expect(await bench.verify(point)).toMatchObject({ ok: true, problems: [] })
    expect((await readdir(bench.jobDirectory)).filter((name) => name.startsWith('.'))).toEqual([])
    await bench.restore(source, 'after the kills')
    expect(await contentsOf(source, 'after the kills')).toEqual(await contentsOf(source, 'metrics'))
  }, 120_000)
})
