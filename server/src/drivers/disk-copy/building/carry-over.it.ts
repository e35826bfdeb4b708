import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestorePoint } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { asRestorePoint } from '../../test-context.ts'
import { diskCopy } from '../index.ts'
import { diskCopyPoints } from '../points/points.ts'
import { Bench, snapshotOf } from '../test-bench.ts'

const FULL = { level: 'full', samplePercent: 100 } as const

async function expectAllGood(bench: Bench): Promise<RestorePoint[]> {
  const points = (await bench.list()).map(asRestorePoint)
  for (const point of points) {
    const found = await diskCopyPoints.verify(bench.context(), bench.vault, point, FULL)
    expect(found).toMatchObject({ ok: true, problems: [] })
  }
  return points
}

/** A source with what can go wrong: names that are escaped, links, empty folders, attributes of folders. */
async function filled(generations: string, config: Record<string, unknown> = {}): Promise<Bench> {
  const bench = await Bench.open({ config: { generations, ...config } })
  await bench.fill({ 'a/b/c': 'c', 'a/b.txt': 'b', 'a b\n\\': 'odd', top: 'top', 'z/last': randomBytes(99) })
  await mkdir(join(bench.source, 'empty'), { mode: 0o2750 })
  await link(join(bench.source, 'top'), join(bench.source, 'a/twin'))
  execFileSync('setfattr', ['-n', 'user.of', '-v', 'folder', join(bench.source, 'a')])
  execFileSync('setfattr', ['-n', 'user.of', '-v', 'file', join(bench.source, 'top')])
  execFileSync('mkfifo', [join(bench.source, 'pipe')])
  execFileSync('ln', ['-s', 'nowhere', join(bench.source, 'link')])
  return bench
}

/** Whether rsync was started to copy since the last question. */
function hasCopied(bench: Bench): boolean {
  return bench.world.logLines.splice(0).some(({ message }) => message === 'copying')
}

const listingsOf = (bench: Bench, point: RestorePoint) =>
  Promise.all(['TREE', 'SHA256SUMS'].map((name) => readFile(join(bench.vaultPath, point.location, name))))

describe.skipIf(requires('rsync', 'attr'))('a source in which nothing has changed', () => {
  it.each(['hard-links', 'mirror'])('is not copied again (%s): its last state is repeated', async (kind) => {
    await using bench = await filled(kind)
    await bench.run()
    const first = await bench.newest()
    const listings = await listingsOf(bench, first)
    const inode = (await stat(join(bench.dataOf(first), 'z/last'))).ino
    hasCopied(bench)
    const cx = bench.context()
    const plan = await diskCopy.plan(cx)
    const plannedBy = cx.now()
    const { result } = await bench.run(cx, plan)
    expect(hasCopied(bench)).toBe(false)
    const [newest, ...older] = await expectAllGood(bench)
    if (!newest) throw new Error('there is one')
    expect(older).toHaveLength(kind === 'mirror' ? 0 : 1)
    expect(newest.id).not.toBe(first.id)
    expect(result).toMatchObject({ bytesMoved: 0, counts: { files: 6, leftOut: 0 } })
    expect(newest).toMatchObject({ addedBytes: 0, sizeBytes: first.sizeBytes, itemCount: first.itemCount })
    // It holds the source as the plan has seen it.
    expect(Date.parse(newest.takenAt)).toBeLessThanOrEqual(plannedBy.getTime())
    expect((await stat(join(bench.dataOf(newest), 'z/last'))).ino).toBe(inode)
    expect(await listingsOf(bench, newest)).toEqual(listings)
    await bench.fill({ top: 'changed' })
    expect((await bench.run()).result.bytesMoved).toBe(7)
    expect(hasCopied(bench)).toBe(true)
    await expectAllGood(bench)
  })

  it('is copied by a plan that was not made in the same run, or of another folder', async () => {
    await using bench = await filled('hard-links')
    await bench.run()
    const plan = await diskCopy.plan(bench.context())
    await bench.fill({ late: 'late' })
    expect((await bench.run(bench.context(), plan)).result.bytesMoved).toBe(4)
    const cx = bench.context()
    const again = await diskCopy.plan(cx)
    await rename(bench.source, join(bench.directory, 'away'))
    await bench.fill({ other: 'other' })
    expect((await bench.run(cx, again)).result.bytesMoved).toBe(5)
    await expectAllGood(bench)
  })

  it('is copied when files become one, with nothing else to tell it by', async () => {
    await using bench = await Bench.open({ config: { generations: 'hard-links' } })
    await bench.fill({ a: 'same' })
    execFileSync('cp', ['-p', join(bench.source, 'a'), join(bench.source, 'b')])
    const { atime, mtime } = await stat(bench.source)
    await utimes(bench.source, atime, mtime)
    await bench.run()
    await rm(join(bench.source, 'b'))
    await link(join(bench.source, 'a'), join(bench.source, 'b'))
    await utimes(bench.source, atime, mtime)
    await bench.run()
    const [newest] = await expectAllGood(bench)
    if (!newest) throw new Error('there is one')
    const [a, b] = await Promise.all(['a', 'b'].map((name) => stat(join(bench.dataOf(newest), name))))
    expect(a?.ino).toBe(b?.ino)
  })

  it.each([
    ['a file that a pattern hides', 'x.tmp', 'data/x.tmp'],
    ['a listing that was changed', 'top', 'TREE'],
  ])('is copied when there is %s in the last restore point', async (_, name, place) => {
    await using bench = await filled('hard-links', { exclude: ['*.tmp'] })
    await bench.run()
    const first = await bench.newest()
    const data = bench.dataOf(first)
    if (place === 'TREE') {
      const tree = join(bench.vaultPath, first.location, place)
      await writeFile(tree, (await readFile(tree, 'utf8')).replace('\ttop\n', '\tpot\n'))
    } else await writeFile(join(data, name), 'not from the source')
    // The time of the folder would give it away to rsync.
    execFileSync('touch', ['-r', bench.source, data])
    hasCopied(bench)
    await bench.run()
    expect(hasCopied(bench)).toBe(true)
    const newest = await bench.newest()
    expect(await diskCopyPoints.verify(bench.context(), bench.vault, newest, FULL)).toMatchObject({
      ok: true,
    })
  })

  it('is copied when not every file can be linked, and nothing of the attempt stays', async () => {
    await using bench = await filled('hard-links')
    await bench.run()
    const before = await snapshotOf(bench.dataOf(await bench.newest()))
    const programs = join(bench.directory, 'programs')
    await mkdir(programs)
    const script = '#!/bin/sh\n/bin/cp "$@"\nchmod 0640 "$5/z"\necho too many links >&2\nexit 1\n'
    await writeFile(join(programs, 'cp'), script, { mode: 0o755 })
    const path = process.env.PATH
    process.env.PATH = `${programs}:${path}`
    try {
      await bench.run()
    } finally {
      process.env.PATH = path
    }
    expect(hasCopied(bench)).toBe(true)
    const [, oldest] = await expectAllGood(bench)
    if (!oldest) throw new Error('there are two')
    expect(Object.keys(await snapshotOf(bench.dataOf(oldest)))).toEqual(Object.keys(before))
  })

  it.each(['hard-links', 'mirror'])('is whole after a death at any step (%s)', async (kind) => {
    for (const dieAfterSteps of [5, 6, 8]) {
      await using bench = await filled(kind)
      await bench.run()
      await bench.run(bench.context({ dieAfterSteps })).catch(() => {})
      await bench.world.releaseJournal()
      // Of a file that two restore points share this would be seen in the older one.
      await chmod(join(bench.source, 'z/last'), 0o600)
      await bench.run()
      const [newest] = await expectAllGood(bench)
      if (!newest) throw new Error('there is one')
      expect((await stat(join(bench.dataOf(newest), 'z/last'))).mode & 0o777).toBe(0o600)
    }
  })
})
