import { execFileSync } from 'node:child_process'
import { existsSync, unlinkSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { requires } from '../../../../../tools/lab/requires.ts'
import { excludesFor } from '../../../domain/lock-files/excludes.ts'
import { newId } from '../../../kit/ids.ts'
import { Share, takeAndBeKilled } from './lock-files.testkit.ts'
import { ownText } from './own-content.ts'
import { ownLockFile } from './own-lock-file.ts'

let share: Share
beforeEach(async () => {
  share = await Share.create()
})
afterEach(() => share[Symbol.asyncDispose]())

const theirs = (name = '20261121-093000.lock') => join(share.directory, name)
const anotherRuns = (runId: string) =>
  ownText({ jobId: newId('job'), runId, host: 'other', takenAt: '2026-11-21T09:30:00.000Z', mark: 'x' })

async function age(path: string, seconds: number): Promise<void> {
  const at = new Date(Date.now() - seconds * 1000)
  await utimes(path, at, at)
}

describe('while another program is at work', () => {
  test('nothing is announced, and the file that is in the way is named with its age', async () => {
    await writeFile(theirs(), '')
    await age(theirs(), 2520)
    const { cx, take } = share.run()
    await expect(take()).rejects.toMatchObject({
      code: 'lock-held',
      kind: 'busy',
      message: `another program is at work: its lock file ${theirs()} has been there for 42m`,
      details: { file: theirs(), files: 1 },
    })
    expect(existsSync(share.own)).toBe(false)
    expect(cx.warnings).toEqual([])
    await unlink(theirs())
    await using held = await take()
    expect(existsSync(share.own)).toBe(true)
    expect(held).toBeDefined()
  })

  test('that looked before our file was there and makes its own after, we are the ones to step back', async () => {
    share.settleMs = 300
    const { take, world } = share.run()
    const taking = take()
    while (!existsSync(share.own)) await sleep(1)
    await writeFile(theirs(), '')
    await expect(taking).rejects.toMatchObject({ code: 'lock-held' })
    expect(existsSync(share.own)).toBe(false)
    expect(existsSync(theirs())).toBe(true)
    expect(world.journal).toEqual([])
  })

  test('a pattern says which files count; folders and hidden files never do', async () => {
    await mkdir(join(share.directory, 'folder.lock'))
    await writeFile(join(share.directory, '.hidden'), '')
    await writeFile(join(share.directory, 'readme.txt'), '')
    await using _ = await share.run({ pattern: '*.lock' }).take()
    await expect(share.run({ own: undefined }).take()).rejects.toThrow('readme.txt')
  })

  test('a link counts, and is not followed', async () => {
    await symlink('/nonexistent', theirs())
    await expect(share.run().take()).rejects.toMatchObject({ details: { file: theirs() } })
  })

  test('the own file of another job in the same folder is none of theirs', async () => {
    const { take } = share.run({ own: join(share.directory, 'first.lock') })
    await using _ = await take()
    await using __ = await share.run({ own: join(share.directory, 'second.lock') }).take()
    expect(await readdir(share.directory)).toEqual(['first.lock', 'second.lock'])
  })

  test('an old script that looks and then makes its file never works at the same time, 200 times', async () => {
    // Longer than the gap of the script, shorter than its work: else both would hide what the last look is for.
    share.settleMs = 20
    let isOldAtWork = false
    let isOursAtWork = false
    let turns = 0
    const random = (most: number) => sleep(Math.random() * most)
    /** What the old pre- and post-job scripts do: wait while our file is there, then make one, work, remove it. */
    const old = async () => {
      while (existsSync(share.own)) await sleep(2)
      // The gap between its look and its file.
      await random(5)
      writeFileSync(theirs(), '')
      isOldAtWork = true
      expect(isOursAtWork).toBe(false)
      await sleep(30)
      expect(isOursAtWork).toBe(false)
      isOldAtWork = false
      unlinkSync(theirs())
    }
    const ours = async () => {
      const { take } = share.run()
      for (;;) {
        const held = await take().catch((error) => {
          expect(error).toMatchObject({ code: 'lock-held' })
        })
        if (held) {
          isOursAtWork = true
          expect(isOldAtWork).toBe(false)
          await random(10)
          expect(isOldAtWork).toBe(false)
          isOursAtWork = false
          turns++
          return await held.release()
        }
        await random(5)
      }
    }
    for (let round = 0; round < 200; round++) await Promise.all([random(10).then(old), random(10).then(ours)])
    expect(turns).toBe(200)
    expect([existsSync(share.own), await readdir(share.directory)]).toEqual([false, []])
  })
})

describe('what others left behind', () => {
  test('is ignored past its age with a warning, and stays', async () => {
    await writeFile(theirs(), '')
    await age(theirs(), 90_000)
    const { cx, take } = share.run({ ignoreOlderThan: '24h' })
    await using _ = await take()
    expect(cx.warnings).toEqual([
      `lock file ${theirs()} of another program is 1d 1h old: it was taken for a leftover and ignored`,
    ])
    expect(existsSync(theirs())).toBe(true)
  })

  test('is removed where the job says so, unless a newer file means that somebody is at work', async () => {
    const old = theirs('old.lock')
    await writeFile(old, '')
    await age(old, 90_000)
    await writeFile(theirs(), '')
    const wanted = { ignoreOlderThan: '24h', removeStale: true }
    await expect(share.run(wanted).take()).rejects.toMatchObject({ details: { file: theirs() } })
    expect(existsSync(old)).toBe(true)
    await unlink(theirs())
    const { cx, take } = share.run(wanted)
    await using _ = await take()
    expect(cx.warnings).toEqual([
      `lock file ${old} of another program was 1d 1h old: it was taken for a leftover and removed`,
    ])
    expect(existsSync(old)).toBe(false)
  })

  test('is waited for by a job that says nothing about age, and from a clock that is ahead', async () => {
    await writeFile(theirs(), '')
    await age(theirs(), 90_000)
    await expect(share.run().take()).rejects.toMatchObject({ code: 'lock-held' })
    await age(theirs(), -90_000)
    await expect(share.run({ ignoreOlderThan: '1s' }).take()).rejects.toThrow('for 0.0s')
  })
})

describe('the own lock file', () => {
  test('says whose it is, and goes when it is given back, twice without harm', async () => {
    const { cx, take, world } = share.run()
    const held = await take()
    expect(JSON.parse(await readFile(share.own, 'utf8'))).toMatchObject({
      program: 'holdfast',
      jobId: cx.job.id,
      runId: cx.runId,
      host: 'nas',
    })
    expect(world.journal).toHaveLength(1)
    await held.release()
    expect(existsSync(share.own)).toBe(false)
    await held.release()
    expect([cx.warnings, world.journal]).toEqual([[], []])
  })

  test('is refreshed, so that others see over a share that it is in use', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      share.settleMs = 0
      await using _ = await share.run().take()
      await age(share.own, 600)
      await vi.advanceTimersByTimeAsync(29_000)
      expect(Date.now() - (await stat(share.own)).mtimeMs).toBeGreaterThan(500_000)
      await vi.advanceTimersByTimeAsync(1_000)
      await expect.poll(async () => Date.now() - (await stat(share.own)).mtimeMs).toBeLessThan(60_000)
    } finally {
      vi.useRealTimers()
    }
  })

  test('that somebody else removed is not made again, and is told', async () => {
    const { cx, take } = share.run()
    const held = await take()
    await unlink(share.own)
    await held.release()
    expect(cx.warnings).toEqual([
      expect.stringMatching(/^the own lock file .* was no longer there at the end/),
    ])
  })

  test('that somebody else replaced is left alone, and is told', async () => {
    const { cx, take } = share.run()
    const held = await take()
    await writeFile(share.own, 'locked')
    await held.release()
    expect(cx.warnings).toEqual([expect.stringContaining('removed or replaced')])
    expect(await readFile(share.own, 'utf8')).toBe('locked')
  })

  test('is released from the journal alone, and late takes nothing from a later run', async () => {
    const first = share.run()
    await first.take()
    share.runs.set(first.cx.runId, 'finished')
    const entry = first.world.journal[0]
    const second = share.run()
    await using _ = await second.take()
    await ownLockFile.release(ownLockFile.data.parse(entry?.data), { log: first.world.log })
    expect(await readFile(share.own, 'utf8')).toContain(second.cx.runId)
    await second.world.releaseJournal()
    expect(existsSync(share.own)).toBe(false)
  })

  test.each([
    ['finished', 'was left behind by run'],
    ['queued', 'was left behind by run'],
  ] as const)('of a run that is %s is taken over with a warning', async (status, warning) => {
    const runId = newId('run')
    share.runs.set(runId, status)
    await writeFile(share.own, anotherRuns(runId))
    const { cx, take } = share.run()
    await using _ = await take()
    expect(cx.warnings).toEqual([expect.stringContaining(warning)])
    expect(await readFile(share.own, 'utf8')).toContain(cx.runId)
  })

  test('of a run at work is respected, however old', async () => {
    const runId = newId('run')
    share.runs.set(runId, 'running')
    await writeFile(share.own, anotherRuns(runId))
    await age(share.own, 3600)
    await expect(share.run().take()).rejects.toMatchObject({
      code: 'lock-held',
      message: `the lock file ${share.own} is held by run ${runId} on other`,
    })
    expect(await readFile(share.own, 'utf8')).toContain(runId)
  })

  test('of a control plane we do not know is respected while it is refreshed', async () => {
    await writeFile(share.own, anotherRuns(newId('run')))
    await age(share.own, 290)
    await expect(share.run().take()).rejects.toMatchObject({ code: 'lock-held' })
    await age(share.own, 310)
    await using _ = await share.run().take()
  })

  test('that is empty is taken over with a warning, once it is no longer new', async () => {
    await writeFile(share.own, '')
    await expect(share.run().take()).rejects.toMatchObject({ code: 'lock-held' })
    await age(share.own, 90)
    const { cx, take } = share.run()
    await using _ = await take()
    expect(cx.warnings).toEqual([expect.stringContaining('was there already but empty')])
  })

  test.each([
    ['of another program', () => writeFile(share.own, 'locked')],
    ['that is a link', () => symlink(theirs('target'), share.own)],
    ['that is a folder', () => mkdir(share.own)],
    ['that is a named pipe', async () => void execFileSync('mkfifo', [share.own])],
    ['that is long', () => writeFile(share.own, anotherRuns(newId('run')).padEnd(10_000))],
  ])('%s stays as it is and is waited for', async (_, put) => {
    await put()
    await expect(share.run().take()).rejects.toMatchObject({
      code: 'lock-held',
      message: expect.stringContaining('was not made by Holdfast'),
      hint: expect.stringContaining('removes no file that it did not make'),
    })
    expect(existsSync(theirs('target'))).toBe(false)
    expect((await readdir(share.root)).toSorted()).toEqual(['copy.lock', 'locks'])
  })

  test('that cannot be made says what to do', async () => {
    await expect(share.run({ own: join(share.root, 'absent', 'x') }).take()).rejects.toMatchObject({
      code: 'lock-file-refused',
      kind: 'access',
      message: `the lock file ${share.root}/absent/x cannot be made (ENOENT)`,
      hint: expect.stringContaining('Create its folder'),
    })
  })

  test('that cannot be removed is a warning, and stays in the journal for later', async () => {
    const { cx, take, world } = share.run()
    const held = await take()
    const text = await readFile(share.own, 'utf8')
    vi.spyOn(ownLockFile, 'release').mockRejectedValueOnce(
      Object.assign(new Error('stale'), { code: 'ESTALE' }),
    )
    await held.release()
    vi.restoreAllMocks()
    expect(cx.warnings).toEqual([expect.stringContaining('could not be removed: ESTALE')])
    expect(await readFile(share.own, 'utf8')).toBe(text)
    await world.releaseJournal()
    expect(existsSync(share.own)).toBe(false)
  })

  test('is given back when the run is canceled while it settles', async () => {
    share.settleMs = 60_000
    const { cx, take, world } = share.run()
    const taking = take()
    while (!existsSync(share.own)) await sleep(1)
    cx.cancel()
    await expect(taking).rejects.toThrow()
    expect([existsSync(share.own), world.journal]).toEqual([false, []])
  })
})

describe('two runs with the same own lock file', () => {
  const race = async () => {
    const runs = [share.run(), share.run(), share.run()]
    for (const { cx } of runs) share.runs.set(cx.runId, 'running')
    const results = await Promise.allSettled(runs.map(({ take }) => take()))
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'lock-held' })
    const winner = runs[results.findIndex(({ status }) => status === 'fulfilled')]
    if (winner) expect(await readFile(share.own, 'utf8')).toContain(winner.cx.runId)
    for (const held of won) await held.release()
    return won.length
  }

  test('never both get it', async () => {
    for (let round = 0; round < 20; round++) expect(await race()).toBe(1)
    expect(existsSync(share.own)).toBe(false)
  })

  test('never both take over what a third one left', async () => {
    for (let round = 0; round < 20; round++) {
      const runId = newId('run')
      share.runs.set(runId, 'finished')
      await writeFile(share.own, anotherRuns(runId))
      expect(await race()).toBe(1)
      await rm(share.own, { force: true })
    }
  })
})

test('a folder that is not there is unreachable, which is tried again', async () => {
  await expect(share.run({ directory: join(share.root, 'absent') }).take()).rejects.toMatchObject({
    code: 'lock-files-unreachable',
    kind: 'unreachable',
  })
  expect(existsSync(share.own)).toBe(false)
})

test('a process that was killed leaves its file, which the journal removes', async () => {
  const { cx } = share.run()
  const { id: jobId } = cx.job
  const takenAt = '2026-11-21T09:30:00.000Z'
  const data = { path: share.own, jobId, runId: cx.runId, host: 'nas', takenAt, mark: 'm', replaces: null }
  await takeAndBeKilled(data)
  expect(existsSync(share.own)).toBe(true)
  await ownLockFile.release(data, { log: cx.log })
  expect(existsSync(share.own)).toBe(false)
})

test.skipIf(requires('rsync'))(
  'rsync leaves the own lock file out of a copy of its folder, whatever its name',
  async () => {
    for (const name of ['copy.lock', 'a [1]*?.lock', 'a\\b.lock', 'ünd so.lock']) {
      const [source, target] = [join(share.root, 'source'), join(share.root, 'target')]
      for (const path of ['locks', 'other/locks']) await mkdir(join(source, path), { recursive: true })
      for (const path of [`locks/${name}`, `other/locks/${name}`, 'locks/file'])
        await writeFile(join(source, path), 'x')
      const lockFiles = share.run({ own: join(source, 'locks', name) }).cx.job.spec.lockFiles
      const excludes = excludesFor(lockFiles, source).map((pattern) => `--exclude=${pattern}`)
      execFileSync('rsync', ['-a', '--delete', '--delete-excluded', ...excludes, `${source}/`, target])
      expect((await readdir(join(target, 'locks'))).toSorted()).toEqual(['file'])
      expect(await readdir(join(target, 'other/locks'))).toEqual([name])
      await rm(source, { recursive: true })
    }
  },
)
