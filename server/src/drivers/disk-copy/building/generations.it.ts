import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  link,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { HoldfastError, phraseText, type RestorePoint } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { LoopDisk } from '../../../../../tools/lab/loop-disk.ts'
import { requires } from '../../../../../tools/lab/requires.ts'
import { isReadOnly, isSubvolume, setReadOnly, snapshot } from '../../../clients/block-devices/btrfs.ts'
import { WriteBackWatch } from '../../../clients/disks/syncfs.ts'
import { asRestorePoint } from '../../test-context.ts'
import { diskCopyConfig } from '../config.ts'
import { diskCopy } from '../index.ts'
import { diskCopyPoints } from '../points/points.ts'
import { buildListings } from '../proof/build.ts'
import { HashedFiles } from '../proof/listing/hashed-files.ts'
import { Bench, snapshotOf } from '../test-bench.ts'

const FULL = { level: 'full', samplePercent: 100 } as const

async function pointsOf(bench: Bench): Promise<RestorePoint[]> {
  return (await bench.list()).map(asRestorePoint)
}

async function expectAllGood(bench: Bench): Promise<RestorePoint[]> {
  const points = await pointsOf(bench)
  for (const point of points)
    expect(await diskCopyPoints.verify(bench.context(), bench.vault, point, FULL)).toMatchObject({
      ok: true,
      problems: [],
    })
  return points
}

/** The job goes on with another setting. */
function setGenerations(bench: Bench, generations: string): void {
  const config = diskCopyConfig.parse({ ...bench.job.config, generations })
  Object.assign(bench.job, { config })
}

async function change(path: string, at: number, text: string): Promise<void> {
  await using handle = await open(path, 'r+')
  await handle.write(Buffer.from(text), 0, text.length, at)
}

describe.skipIf(requires('root', 'loop', 'btrfs mount', 'btrfs-progs'))('generations on Btrfs', () => {
  let disk: LoopDisk
  beforeAll(async () => {
    disk = await LoopDisk.mount({ type: 'btrfs', sizeMb: 900 })
  })
  afterAll(() => disk[Symbol.asyncDispose]())
  let count = 0
  const benchWith = (generations: string) => {
    count += 1
    return Bench.open({ vault: join(disk.path, `vault-${count}`), config: { generations } })
  }

  it('are read-only snapshots that share what has not changed within a file', async () => {
    await using bench = await benchWith('auto')
    await bench.fill({ big: randomBytes(20_000_000), same: 'same' })
    await bench.run()
    await change(join(bench.source, 'big'), 5_000_000, 'changed')
    const { result } = await bench.run()
    const [newest, oldest] = await expectAllGood(bench)
    if (!newest || !oldest) throw new Error('there are two')
    expect(newest.details).toMatchObject({ kind: 'snapshots', previous: oldest.location })
    expect(newest.addedBytes).toBeGreaterThan(0)
    expect(newest.addedBytes).toBeLessThan(1_000_000)
    expect(result.bytesMoved).toBe(newest.addedBytes)
    for (const point of [newest, oldest]) expect(await isReadOnly(bench.dataOf(point))).toBe(true)
    await expect(writeFile(join(bench.dataOf(oldest), 'same'), '')).rejects.toMatchObject({ code: 'EROFS' })
    execFileSync('sync', ['-f', disk.path])
    const used = execFileSync('btrfs', ['filesystem', 'du', '-s', '--raw', bench.dataOf(newest)], {
      encoding: 'utf8',
    })
    expect(Number(used.split('\n')[1]?.trim().split(/\s+/)[1])).toBeLessThan(1_000_000)
    await diskCopyPoints.remove(bench.context(), bench.vault, oldest)
    expect(await expectAllGood(bench)).toHaveLength(1)
    expect(await readdir(bench.jobDirectory)).toEqual([newest.location.split('/')[1]])
  })

  it('hash again what was touched, and nothing else', async () => {
    await using bench = await benchWith('snapshots')
    await bench.fill({ a: 'a'.repeat(1000), b: 'b'.repeat(100), c: 'c'.repeat(10) })
    await bench.run()
    const [point] = await bench.list()
    if (!point) throw new Error('there is one')
    const before = join(bench.vaultPath, point.location)
    const next = join(bench.jobDirectory, 'next')
    execFileSync('mkdir', [next])
    await snapshot(join(before, 'data'), join(next, 'data'), { readOnly: false })
    const hashed = () => {
      let bytes = 0
      const sums = { path: join(before, 'SHA256SUMS'), sha256: String(point.manifest.details.sumsSha256) }
      const known = { type: 'snapshot', directory: before } as const
      const request = { directory: next, withHashes: true, known, sums, notesSeen: false }
      buildListings(request, new HashedFiles(), ({ hashedBytes }) => {
        bytes = hashedBytes
      })
      return bytes
    }
    expect(hashed()).toBe(0)
    await chmod(join(next, 'data/c'), 0o600)
    expect(hashed()).toBe(10)
    const time = join(before, 'data/b')
    await writeFile(join(next, 'data/b'), 'B'.repeat(100))
    execFileSync('touch', ['-r', time, join(next, 'data/b')])
    expect(hashed()).toBe(110)
    execFileSync('btrfs', ['subvolume', 'delete', join(next, 'data')])
    await rm(next, { recursive: true })
  })

  it('do not let a file change under the name of another one that it was linked to', async () => {
    await using bench = await benchWith('snapshots')
    const at = (name: string) => join(bench.source, name)
    await bench.fill({ a: 'x'.repeat(50_000), e: 'e' })
    await link(at('a'), at('b'))
    await link(at('e'), at('f'))
    await bench.run()
    await rm(at('a'))
    await bench.fill({ a: 'y'.repeat(50_000) })
    await bench.run()
    const [newest] = await expectAllGood(bench)
    if (!newest) throw new Error('there is one')
    const data = bench.dataOf(newest)
    expect(await readFile(join(data, 'a'), 'utf8')).toBe('y'.repeat(50_000))
    expect(await readFile(join(data, 'b'), 'utf8')).toBe('x'.repeat(50_000))
    expect((await stat(join(data, 'e'))).ino).toBe((await stat(join(data, 'f'))).ino)
  })

  it.each(['check-unfinished-copy', 'list-and-hash', 'commit'])(
    'go on after a death before "%s", whatever the disk has kept of it',
    async (step) => {
      await using bench = await benchWith('snapshots')
      await bench.fill({ a: 'a'.repeat(100_000), b: 'b', c: 'c' })
      await bench.run()
      await bench.fill({ a: `${'a'.repeat(99_999)}!`, b: 'good', d: 'new' })
      await link(join(bench.source, 'a'), join(bench.source, 'twin'))
      const names = ['check-source-and-vault', 'lock-job', 'finish-earlier-runs', 'check-free-space']
      const all = [...names, 'prepare-copy', 'copy', 'write-to-disk', 'list-and-hash', 'commit']
      const dieAfterSteps = step === 'check-unfinished-copy' ? 6 : all.indexOf(step)
      await bench.run(bench.context({ dieAfterSteps })).catch(() => {})
      await bench.world.releaseJournal()
      const half = join(bench.jobDirectory, '.partial/data/b')
      await writeFile(half, 'lost')
      execFileSync('touch', ['-r', join(bench.source, 'b'), half])
      await setReadOnly(join(bench.jobDirectory, '.partial/data'), true)
      await bench.run()
      const [newest, oldest] = await expectAllGood(bench)
      if (!newest || !oldest) throw new Error('there are two')
      expect(await readFile(join(bench.dataOf(newest), 'b'), 'utf8')).toBe('good')
      expect(await readFile(join(bench.dataOf(oldest), 'b'), 'utf8')).toBe('b')
      expect((await bench.run()).result.bytesMoved).toBe(0)
    },
  )

  it('of one kind are built upon by the next, and every one can be read and removed', async () => {
    await using bench = await benchWith('hard-links')
    await bench.fill({ a: randomBytes(1_000_000), 'b/c': 'c', 'b/d': 'd' })
    await symlink('a', join(bench.source, 'l'))
    const kinds = ['hard-links', 'snapshots', 'snapshots', 'hard-links', 'hard-links', 'mirror', 'snapshots']
    for (const [turn, kind] of kinds.entries()) {
      setGenerations(bench, kind)
      const { result } = await bench.run()
      expect(result.bytesMoved, `${turn} ${kind}`).toBeLessThan(turn === 0 ? 2_000_000 : 1000)
      await bench.fill({ 'b/c': `change ${turn}` })
    }
    const points = await expectAllGood(bench)
    const made = points.map((point) => [point.details.kind, point.addedBytes < 1000]).reverse()
    expect(made.map(([kind]) => kind)).toEqual([
      ...['hard-links', 'snapshots', 'snapshots', 'hard-links', 'hard-links', 'hard-links', 'snapshots'],
    ])
    for (const point of points) await diskCopyPoints.remove(bench.context(), bench.vault, point)
    expect(await readdir(bench.jobDirectory)).toEqual([])
  })

  it('remove nothing that a listing from the disk names, and part twins that it hides', async () => {
    await using bench = await benchWith('snapshots')
    await bench.fill({ a: 'x', z: 'z' })
    await link(join(bench.source, 'a'), join(bench.source, 'b'))
    await bench.run()
    const tree = join(bench.vaultPath, (await bench.newest()).location, 'TREE')
    const victim = join(bench.directory, 'victim')
    await writeFile(victim, 'mine')
    const lines = (await readFile(tree, 'utf8')).replace(/\t2\t(?=[0-9a-f-]+\tb)/, '\t-\t').split('\n')
    const z = lines.find((line) => line.endsWith('\tz')) ?? ''
    const up = `${'../'.repeat(30)}${victim.slice(1)}`
    lines.splice(-1, 0, ...[up, victim].map((path) => z.replace('\t-\t', '\t2\t').replace(/z$/, path)))
    await writeFile(tree, lines.join('\n'))
    await rm(join(bench.source, 'a'))
    await bench.fill({ a: 'y' })
    await bench.run()
    expect(await readFile(victim, 'utf8')).toBe('mine')
    const data = bench.dataOf(await bench.newest())
    expect([await readFile(join(data, 'a'), 'utf8'), await readFile(join(data, 'b'), 'utf8')]).toEqual([
      'y',
      'x',
    ])
  })

  it('lie behind no link that bears the name of a removal', async () => {
    await using bench = await benchWith('snapshots')
    await bench.fill({ a: 'a' })
    await bench.run()
    const elsewhere = join(disk.path, 'elsewhere')
    execFileSync('mkdir', [elsewhere])
    execFileSync('btrfs', ['subvolume', 'create', join(elsewhere, 'data')])
    await symlink(elsewhere, join(bench.jobDirectory, '.removing-x'))
    await bench.run()
    expect(await isSubvolume(join(elsewhere, 'data'))).toBe(true)
    expect(await readdir(bench.jobDirectory)).not.toContain('.removing-x')
  })

  it('are not begun before an interrupted mirror is whole again: it is the only copy', async () => {
    await using bench = await benchWith('mirror')
    await bench.fill({ a: 'a', b: 'b' })
    await bench.run()
    const first = await bench.newest()
    await bench.fill({ a: 'changed' })
    await bench.run(bench.context({ dieAfterSteps: 5 })).catch(() => {})
    await bench.world.releaseJournal()
    setGenerations(bench, 'snapshots')
    expect((await bench.run()).result.replaced).toEqual([first.id])
    await bench.run()
    const kinds = (await expectAllGood(bench)).map((point) => point.details.kind)
    expect(kinds).toEqual(['snapshots', 'mirror'])
  })

  it('throw away an unfinished copy of another kind', async () => {
    await using bench = await benchWith('hard-links')
    await bench.fill({ a: 'a' })
    await bench.run(bench.context({ dieAfterSteps: 6 })).catch(() => {})
    await bench.world.releaseJournal()
    setGenerations(bench, 'snapshots')
    await bench.run()
    setGenerations(bench, 'hard-links')
    expect(await expectAllGood(bench)).toHaveLength(1)
    expect(await isSubvolume(bench.dataOf(await bench.newest()))).toBe(true)
  })

  it.each(['', 'user_subvol_rm_allowed'])(
    'are kept and removed by an ordinary user, mounted with "%s"',
    async (option) => {
      if (option !== '') await disk.remount(option)
      const vault = await mkdtemp(join(disk.path, 'theirs-'))
      await chown(vault, 65_534, 65_534)
      await chmod(dirname(disk.path), 0o755)
      const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
      const script = `
      import { chmodSync } from 'node:fs'
      import { chmod, readdir } from 'node:fs/promises'
      import { join } from 'node:path'
      import { Bench } from ${here('../test-bench.ts')}
      import { asRestorePoint } from ${here('../../test-context.ts')}
      import { diskCopy } from ${here('../index.ts')}
      import { diskCopyPoints } from ${here('../points/points.ts')}
      await using bench = await Bench.open({ vault: process.argv[2], config: { generations: 'snapshots' } })
      await bench.fill({ 'fixed/a': 'a', b: 'b' })
      await chmod(join(bench.source, 'fixed'), 0o555)
      using open = { [Symbol.dispose]: () => chmodSync(join(bench.source, 'fixed'), 0o755) }
      await bench.run()
      await bench.fill({ b: 'changed' })
      await bench.run()
      const findings = await diskCopy.check(bench.context())
      const points = (await bench.list()).map(asRestorePoint)
      for (const point of points) await diskCopyPoints.remove(bench.context(), bench.vault, point)
      const warned = findings.some((finding) => finding.message.includes('user_subvol_rm_allowed'))
      console.log(JSON.stringify({ count: points.length, warned, left: await readdir(bench.jobDirectory) }))`
      const path = join(vault, '..', 'script.mjs')
      await writeFile(path, script)
      const args = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, path, `${vault}/v`]
      const env = { PATH: process.env.PATH, HOME: tmpdir() }
      const said = execFileSync('setpriv', args, { encoding: 'utf8', env })
      expect(JSON.parse(said)).toEqual({ count: 2, warned: option === '', left: [] })
    },
  )

  it('become a mirror without room for a second copy', async () => {
    await using bench = await benchWith('snapshots')
    await bench.fill({ a: 'a', b: 'b' })
    await bench.run()
    setGenerations(bench, 'mirror')
    await bench.fill({ a: 'changed' })
    await bench.run()
    const [only, ...others] = await expectAllGood(bench)
    expect(others).toEqual([])
    expect(only?.details.kind).toBe('mirror')
  })
})

describe.skipIf(requires('rsync'))('a mirror', () => {
  const benchWith = async () => {
    const bench = await Bench.open({ config: { generations: 'mirror' } })
    await bench.fillWith(30, 1000)
    await bench.fill({ a: 'first' })
    return bench
  }

  it('is one state, changed into the next, and says so before', async () => {
    await using bench = await benchWith()
    await bench.run()
    const first = await bench.newest()
    const inode = (await stat(join(bench.dataOf(first), 'd1/f1.dat'))).ino
    await bench.fill({ a: 'second' })
    await rm(join(bench.source, 'd2'), { recursive: true })
    const plan = await diskCopy.plan(bench.context())
    expect(plan.guards).toEqual([])
    expect(plan.replaces).toEqual([first.id])
    expect(plan.items.map((item) => phraseText(item.reason)).join()).toContain('no good restore point')
    const { result } = await bench.run()
    expect(result.replaced).toEqual([first.id])
    const [only, ...others] = await expectAllGood(bench)
    if (!only) throw new Error('there is one')
    expect(others).toEqual([])
    expect((await stat(join(bench.dataOf(only), 'd1/f1.dat'))).ino).toBe(inode)
    expect(only.addedBytes).toBe(6)
    expect((await readdir(join(bench.vaultPath, only.location))).sort()).toEqual([
      ...['SEEN', 'SHA256SUMS', 'TREE', 'data', 'marks.json', 'restore-point.json'],
    ])
  })

  it('is not touched while a guard holds the run', async () => {
    await using bench = await benchWith()
    await bench.run()
    const before = await snapshotOf(bench.vaultPath)
    for (let n = 0; n < 9; n += 1) await rm(join(bench.source, `d${n}`), { recursive: true })
    expect((await diskCopy.plan(bench.context())).guards).toMatchObject([{ code: 'mass-deletion' }])
    expect(await snapshotOf(bench.vaultPath)).toEqual(before)
  })

  it('that was interrupted is guarded all the same, goes on, and names what it was', async () => {
    await using bench = await benchWith()
    await bench.run()
    const first = await bench.newest()
    await bench.fill({ a: 'second' })
    await bench.run(bench.context({ dieAfterSteps: 5 })).catch(() => {})
    await bench.world.releaseJournal()
    expect(await bench.list()).toEqual([])
    for (let n = 0; n < 9; n += 1) await rm(join(bench.source, `d${n}`), { recursive: true })
    const held = await diskCopy.plan(bench.context())
    expect(held).toMatchObject({ guards: [{ code: 'mass-deletion' }], replaces: [first.id] })
    expect((await bench.run()).result.replaced).toEqual([first.id])
    expect(await expectAllGood(bench)).toHaveLength(1)
  })

  it('that lost a write stays, and believes nothing of what was written', async () => {
    await using bench = await benchWith()
    await bench.run()
    const first = await bench.newest()
    const inode = (await stat(join(bench.dataOf(first), 'd1/f1.dat'))).ino
    await bench.fill({ a: 'second' })
    const lost = new HoldfastError('write-failed', 'the disk lost a write')
    using flush = vi.spyOn(WriteBackWatch.prototype, 'flush').mockRejectedValueOnce(lost)
    await expect(bench.run()).rejects.toThrow(lost)
    expect(flush).toHaveBeenCalled()
    const partial = join(bench.jobDirectory, '.partial')
    expect((await stat(join(partial, 'data/d1/f1.dat'))).ino).toBe(inode)
    // Memory shows the right content; the disk may not have it.
    expect(await readFile(join(partial, 'data/a'), 'utf8')).toBe('second')
    const { result } = await bench.run()
    expect([result.bytesMoved, result.replaced]).toEqual([6, [first.id]])
    const [only] = await expectAllGood(bench)
    if (!only) throw new Error('there is one')
    expect((await stat(join(bench.dataOf(only), 'd1/f1.dat'))).ino).toBe(inode)
    expect(await readdir(join(bench.vaultPath, only.location))).not.toContain('.distrusted')
  })

  it('removes no more than its plan has said', async () => {
    await using bench = await benchWith()
    for (let n = 0; n < 200; n += 1) await writeFile(join(bench.source, `many-${n}`), '')
    await bench.run()
    const plan = await diskCopy.plan(bench.context())
    for (let n = 0; n < 200; n += 1) await rm(join(bench.source, `many-${n}`))
    await expect(bench.run(bench.context(), plan)).rejects.toMatchObject({
      message: expect.stringContaining('more was deleted'),
    })
    const left = await readdir(join(bench.jobDirectory, '.partial/data'))
    expect(left.filter((name) => name.startsWith('many-'))).toHaveLength(100)
    await bench.run()
    expect(await expectAllGood(bench)).toHaveLength(1)
  })

  it('takes the place of nothing that is protected or shares its files', async () => {
    await using bench = await Bench.open({ config: { generations: 'hard-links' } })
    await bench.fill({ a: 'a', b: 'b' })
    await bench.run()
    await bench.run()
    setGenerations(bench, 'mirror')
    await chmod(join(bench.source, 'a'), 0o600)
    const plan = await diskCopy.plan(bench.context())
    expect(phraseText(plan.summary)).toContain('beside what is there')
    expect(plan.replaces).toEqual([])
    expect((await bench.run()).result.replaced).toBeUndefined()
    const [newest, ...older] = await expectAllGood(bench)
    expect(older).toHaveLength(2)
    for (const point of older) await diskCopyPoints.remove(bench.context(), bench.vault, point)
    if (!newest) throw new Error('there is one')
    const marks = { protected: true, verifiedAt: null, verifiedLevel: null, verifiedOk: null }
    await diskCopyPoints.mark(bench.vault, newest, marks)
    await bench.run()
    const [beside] = await expectAllGood(bench)
    await diskCopyPoints.mark(bench.vault, newest, { ...marks, protected: false })
    await diskCopyPoints.remove(bench.context(), bench.vault, newest)
    expect((await bench.run()).result.replaced).toEqual([beside?.id])
    expect(await expectAllGood(bench)).toHaveLength(1)
  })
})

describe.skipIf(requires('rsync'))('hard-link generations', () => {
  it('keep their owners and modes while a copy beside them is continued', async () => {
    await using bench = await Bench.open({ config: { generations: 'hard-links' } })
    await bench.fill({ a: 'a', b: 'b' })
    await bench.run()
    await bench.fill({ c: 'c' })
    await bench.run(bench.context({ dieAfterSteps: 6 })).catch(() => {})
    await bench.world.releaseJournal()
    await chmod(join(bench.source, 'a'), 0o600)
    await bench.run()
    const [newest] = await expectAllGood(bench)
    if (!newest) throw new Error('there is one')
    expect((await stat(join(bench.dataOf(newest), 'a'))).mode & 0o777).toBe(0o600)
  })

  it('are refused as snapshots where there are none, by run and check alike', async () => {
    await using bench = await Bench.open({ config: { generations: 'snapshots' } })
    await bench.fill({ a: 'a' })
    const refused = { code: 'config-invalid', hint: expect.stringContaining('Btrfs') }
    await expect(bench.run()).rejects.toMatchObject(refused)
    expect(await diskCopy.check(bench.context())).toContainEqual(
      expect.objectContaining({ level: 'error', subject: 'vault' }),
    )
  })
})
