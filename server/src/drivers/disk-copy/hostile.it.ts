import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtempDisposable, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { loopDiskObstacle } from '../../../../tools/lab/loop-disk.ts'
import { HeldDirectory } from '../../clients/disks/held-directory.ts'
import { diskCopy } from './index.ts'
import { diskCopyPoints, openGeneration } from './points/points.ts'
import { diskCopyRestore } from './points/restore.ts'
import { proveRestore } from './points/restore-proof.ts'
import { Prover } from './proof/prover.ts'
import { Bench } from './test-bench.ts'

const FULL = { level: 'full', samplePercent: 100 } as const

async function errorOf(work: Promise<unknown>): Promise<HoldfastError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof HoldfastError) return thrown
  throw new Error(`expected a HoldfastError, got ${String(thrown)}`)
}

/** Runs a script on a bench of its own as a user without rights. What it gives to `report` comes back. */
function asNobody(body: string): Record<string, unknown> {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
  const script = `
    import { chmod, readdir, readFile, rm, stat } from 'node:fs/promises'
    import { join } from 'node:path'
    import { Bench } from ${here('./test-bench.ts')}
    import { diskCopy } from ${here('./index.ts')}
    import { diskCopyPoints } from ${here('./points/points.ts')}
    import { diskCopyRestore } from ${here('./points/restore.ts')}
    const report = (facts) => console.log(JSON.stringify(facts))
    const full = { level: 'full', samplePercent: 100 }
    await using bench = await Bench.open()
    ${body}`
  using directory = mkdtempDisposableSync(join(tmpdir(), 'holdfast-nobody-'))
  const path = join(directory.path, 'script.mjs')
  writeFileSync(path, script)
  chmodSync(directory.path, 0o755)
  const identity = ['--reuid=65534', '--regid=65534', '--clear-groups']
  const output = execFileSync('setpriv', [...identity, process.execPath, path], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: tmpdir() },
  })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '')
}

async function restore(bench: Bench, target: string, paths: string[] | null) {
  const point = await bench.newest()
  const options = { existing: 'overwrite' } as const
  const input = { point, vault: bench.vault, target, paths, options }
  const cx = bench.context()
  return diskCopyRestore.run(cx, input, await diskCopyRestore.plan(cx, input))
}

const obstacle = await loopDiskObstacle()
beforeEach((test) => {
  if (obstacle !== null) test.skip(obstacle)
})

describe('disk-copy as an ordinary user', () => {
  it.each(['0o000', '0o300'])('says that a folder of mode %s is left out with everything below', (mode) => {
    const found = asNobody(`
      for (let n = 0; n < 150; n += 1) await bench.fill({ ['closed/' + n]: 'x' })
      await bench.fill({ open: 'y', 'always/z': 'z' })
      await chmod(join(bench.source, 'always'), ${mode})
      await bench.run()
      await chmod(join(bench.source, 'closed'), ${mode})
      const held = await diskCopy.plan(bench.context())
      const { cx, result } = await bench.run()
      const point = await bench.newest()
      const manifest = JSON.parse(await readFile(join(bench.vaultPath, point.location, 'restore-point.json'), 'utf8'))
      const again = await diskCopy.plan(bench.context())
      const verified = await diskCopyPoints.verify(bench.context(), bench.vault, point, full)
      const later = (await bench.run()).result
      const input = { point, vault: bench.vault, target: join(bench.directory, 'back'), paths: null,
        options: { existing: 'refuse' } }
      const restored = await diskCopyRestore.run(bench.context(), input, await diskCopyRestore.plan(bench.context(), input))
      await diskCopyPoints.remove(bench.context(), bench.vault, point)
      report({ guards: held.guards, warnings: cx.warnings, complete: result.details.complete,
        details: manifest.details, again: again.guards, verified, restored: restored.counts, later: later.details.complete,
        source: bench.source })
      for (const root of [bench.source, join(bench.directory, 'back'), ...(await bench.list()).map((left) => bench.dataOf(left))])
        for (const name of ['always', 'closed']) await chmod(join(root, name), 0o700)`)
    const folders = [`${found.source}/always`, `${found.source}/closed`]
    expect(found.guards).toMatchObject([
      { code: 'mass-deletion' },
      {
        code: 'source-unreadable',
        message: { text: expect.stringContaining(`The folder ${folders[1]} could`) },
      },
    ])
    expect(found.warnings).toEqual([
      `2 folders could not be read, each folder is left out with everything below it: ${folders.join(', ')}`,
    ])
    expect(found).toMatchObject({ complete: false, again: [], later: false, restored: { items: 4 } })
    expect(found.details).toMatchObject({ complete: false, leftOutFolders: folders, leftOutCount: 2 })
    expect(found.verified).toMatchObject({ ok: true, problems: [] })
  })

  it('keeps what a mirror has of a folder that can no longer be read', () => {
    const found = asNobody(`
      bench.job.config.generations = 'mirror'
      await bench.fill({ 'closed/a': 'a', 'open/b': 'b', gone: 'c' })
      await bench.run()
      await rm(join(bench.source, 'gone'))
      await chmod(join(bench.source, 'closed'), 0o000)
      const plan = await diskCopy.plan(bench.context())
      const { cx, result } = await bench.run(bench.context(), plan)
      const data = bench.dataOf(await bench.newest())
      for (const root of [bench.source, data]) await chmod(join(root, 'closed'), 0o700)
      const kept = [await readdir(data), await readdir(join(data, 'closed'))].flat().sort()
      const later = (await bench.run()).cx.warnings
      report({ kept, complete: result.details.complete, warnings: cx.warnings, later,
        left: (await readdir(bench.dataOf(await bench.newest()))).sort() })`)
    expect(found).toMatchObject({ kept: ['a', 'closed', 'gone', 'open'], complete: false })
    expect(found.warnings).toContain(
      'Part of the source could not be read: the copy keeps what it had of it, and may hold more that is gone from the source.',
    )
    expect(found).toMatchObject({ later: [], left: ['closed', 'open'] })
  })

  it('removes a restore point with a folder nobody may write to, and leaves shared files as they are', () => {
    const found = asNobody(`
      await bench.fill({ 'fixed/a': 'x' })
      await chmod(join(bench.source, 'fixed/a'), 0o444)
      await chmod(join(bench.source, 'fixed'), 0o555)
      await bench.run()
      await bench.run()
      const [newest, oldest] = await bench.list()
      const asPoint = ({ manifest, marks, location }) => ({ ...manifest, ...marks, location })
      await diskCopyPoints.remove(bench.context(), bench.vault, asPoint(oldest))
      const kept = await stat(join(bench.dataOf(newest), 'fixed/a'))
      const verified = await diskCopyPoints.verify(bench.context(), bench.vault, asPoint(newest), full)
      report({ names: await readdir(bench.jobDirectory), newest: newest.location, links: kept.nlink,
        mode: kept.mode & 0o777, verified })
      await chmod(join(bench.source, 'fixed'), 0o755)
      await diskCopyPoints.remove(bench.context(), bench.vault, asPoint(newest))`)
    expect(found).toMatchObject({ links: 1, mode: 0o444, verified: { ok: true } })
    expect([`${String(found.newest).split('/')[1]}`]).toEqual(found.names)
  })
})

describe('disk-copy and what lies in its way', () => {
  it('goes on beside a path that is too long to be listed, and its check agrees', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'a' })
    const deepen = 'my $n = "d" x 200; chdir $ARGV[0]; for (1..20) { mkdir $n; chdir $n or die $! }'
    execFileSync('perl', ['-e', `${deepen} open(F, ">deep") or die`, bench.source])
    try {
      for (const number of [1, 2]) {
        const { cx, result } = await bench.run()
        expect(result.details.complete).toBe(false)
        expect(cx.warnings.join()).toContain('too long')
        expect(await diskCopyPoints.verify(cx, bench.vault, await bench.newest(), FULL)).toMatchObject({
          ok: true,
          problems: [],
        })
        await restore(bench, join(bench.directory, `back-${number}`), null)
      }
    } finally {
      execFileSync('rm', ['-rf', '--', bench.directory])
    }
  })

  it('deletes nothing below which something is mounted, and copies all the same', async () => {
    await using bench = await Bench.open()
    await bench.fill({ a: 'a' })
    await bench.run()
    const precious = join(bench.directory, 'precious')
    await mkdir(precious)
    await writeFile(join(precious, 'only copy'), '')
    const point = await bench.newest()
    const places = [join(bench.jobDirectory, '.removing-x/m'), join(bench.vaultPath, point.location, 'm')]
    for (const place of places) await mkdir(place, { recursive: true })
    try {
      for (const place of places) execFileSync('mount', ['--bind', precious, place])
      const { cx } = await bench.run()
      expect(cx.warnings).toEqual([expect.stringContaining('.removing-x')])
      expect(await errorOf(diskCopyPoints.remove(bench.context(), bench.vault, point))).toMatchObject({
        code: 'vault-foreign',
      })
      expect(await readdir(precious)).toEqual(['only copy'])
    } finally {
      for (const place of await readdir(bench.jobDirectory)) {
        const mounted = join(bench.jobDirectory, place, 'm')
        execFileSync('sh', ['-c', 'if mountpoint -q "$1"; then umount "$1"; fi', 'sh', mounted])
      }
    }
  })

  it.each(['job directory', '.partial', '.partial/data'])(
    'never writes through a symlink at its %s',
    async (what) => {
      await using bench = await Bench.open()
      await bench.fill({ a: 'a' })
      await mkdir(bench.vaultPath)
      const elsewhere = join(bench.directory, 'elsewhere')
      await mkdir(elsewhere)
      await writeFile(join(elsewhere, 'mine'), '')
      const place = what === 'job directory' ? bench.jobDirectory : join(bench.jobDirectory, what)
      await mkdir(join(place, '..'), { recursive: true })
      const plan = await diskCopy.plan(bench.context())
      await symlink(elsewhere, place)
      expect(await errorOf(diskCopy.plan(bench.context()))).toMatchObject({ code: 'vault-foreign' })
      const cx = bench.context()
      expect(await errorOf(diskCopy.run(cx, plan))).toMatchObject({ code: 'vault-foreign' })
      expect(cx.steps).toEqual(['check-source-and-vault'])
      expect(await readdir(elsewhere)).toEqual(['mine'])
    },
  )

  it('reckons with the directories that every restore point has of its own', async () => {
    await using bench = await Bench.open()
    await bench.fill({ 'a/b/c/f': 'x' })
    await bench.run()
    expect(await diskCopy.plan(bench.context())).toMatchObject({ newEntries: 4, roomBytes: 4 * 4096 })
  })

  it('warns of a restore point without files', async () => {
    await using bench = await Bench.open()
    const { cx } = await bench.run()
    expect(cx.warnings).toEqual(['The restore point holds no files.'])
  })
})

describe('restore of what was asked for', () => {
  it('refuses paths through a symlink and names mistyped ones, before it writes', async () => {
    await using bench = await Bench.open()
    await bench.fill({ 'a/one': '1', '#note': '2', ';note': '3' })
    await symlink('/etc', join(bench.source, 'lnk'))
    await bench.run()
    const target = join(bench.directory, 'back')
    for (const wrong of ['lnk/hostname', 'a/tow', 'a/../a/one', '/etc/hostname']) {
      const error = await errorOf(restore(bench, target, ['a/one', wrong]))
      expect(error).toMatchObject({ code: 'config-invalid', details: { paths: [wrong] } })
      expect(error.message).toContain(wrong)
    }
    expect(await readdir(bench.directory)).not.toContain('back')
    await restore(bench, target, ['a', '#note', ';note', 'lnk'])
    expect((await readdir(target)).sort()).toEqual(['#note', ';note', 'a', 'lnk'])
  })

  it('goes into a folder that contains the vault, unless something would land on it', async () => {
    await using directory = await mkdtempDisposable(join(tmpdir(), 'holdfast-around-'))
    const vault = join(directory.path, 'vault')
    await using bench = await Bench.open({ source: directory.path, vault, config: { exclude: ['/vault/'] } })
    await bench.fill({ a: 'good' })
    await bench.run()
    await bench.fill({ a: 'lost' })
    await restore(bench, directory.path, null)
    expect(await readFile(join(directory.path, 'a'), 'utf8')).toBe('good')
    await using other = await Bench.open()
    await other.fill({ 'vault/x': 'x', y: 'y' })
    await other.run()
    for (const target of [other.directory, other.vaultPath, join(other.vaultPath, 'x')]) {
      expect(await errorOf(restore(other, target, null))).toMatchObject({ code: 'config-invalid' })
    }
    await restore(other, other.directory, ['y'])
  })

  it('without hashes says that nothing was read, and holds the files against the vault', async () => {
    await using bench = await Bench.open({ config: { hash: false } })
    await bench.fill({ a: 'good' })
    await bench.run()
    const point = await bench.newest()
    const cx = bench.context()
    expect(await diskCopyPoints.verify(cx, bench.vault, point, FULL)).toMatchObject({
      ok: true,
      checkedBytes: 0,
    })
    expect(cx.warnings.join()).toContain('No content was checked')
    const target = join(bench.directory, 'back')
    await restore(bench, target, null)
    const generation = await openGeneration(bench.vaultPath, point, cx.log)
    await using prover = new Prover(generation.directory, cx.signal)
    await using held = await HeldDirectory.hold(target)
    await proveRestore(cx, prover, { generation, target: held, only: null })
    await writeFile(join(target, 'a'), 'evil')
    execFileSync('touch', ['-r', join(bench.dataOf(point), 'a'), join(target, 'a')])
    const damaged = proveRestore(cx, prover, { generation, target: held, only: null })
    expect(await errorOf(damaged)).toMatchObject({ code: 'restore-differs' })
  })
})
