import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { HoldfastError, jobLockFiles, phraseText } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { LoopDisk } from '../../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { copyTree } from '../../../clients/rsync/rsync.ts'
import { diskCopy } from '../index.ts'
import { diskCopyPoints } from '../points/points.ts'
import { Bench } from '../test-bench.ts'

const FULL = { level: 'full', samplePercent: 100 } as const

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

async function guardsOf(bench: Bench): Promise<string[]> {
  return (await diskCopy.plan(bench.context())).guards.map((guard) => guard.code)
}

async function expectGood(bench: Bench): Promise<void> {
  const point = await bench.newest()
  const verified = await diskCopyPoints.verify(bench.context(), bench.vault, point, FULL)
  expect(verified).toMatchObject({ ok: true, problems: [] })
}

describe.skipIf(requires('rsync'))('what a plan holds for a person to see', () => {
  it('is that files were replaced by others with a new ending', async () => {
    await using bench = await Bench.open()
    await bench.fillWith(100, 10)
    await bench.run()
    for (const name of await readdir(join(bench.source, 'd1')))
      await rename(join(bench.source, 'd1', name), join(bench.source, 'd1', `${name}.locked`))
    expect(await guardsOf(bench)).toEqual([])
    await rename(join(bench.source, 'd2/f2.dat'), join(bench.source, 'd2/f2.dat.locked'))
    const [guard] = (await diskCopy.plan(bench.context())).guards
    expect(guard?.code).toBe('new-extension')
    expect(phraseText(guard?.message ?? '')).toContain('.locked')
    expect(phraseText(guard?.message ?? '')).toContain('d1/ (10)')
    await bench.run()
    await rename(join(bench.source, 'd3'), join(bench.source, 'd4/d3.locked'))
    expect(await guardsOf(bench)).toEqual([])
  })

  it.skipIf(requires('root'))('is that the source is not mounted as it was', async () => {
    await using bench = await Bench.open()
    const mount = () => execFileSync('mount', ['-t', 'tmpfs', 'holdfast-test', bench.source])
    mount()
    try {
      await bench.fill({ a: 'a', b: 'b' })
      await bench.run()
      expect(await guardsOf(bench)).toEqual([])
    } finally {
      execFileSync('umount', [bench.source])
    }
    await bench.fill({ a: 'a', b: 'b', c: 'c' })
    expect(await guardsOf(bench)).toEqual(['source-unmounted'])
    mount()
    try {
      await bench.fill({ a: 'a' })
      expect(await guardsOf(bench)).toEqual([])
    } finally {
      execFileSync('umount', [bench.source])
    }
  })

  it('is what changes without a sign when contents are compared', async () => {
    await using bench = await Bench.open()
    await bench.fillWith(20, 100)
    await bench.run()
    for (let n = 0; n < 20; n += 1) {
      const path = join(bench.source, `d${n % 10}/f${n}.dat`)
      const time = execFileSync('stat', ['-c', '%.Y', path], { encoding: 'utf8' }).trim()
      await writeFile(path, randomBytes(100))
      execFileSync('touch', ['-d', `@${time}`, path])
    }
    expect((await diskCopy.plan(bench.context())).counts.changedFiles).toBe(0)
    Object.assign(bench.job, { config: { ...bench.job.config, compare: 'contents' } })
    expect(await guardsOf(bench)).toEqual(['mass-change'])
    expect((await bench.run()).result.bytesMoved).toBe(2000)
    expect((await bench.run()).result.bytesMoved).toBe(0)
    await expectGood(bench)
  })
})

it.skipIf(requires('rsync'))(
  'leaves out the lock files that the job itself puts into its source',
  async () => {
    await using bench = await Bench.open()
    const own = join(bench.source, 'locks/[copy].lock')
    await bench.fill({ 'locks/[copy].lock': 'x', 'locks/other.lock': 'y' })
    const lockFiles = [jobLockFiles.parse({ directory: join(bench.source, 'locks'), own })]
    Object.assign(bench.job, { spec: { ...bench.job.spec, lockFiles } })
    await bench.run()
    expect(await readdir(join(bench.dataOf(await bench.newest()), 'locks'))).toEqual(['other.lock'])
  },
)

it.skipIf(requires('rsync'))('gives up when nothing moves any more', async () => {
  await using bench = await Bench.open()
  await bench.fill({ big: randomBytes(30_000_000) })
  const target = join(bench.directory, 'target')
  await mkdir(target)
  const options = { source: bench.source, target, bytesPerSecondLimit: 1_000_000, stallSeconds: 2 }
  const copying = codeOf(copyTree(options, () => {}))
  await setTimeout(1500)
  const stopped = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const ours: number[] = []
  for (const pid of stopped) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')
    if (line.startsWith('rsync\0') && line.includes(target)) ours.push(pid)
  }
  // The one that writes: as it stands when the disk no longer answers.
  const [receiver] = ours.sort((a, b) => b - a)
  if (receiver === undefined) throw new Error('no rsync is at work')
  process.kill(receiver, 'SIGSTOP')
  const told = await Promise.race([copying, setTimeout(20_000, 'nothing')])
  process.kill(receiver, 'SIGCONT')
  expect(told).toBe('no-progress')
})

const KINDS = [
  ['snapshots', 'btrfs'],
  ['mirror', 'ext4'],
  ['mirror', 'xfs'],
] as const

describe.skipIf(requires('root', 'loop', 'btrfs mount', 'xfs mount', 'btrfs-progs'))('faults', () => {
  it.each(KINDS)('%s on %s: a disk that fills up keeps no half of a copy', async (generations, type) => {
    await using disk = await LoopDisk.mount({ type })
    await using bench = await Bench.open({ vault: join(disk.path, 'v'), config: { generations } })
    await bench.fill({ a: 'a', b: 'b' })
    await bench.run()
    await bench.fill({ big: randomBytes(400_000_000), a: 'changed' })
    const plan = await diskCopy.plan(bench.context())
    expect(await codeOf(bench.run(bench.context(), plan))).toBe('vault-full')
    // Nothing was touched: there was no room from the beginning.
    await expectGood(bench)
    expect(await codeOf(bench.run(bench.context(), { ...plan, roomBytes: 0 }))).toBe('vault-full')
    expect(bench.world.journal).toEqual([])
    if (generations === 'snapshots') await expectGood(bench)
    await writeFile(join(bench.source, 'big'), 'small')
    await bench.run()
    await expectGood(bench)
    expect((await readdir(bench.jobDirectory)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it.each(KINDS)(
    '%s on %s: a disk that loses what it took keeps no half of a copy',
    async (generations, type) => {
      await using disk = await LoopDisk.mount({ type, sizeMb: 700, backingMb: 120 })
      await using bench = await Bench.open({ vault: join(disk.path, 'v'), config: { generations } })
      await bench.fill({ a: 'a' })
      await bench.run()
      await bench.fill({ big: randomBytes(200_000_000) })
      expect(['write-failed', 'vault-full']).toContain(await codeOf(bench.run()))
      expect(bench.world.journal).toEqual([])
      const names = await readdir(bench.jobDirectory).catch((): string[] => [])
      expect(names.filter((name) => /^\d/.test(name)).length).toBeLessThan(2)
    },
  )

  it('a file system that is shut down in the middle ends a mirror with an error, not with half of one', async () => {
    await using disk = await LoopDisk.mount({ type: 'xfs' })
    await using bench = await Bench.open({
      vault: join(disk.path, 'v'),
      config: { generations: 'mirror', bandwidthLimit: '20MiB' },
    })
    await bench.fill({ a: 'a' })
    await bench.run()
    await bench.fill({ big: randomBytes(60_000_000) })
    const running = codeOf(bench.run())
    const partial = join(bench.jobDirectory, '.partial/data')
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await stat(partial).catch(() => null)) !== null) break
      await setTimeout(50)
    }
    execFileSync('xfs_io', ['-x', '-c', 'shutdown', disk.path])
    expect(await running).toBe('write-failed')
    await disk.unmount()
    await disk.mountAgain()
    await bench.world.releaseJournal()
    expect(await bench.list()).toEqual([])
    const { result } = await bench.run()
    expect(result.replaced).toHaveLength(1)
    await expectGood(bench)
  })
})
