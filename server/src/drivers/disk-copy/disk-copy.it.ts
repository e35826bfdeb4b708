import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmod,
  link,
  mkdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError, phraseText, type RestorePoint } from '@holdfast/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { type FileSystemType, LoopDisk, loopDiskObstacle } from '../../../../tools/lab/loop-disk.ts'
import { diskCopy } from './index.ts'
import { diskCopyPoints } from './points/points.ts'
import { diskCopyRestore, type RestoreOptions } from './points/restore.ts'
import { Bench } from './test-bench.ts'

const FILE_SYSTEMS: readonly FileSystemType[] = ['ext4', 'xfs', 'btrfs']

async function errorOf(work: Promise<unknown>): Promise<HoldfastError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof HoldfastError) return thrown
  throw new Error(`expected a HoldfastError, got ${String(thrown)}`)
}

function verify(bench: Bench, point: RestorePoint) {
  return diskCopyPoints.verify(bench.context(), bench.vault, point, { level: 'full', samplePercent: 100 })
}

async function restore(
  bench: Bench,
  target: string,
  existing: RestoreOptions['existing'] = 'refuse',
  paths: string[] | null = null,
) {
  const input = { point: await bench.newest(), vault: bench.vault, target, paths, options: { existing } }
  const cx = bench.context()
  const result = await diskCopyRestore.run(cx, input, await diskCopyRestore.plan(cx, input))
  bench.world.checkpoint = null
  return result
}

/** All that `rsync -aHAXS` promises to keep, as text: read by other programs than the ones under test. */
function listingOf(directory: string): string {
  const find = execFileSync('find', ['.', '-printf', '%p|%y|%m|%U|%G|%s|%T+|%l\\n'], {
    cwd: directory,
    encoding: 'latin1',
  })
  const attributes = execFileSync('getfattr', ['-R', '-h', '-d', '-m', '-', '-e', 'hex', '.'], {
    cwd: directory,
    encoding: 'latin1',
  })
  // XFS lists each ACL twice, once under a name of its own.
  const portable = attributes.replace(/^trusted\.SGI_ACL.*\n/gm, '')
  const directoriesHaveNoSize = find.replace(/^(.*\|d\|\d+\|\d+\|\d+\|)\d+/gm, '$1')
  return `${directoriesHaveNoSize.split('\n').sort().join('\n')}\n${portable.split('\n\n').sort().join('\n\n')}`
}

async function fillWithEverything(bench: Bench): Promise<void> {
  const at = (name: string) => join(bench.source, name)
  await bench.fill({
    plain: 'a',
    '-rf': 'b',
    'with space': 'c',
    'back\\slash': 'd',
    'line\nfeed\ttab\r': 'e',
    'sub/deep/f': 'f',
    '\\#012': 'g',
  })
  await writeFile(Buffer.concat([Buffer.from(at('latin-')), Buffer.of(0xe9, 0xff)]), 'h')
  await mkdir(Buffer.concat([Buffer.from(at('dir-')), Buffer.of(0xfc)]))
  await link(at('plain'), at('sub/twin'))
  await symlink('nowhere \\ at\nall', at('dangling'))
  await writeFile(at('sparse'), '')
  await truncate(at('sparse'), 100_000_000)
  execFileSync('mkfifo', [at('fifo')])
  execFileSync('mknod', [at('null'), 'c', '1', '3'])
  execFileSync('chown', ['-h', '1234:5678', at('plain'), at('dangling')])
  execFileSync('setfattr', ['-n', 'user.note', '-v', 'kept', at('with space')])
  execFileSync('setfattr', ['-n', 'trusted.note', '-v', 'kept too', at('sub')])
  execFileSync('setfacl', ['-m', 'u:1234:r,g:5678:rw', at('with space')])
  await chmod(at('back\\slash'), 0o4751)
  await utimes(at('sub/deep'), 1, 123.456_789)
  await utimes(at('plain'), 1, -5.5)
}

const obstacle = await loopDiskObstacle()
beforeEach((test) => {
  if (obstacle !== null) test.skip(obstacle)
})

describe.each(FILE_SYSTEMS)('disk-copy on %s', (type) => {
  it('keeps all metadata and every name, on the disk and back again', async () => {
    await using disk = await LoopDisk.mount({ type })
    await using bench = await Bench.open({ vault: join(disk.path, 'vault') })
    await fillWithEverything(bench)
    await bench.run()
    const { result } = await bench.run()
    expect(result.bytesMoved).toBe(0)
    const point = await bench.newest()
    expect(listingOf(bench.dataOf(point))).toBe(listingOf(bench.source))
    expect(await verify(bench, point)).toMatchObject({ ok: true, problems: [] })
    const directory = join(bench.vaultPath, point.location)
    execFileSync('sha256sum', ['--quiet', '--strict', '-c', 'SHA256SUMS'], { cwd: directory })
    expect((await stat(join(directory, 'data/sparse'))).blocks).toBeLessThan(100)
    const target = join(bench.directory, 'back')
    await restore(bench, target)
    expect(listingOf(target)).toBe(listingOf(bench.source))
    expect((await stat(join(target, 'plain'))).ino).toBe((await stat(join(target, 'sub/twin'))).ino)
  })

  it('reports a disk that takes the data and loses it, and uses nothing of that copy', async () => {
    await using disk = await LoopDisk.mount({ type, sizeMb: 700, backingMb: 100 })
    await using bench = await Bench.open({ vault: join(disk.path, 'vault') })
    await bench.fill({ big: randomBytes(200_000_000) })
    const cx = bench.context()
    const error = await errorOf(bench.run(cx))
    expect(['write-failed', 'vault-full']).toContain(error.code)
    expect(cx.steps.at(-1)).toBe('write-to-disk')
    expect(bench.world.journal).toEqual([])
  })

  it('says that the vault is full, before the copy when it can know', async () => {
    await using disk = await LoopDisk.mount({ type })
    await using bench = await Bench.open({ vault: join(disk.path, 'vault') })
    await bench.fill({ big: randomBytes(350_000_000) })
    const cx = bench.context()
    const plan = await diskCopy.plan(cx)
    expect(await errorOf(bench.run(cx, plan))).toMatchObject({ code: 'vault-full' })
    expect(cx.steps).not.toContain('copy')
    const late = bench.context()
    expect(await errorOf(bench.run(late, { ...plan, roomBytes: 0 }))).toMatchObject({ code: 'vault-full' })
    expect(late.steps.at(-1)).toMatch(/^(copy|write-to-disk)$/)
    await rm(join(bench.source, 'big'))
    await bench.fill({ small: 'x' })
    await bench.run()
    expect(await verify(bench, await bench.newest())).toMatchObject({ ok: true, problems: [] })
  })

  it('fails on a read-only disk', async () => {
    await using disk = await LoopDisk.mount({ type })
    await using bench = await Bench.open({ vault: join(disk.path, 'vault') })
    await bench.fill({ a: 'a' })
    await bench.run()
    await disk.remount('ro')
    expect(await errorOf(bench.run())).toMatchObject({ code: 'write-failed' })
  })
})

describe('disk-copy and its surroundings', () => {
  it('compares an unfinished copy with the source before it goes on with it', async () => {
    await using disk = await LoopDisk.mount({ type: 'ext4' })
    await using bench = await Bench.open({ vault: disk.path })
    await bench.fill({ a: 'good content', b: 'b' })
    await bench.run(bench.context({ dieAfterSteps: 6 })).catch(() => {})
    await bench.world.releaseJournal()
    const half = join(bench.jobDirectory, '.partial/data/a')
    await writeFile(half, 'lost content')
    execFileSync('touch', ['-r', join(bench.source, 'a'), half])
    await disk.unmount()
    await disk.mountAgain()
    const plan = await diskCopy.plan(bench.context())
    expect(phraseText(plan.items[0]?.reason ?? '')).toContain('unfinished copy')
    const { result } = await bench.run()
    expect(result.bytesMoved).toBe('good content'.length)
    expect(await readFile(join(bench.dataOf(await bench.newest()), 'a'), 'utf8')).toBe('good content')
  })

  it('repairs what a check found damaged instead of linking to it again', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'good content', b: 'b' })
    await bench.run()
    const first = await bench.newest()
    const copy = join(bench.dataOf(first), 'a')
    await writeFile(copy, 'bad! content')
    execFileSync('touch', ['-r', join(bench.source, 'a'), copy])
    expect(await verify(bench, first)).toMatchObject({ ok: false })
    const marks = {
      protected: false,
      verifiedAt: first.takenAt,
      verifiedLevel: 'full',
      verifiedOk: false,
    } as const
    await diskCopyPoints.mark(bench.vault, first, marks)
    await bench.run()
    const second = await bench.newest()
    expect(await readFile(join(bench.dataOf(second), 'a'), 'utf8')).toBe('good content')
    expect(await verify(bench, second)).toMatchObject({ ok: true })
  })

  it('notices a change of the same size within the same second', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'one' })
    execFileSync('touch', ['-d', '2026-01-01T00:00:00.100', join(bench.source, 'a')])
    await bench.run()
    await bench.fill({ a: 'two' })
    execFileSync('touch', ['-d', '2026-01-01T00:00:00.200', join(bench.source, 'a')])
    await bench.run()
    expect(await readFile(join(bench.dataOf(await bench.newest()), 'a'), 'utf8')).toBe('two')
  })

  it('holds a run whose source became empty, lost most files or changed most', async () => {
    await using bench = await Bench.open()
    await bench.fillWith(120, 10)
    await bench.run()
    await rm(join(bench.source, 'd1'), { recursive: true })
    expect((await diskCopy.plan(bench.context())).guards).toEqual([])
    for (const name of ['d2', 'd3', 'd4', 'd5', 'd6', 'd7'])
      await rm(join(bench.source, name), { recursive: true })
    expect((await diskCopy.plan(bench.context())).guards).toMatchObject([{ code: 'mass-deletion' }])
    await bench.fillWith(120, 11)
    expect((await diskCopy.plan(bench.context())).guards).toMatchObject([{ code: 'mass-change' }])
    const plan = await diskCopy.plan(bench.context())
    for (let index = 0; index < 10; index += 1) await rm(join(bench.source, `d${index}`), { recursive: true })
    expect((await diskCopy.plan(bench.context())).guards).toMatchObject([{ code: 'source-empty' }])
    expect(await errorOf(diskCopy.run(bench.context(), plan))).toMatchObject({ code: 'source-gone' })
    await rm(bench.source, { recursive: true })
    expect(await errorOf(diskCopy.plan(bench.context()))).toMatchObject({ code: 'source-gone' })
  })

  it('refuses a copy that would contain itself', async () => {
    await using bench = await Bench.open()
    const source = join(bench.directory, 'x')
    await using nested = await Bench.open({ source, vault: join(source, 'vault') })
    expect(await errorOf(nested.run())).toMatchObject({ code: 'config-invalid' })
  })

  it('two runs within one second make two restore points', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'a' })
    const now = () => new Date('2026-11-21T01:20:00.500Z')
    await bench.run(bench.context({ now }))
    await bench.run(bench.context({ now }))
    const stamps = (await bench.list()).map((point) => point.location.split('/')[1])
    expect(stamps).toEqual(['2026-11-21T01-20-00Z-2', '2026-11-21T01-20-00Z'])
  })

  it('restores a part, overwrites only when told, and never into the vault', async () => {
    await using bench = await Bench.open()
    await bench.fill({ 'a/one': '1', 'a/two': '2', 'b/three': '3' })
    await bench.run()
    const target = join(bench.directory, 'back')
    await restore(bench, target, 'refuse', ['a/one', 'b'])
    expect(
      execFileSync('find', ['.', '-type', 'f'], { cwd: target, encoding: 'utf8' })
        .split('\n')
        .sort()
        .join(' ')
        .trim(),
    ).toBe('./a/one ./b/three')
    expect(await errorOf(restore(bench, target))).toMatchObject({ code: 'restore-target-exists' })
    await writeFile(join(target, 'a/one'), 'X')
    execFileSync('touch', ['-r', join(bench.source, 'a/one'), join(target, 'a/one')])
    await writeFile(join(target, 'mine'), 'stays')
    await restore(bench, target, 'overwrite')
    expect(await readFile(join(target, 'a/one'), 'utf8')).toBe('1')
    expect(await readFile(join(target, 'mine'), 'utf8')).toBe('stays')
    for (const bad of [bench.vaultPath, join(bench.vaultPath, 'x')]) {
      expect(await errorOf(restore(bench, bad, 'overwrite'))).toMatchObject({ code: 'config-invalid' })
    }
    for (const path of ['../x', '/etc', '']) {
      expect(await errorOf(restore(bench, `${target}2`, 'refuse', [path]))).toMatchObject({
        code: 'config-invalid',
      })
    }
    expect(await errorOf(restore(bench, `${target}3`, 'refuse', ['nothing']))).toMatchObject({
      code: 'config-invalid',
    })
  })

  it('names the damaged restore point when what it restored is wrong', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'good' })
    await bench.run()
    await writeFile(join(bench.dataOf(await bench.newest()), 'a'), 'evil')
    expect(await errorOf(restore(bench, join(bench.directory, 'back')))).toMatchObject({
      code: 'restore-point-damaged',
    })
  })
})
