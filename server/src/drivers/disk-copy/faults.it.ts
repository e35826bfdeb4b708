import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { LoopDisk, loopDiskObstacle } from '../../../../tools/lab/loop-disk.ts'
import { WriteBackWatch } from '../../clients/disks/syncfs.ts'
import { tryLock } from '../../kit/flock.ts'
import { newId } from '../../kit/ids.ts'
import type { LockData } from '../../point-directories/lock.ts'
import { diskCopy } from './index.ts'
import { jobLock } from './on-vault/lock.ts'
import { diskCopyPoints } from './points/points.ts'
import { Bench } from './test-bench.ts'

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof HoldfastError ? thrown.code : String(thrown)
}

async function until(fact: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await fact()) return
    await setTimeout(50)
  }
  throw new Error('it never became true')
}

/** Ids of the programs that work on a path: nobody else's. */
async function programsOn(path: string): Promise<number[]> {
  const found: number[] = []
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const commandLine = await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => '')
    if (commandLine.startsWith('rsync\0') && commandLine.includes(path)) found.push(Number(name))
  }
  return found
}

function lockDataOf(bench: Bench): LockData {
  return {
    path: join(bench.jobDirectory, '.lock'),
    jobId: bench.job.id,
    runId: newId('run'),
    takenAt: new Date().toISOString(),
  }
}

/** A control plane of its own, copying slowly enough to be killed on the way. */
function startWorker(bench: Bench): ChildProcess {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
  const script = `
    import { mkdir } from 'node:fs/promises'
    import { TestContext, TestWorld } from ${here('../test-context.ts')}
    import { diskCopy } from ${here('./index.ts')}
    const cx = new TestContext(JSON.parse(process.argv[1]), new TestWorld())
    await mkdir(cx.job.vault.path, { recursive: true })
    await diskCopy.run(cx, await diskCopy.plan(cx))`
  const job = { ...bench.job, config: { ...bench.job.config, bandwidthLimit: '4MiB' } }
  return spawn(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(job)], {
    stdio: 'inherit',
  })
}

async function expectGood(bench: Bench): Promise<void> {
  const verified = await diskCopyPoints.verify(bench.context(), bench.vault, await bench.newest(), {
    level: 'full',
    samplePercent: 100,
  })
  expect(verified).toMatchObject({ ok: true, problems: [] })
}

const obstacle = await loopDiskObstacle()
beforeEach((test) => {
  if (obstacle !== null) test.skip(obstacle)
})

describe('disk-copy when something dies', () => {
  it('a worker killed in the middle of a copy takes its rsync along, and the next run goes on', async () => {
    await using bench = await Bench.open()
    for (let index = 0; index < 12; index += 1) await bench.fill({ [`f${index}`]: randomBytes(1_000_000) })
    const worker = startWorker(bench)
    const exited = new Promise((resolve) => worker.once('exit', resolve))
    const partial = join(bench.jobDirectory, '.partial/data')
    await until(async () => (await readdir(partial).catch((): string[] => [])).includes('f1'))
    worker.kill('SIGKILL')
    await exited
    await until(async () => (await programsOn(bench.vaultPath)).length === 0)
    expect(await bench.list()).toEqual([])
    const left = JSON.parse(await readFile(join(bench.jobDirectory, '.lock'), 'utf8'))
    await jobLock.release(jobLock.data.parse(left), { log: bench.world.log })
    const { result } = await bench.run()
    expect(result.bytesMoved).toBeGreaterThan(0)
    expect(result.bytesMoved).toBeLessThan(12_000_000)
    expect(await readdir(bench.jobDirectory)).toEqual([(await bench.newest()).location.split('/')[1]])
    expect((await readdir(bench.dataOf(await bench.newest()))).length).toBe(12)
    await expectGood(bench)
  })

  it('an rsync that is killed fails the run, and the next one goes on', async () => {
    await using bench = await Bench.open({ config: { bandwidthLimit: '4MiB' } })
    await bench.fill({ a: randomBytes(500_000), big: randomBytes(12_000_000) })
    const running = codeOf(bench.run())
    await until(
      async () =>
        (await programsOn(bench.vaultPath)).length > 0 &&
        (await stat(join(bench.jobDirectory, '.partial/data/a')).catch(() => null)) !== null,
    )
    for (const pid of await programsOn(bench.vaultPath)) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // The first one killed takes the others along.
      }
    }
    expect(await running).toBe('command-failed')
    expect(bench.world.journal).toEqual([])
    await bench.run()
    expect((await readdir(bench.dataOf(await bench.newest()))).sort()).toEqual(['a', 'big'])
    await expectGood(bench)
  })
})

describe('the lock of a job', () => {
  it('is refused to a second run, and names its holder', async () => {
    await using bench = await Bench.open()
    await bench.run()
    const data = lockDataOf(bench)
    const cx = bench.context()
    const held = await jobLock.acquire(data, cx)
    const thrown = await diskCopy
      .run(bench.context(), await diskCopy.plan(bench.context()))
      .catch((error) => error)
    expect(thrown).toMatchObject({ code: 'lock-held', details: { heldBy: data.runId } })
    await jobLock.release(data, { log: cx.log, handle: held })
    await bench.run()
  })

  it('left behind by a crash is taken over with a warning', async () => {
    await using bench = await Bench.open()
    await bench.run()
    await writeFile(join(bench.jobDirectory, '.lock'), JSON.stringify(lockDataOf(bench)))
    await bench.run()
    expect(bench.world.logLines.map((line) => line.level)).toContain('warning')
    expect(await readdir(bench.jobDirectory)).not.toContain('.lock')
  })

  it('of another run, or one that is in use, is not removed', async () => {
    await using bench = await Bench.open()
    await mkdir(bench.jobDirectory, { recursive: true })
    const data = lockDataOf(bench)
    const { log } = bench.world
    await jobLock.release(data, { log })
    await writeFile(data.path, JSON.stringify({ ...data, runId: newId('run') }))
    await jobLock.release(data, { log })
    expect(await readdir(bench.jobDirectory)).toEqual(['.lock'])
    await writeFile(data.path, JSON.stringify(data))
    const orphan = await open(data.path, 'r')
    expect(await tryLock(orphan.fd)).toBe(true)
    await jobLock.release(data, { log })
    expect(await readdir(bench.jobDirectory)).toEqual(['.lock'])
    await orphan.close()
    await jobLock.release(data, { log })
    await jobLock.release(data, { log })
    expect(await readdir(bench.jobDirectory)).toEqual([])
  })

  it('outlives the worker as long as a program it started lives', async () => {
    await using bench = await Bench.open()
    await mkdir(bench.jobDirectory, { recursive: true })
    const held = await jobLock.acquire(lockDataOf(bench), bench.context())
    const program = spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', held.fd] })
    const exited = new Promise((resolve) => program.once('exit', resolve))
    await held.abandon()
    expect(await codeOf(jobLock.acquire(lockDataOf(bench), bench.context()))).toBe('lock-held')
    program.kill()
    await exited
    await (await jobLock.acquire(lockDataOf(bench), bench.context())).abandon()
  })
})

describe('WriteBackWatch', () => {
  it('hears of lost data even when another has been told first, which `sync -f` does not', async () => {
    await using disk = await LoopDisk.mount({ type: 'ext4', sizeMb: 300, backingMb: 60 })
    await using first = await WriteBackWatch.watch(disk.path)
    await using second = await WriteBackWatch.watch(disk.path)
    await writeFile(join(disk.path, 'big'), randomBytes(150_000_000))
    expect(await codeOf(first.flush())).toMatch(/^(write-failed|vault-full)$/)
    const fd = openSync(disk.path, 'r')
    expect(() =>
      execFileSync('sync', ['-f', '/dev/stdin'], { stdio: [fd, 'ignore', 'ignore'] }),
    ).not.toThrow()
    closeSync(fd)
    expect(await codeOf(second.flush())).toMatch(/^(write-failed|vault-full)$/)
  })

  it('is content with a disk that works', async () => {
    await using bench = await Bench.open()
    await using watch = await WriteBackWatch.watch(bench.source)
    await bench.fill({ a: 'a' })
    await watch.flush()
  })
})
