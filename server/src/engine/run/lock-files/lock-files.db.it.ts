import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HoldfastError, phraseText, type Run } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostIdentity } from '../../../kit/host.ts'
import type { WorkerIdentity } from '../../ports.ts'
import { type EngineLab, openEngineLab } from '../../testkit/engine-lab.ts'
import { scriptedDriver } from '../../testkit/scripted-driver.ts'
import { takeAndBeKilled } from './lock-files.testkit.ts'
import { ownLockFile } from './own-lock-file.ts'

const driver = scriptedDriver()
let lab: EngineLab
let root: string
let own: string
let theirs: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-lock-files-'))
  own = join(root, 'copy.lock')
  theirs = join(root, 'locks', '20261121-093000.lock')
  await mkdir(join(root, 'locks'))
  driver.script.run = async () => {}
  lab = await openEngineLab([driver])
  await apply({})
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await rm(root, { recursive: true })
})

const lockFiles = () => [{ directory: join(root, 'locks'), own, settle: '1s' }]
const apply = (more: object) =>
  lab.apply({ jobs: [{ name: 'copy', kind: 'scripted', lockFiles: lockFiles(), ...more }] })
const start = async (): Promise<string> => (await lab.control.startJob('copy', { by: 'anna' })).id
const warningsOf = (run: Run) => run.report?.warnings.map(phraseText)

test('a run has its own lock file while the driver works, and none when it has ended, however it ends', async () => {
  const seen: string[] = []
  driver.script.run = async (cx) => {
    seen.push(readFileSync(own, 'utf8'))
    if (seen.length === 2) throw new HoldfastError('write-failed', 'the disk is broken')
    if (seen.length === 3) {
      await lab.control.cancelRun(cx.runId, { by: 'anna' })
      await once(cx.signal, 'abort')
      cx.signal.throwIfAborted()
    }
  }
  await lab.startWorker()
  for (const outcome of ['success', 'failed', 'canceled']) {
    const id = await start()
    expect(await lab.finished(id)).toMatchObject({ outcome })
    expect(JSON.parse(seen.at(-1) ?? '')).toMatchObject({ program: 'holdfast', runId: id })
    expect(existsSync(own)).toBe(false)
  }
  expect(seen).toHaveLength(3)
  expect(await lab.deps.store.journal.orphans()).toEqual([])
})

test('a run that others keep waiting longer than it may is skipped, says for what, and leaves nothing', async () => {
  await apply({ maxWait: '1s' })
  await writeFile(theirs, '')
  await lab.startWorker()
  const id = await start()
  const waiting = await lab.until(id, (run) => run.waitingFor !== null || run.status === 'finished')
  if (waiting.waitingFor) expect(phraseText(waiting.waitingFor)).toContain(theirs)
  const run = await lab.finished(id)
  expect(run).toMatchObject({ outcome: 'skipped', error: { code: 'lock-held' } })
  expect(run.error?.message).toContain(theirs)
  expect(existsSync(own)).toBe(false)
})

test('a run goes on by itself once the other program has removed its file', { timeout: 60_000 }, async () => {
  await writeFile(theirs, '')
  await lab.startWorker()
  const id = await start()
  await lab.until(id, (run) => run.waitingFor !== null)
  await unlink(theirs)
  expect(await lab.finished(id)).toMatchObject({ outcome: 'success' })
})

test('an own lock file that somebody removed meanwhile makes a warning of the report', async () => {
  driver.script.run = () => unlink(own)
  await lab.startWorker()
  const run = await lab.finished(await start())
  expect(run.outcome).toBe('warning')
  expect(warningsOf(run)).toEqual([expect.stringContaining('was no longer there at the end')])
})

test('what a worker leaves that is killed is removed from its journal, and the run is done again', async () => {
  const { store } = lab.deps
  const dead: WorkerIdentity = {
    id: 'wrk_000000000000',
    site: 'main',
    ...hostIdentity(),
    pid: process.pid,
    // No process has this start time.
    processStart: '1',
  }
  await store.workers.register(dead)
  const id = await start()
  const owner = { claim: 'of the dead', workerId: dead.id, now: new Date() }
  const claimed = await store.runs.claim(id, owner, (_, job) => ({
    action: 'start',
    locks: [{ name: `job:${job.id}`, mode: 'exclusive' }],
  }))
  if (claimed.state !== 'claimed') throw new Error(claimed.state)
  const { hostName: host, hostId } = lab.deps.host
  const takenAt = new Date().toISOString()
  const jobId = claimed.job.id
  const data = { path: own, jobId, runId: id, host, takenAt, mark: 'of the dead', replaces: null }
  const { kind, scope } = ownLockFile
  await store.journal.add({ runId: id, claim: owner.claim, kind, scope, hostId, data })
  await takeAndBeKilled(data)
  expect(readFileSync(own, 'utf8')).toContain(id)

  let successor = ''
  driver.script.run = async (cx) => {
    successor = cx.runId
    expect(await readFile(own, 'utf8')).toContain(cx.runId)
  }
  await lab.startWorker()
  expect(await lab.finished(id)).toMatchObject({ outcome: 'lost' })
  await expect.poll(() => successor, { timeout: 20_000 }).not.toBe('')
  // Its own journal gave the file back before: nothing is left to warn of.
  const run = await lab.finished(successor)
  expect([run.outcome, warningsOf(run)]).toEqual(['success', []])
  expect(existsSync(own)).toBe(false)
})
