import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { link, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HoldfastError } from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { newId } from '../../../kit/ids.ts'
import { diskCopy } from '../index.ts'
import { diskCopyPoints } from '../points/points.ts'
import { diskCopyRestore } from '../points/restore.ts'
import { Bench } from '../test-bench.ts'
import { jobLock } from './lock.ts'

const FULL = { level: 'full', samplePercent: 100 } as const

async function codeOf(work: Promise<unknown> | undefined): Promise<string> {
  const thrown = await work?.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

async function planRestore(bench: Bench, paths: string[] | null) {
  const options = { existing: 'refuse' } as const
  const target = join(bench.directory, 'back')
  const point = await bench.newest()
  return diskCopyRestore.plan(bench.context(), { point, vault: bench.vault, target, paths, options })
}

async function benchWithPoint() {
  const bench = await Bench.open()
  await bench.fill({ a: 'good', 'b/c': 'c' })
  await bench.run()
  return bench
}

describe.skipIf(requires('rsync'))('a lock file that somebody put on the disk', () => {
  it.each(['symlink', 'hard link', 'pipe', 'folder'])(
    'as a %s is refused, and nothing is written',
    async (what) => {
      await using bench = await benchWithPoint()
      const victim = join(bench.directory, 'victim')
      const runId = newId('run')
      const path = join(bench.jobDirectory, '.lock')
      const data = { path, jobId: bench.job.id, runId, takenAt: new Date().toISOString() }
      await writeFile(victim, JSON.stringify(data))
      if (what === 'symlink') await symlink(victim, path)
      else if (what === 'hard link') await link(victim, path)
      else execFileSync(what === 'pipe' ? 'mkfifo' : 'mkdir', [path])
      expect(await codeOf(bench.run())).toBe('vault-foreign')
      await jobLock.release(data, { log: bench.world.log })
      expect(await readdir(bench.jobDirectory)).toContain('.lock')
      expect(JSON.parse(await readFile(victim, 'utf8'))).toEqual(data)
    },
  )

  it('is not made through a job directory that is a link', async () => {
    await using bench = await benchWithPoint()
    const elsewhere = join(bench.directory, 'elsewhere')
    await rename(bench.jobDirectory, elsewhere)
    await symlink(elsewhere, bench.jobDirectory)
    const path = join(bench.jobDirectory, '.lock')
    const data = { path, jobId: bench.job.id, runId: newId('run'), takenAt: new Date().toISOString() }
    expect(await codeOf(jobLock.acquire(data, bench.context()))).toBe('vault-foreign')
    expect(await readdir(elsewhere)).not.toContain('.lock')
  })
})

describe.skipIf(requires('rsync'))('a listing that is a pipe', () => {
  it('holds nobody up: plan, browsing, restore and check say what they miss', async () => {
    await using bench = await benchWithPoint()
    const point = await bench.newest()
    const tree = join(bench.vaultPath, point.location, 'TREE')
    await rm(tree)
    execFileSync('mkfifo', [tree])
    // Whoever opens the pipe is let go on: a test that hangs says less than one that fails.
    const writers = Array.from({ length: 4 }, () =>
      spawn('sh', ['-c', 'echo x > "$0"', tree], { stdio: 'ignore' }),
    )
    try {
      const query = {
        path: '',
        after: null,
        limit: 10,
        signal: AbortSignal.timeout(5000),
        log: bench.world.log,
      }
      expect(await codeOf(diskCopyPoints.entries?.(bench.vault, point, query))).toBe('restore-point-damaged')
      expect(await codeOf(planRestore(bench, ['a']))).toBe('restore-point-damaged')
      const checked = await diskCopyPoints.verify(bench.context(), bench.vault, point, FULL)
      expect(checked).toMatchObject({
        ok: false,
        problems: [expect.stringContaining('"TREE": cannot be read')],
      })
      for (const name of ['a', 'b/c'])
        await rename(join(bench.source, name), join(bench.source, `${name}.locked`))
      for (let n = 0; n < 30; n += 1) await bench.fill({ [`f${n}.locked`]: 'x' })
      await diskCopy.plan(bench.context())
    } finally {
      for (const writer of writers) writer.kill()
    }
  })
})

describe.skipIf(requires('rsync'))('a restore point that was changed together with its manifest', () => {
  it('is damaged for checks and restores, since the catalog knows better', async () => {
    await using bench = await benchWithPoint()
    const point = await bench.newest()
    const at = (name: string) => join(bench.vaultPath, point.location, name)
    const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
    await writeFile(at('data/a'), 'evil')
    execFileSync('touch', ['-r', join(bench.source, 'a'), at('data/a')])
    const sums = (await readFile(at('SHA256SUMS'), 'utf8')).replace(sha256('good'), sha256('evil'))
    await writeFile(at('SHA256SUMS'), sums)
    const manifest = JSON.parse(await readFile(at('restore-point.json'), 'utf8'))
    manifest.details.sumsSha256 = sha256(sums)
    await writeFile(at('restore-point.json'), JSON.stringify(manifest))
    const changed = await bench.newest()
    expect(await diskCopyPoints.verify(bench.context(), bench.vault, changed, FULL)).toMatchObject({
      ok: true,
    })
    const checked = await diskCopyPoints.verify(bench.context(), bench.vault, point, FULL)
    expect(checked).toMatchObject({ ok: false, problems: ['the manifest is not the one that was recorded'] })
    const target = join(bench.directory, 'back')
    const options = { existing: 'refuse' } as const
    const restoring = diskCopyRestore.plan(bench.context(), {
      point,
      vault: bench.vault,
      target,
      paths: null,
      options,
    })
    expect(await codeOf(restoring)).toBe('restore-point-damaged')
    // What the check found can still be noted beside the data.
    const marks = { protected: false, verifiedAt: null, verifiedLevel: null, verifiedOk: false }
    await diskCopyPoints.mark(bench.vault, point, marks)
  })
})
