import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { Run, RunLogLine } from '@holdfast/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation, until } from './installation.testkit.ts'

let place: Installation
let worker: Awaited<ReturnType<Installation['startWorker']>>

beforeAll(async () => {
  place = await Installation.create()
  await mkdir(place.path('source'))
  await writeFile(place.path('source', 'big'), Buffer.alloc(6 * 1024 * 1024, 'x'))
  const job = (name: string, rate: string, rest = '') =>
    `  - { name: ${name}, kind: disk-copy, vault: v, config: { source: ${place.path('source')}, bandwidthLimit: ${rate} }${rest} }`
  await place.configure(`
vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
jobs:
${job('steady', '1MiB', ', locks: [{ name: nas/exclusive }]')}
${job('stuck', '64KiB')}
${job('stopped', '1MiB')}
`)
  worker = await place.startWorker()
  await place.json('apply', place.path('config'))
})
afterAll(() => place[Symbol.asyncDispose]())

const rsyncs = () => place.processes().filter((line) => /\brsync\b/.test(line))
const begun = (run: Run) => run.status === 'running' && rsyncs().length > 0

async function expectNothingHeld(): Promise<void> {
  await until(() => rsyncs().length === 0)
  expect(await (await place.control()).listLocks()).toEqual([])
}

test('logs -f goes along with a run to its last line, and a script waits for the lock of the run', async () => {
  const id = await place.start('steady')
  await place.untilRun(id, begun)
  const following = place.run('logs', '-f', id, '--json')
  const held = await place.run('lock', 'acquire', 'nas/exclusive', '--holder', 'script')
  expect(held).toMatchObject({ exitCode: 11, stderr: expect.stringContaining(id) })
  const waiting = place.run('lock', 'acquire', 'nas/exclusive', '--holder', 'script', '--wait', '1m')
  const { exitCode, stdout } = await following
  expect(exitCode).toBe(0)
  expect(await place.getRun(id)).toMatchObject({ outcome: 'success' })
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunLogLine)
  expect(lines).toEqual(await (await place.control()).readLog(id, -1, 1000))
  expect(await waiting).toMatchObject({ exitCode: 0 })

  const next = await place.start('steady')
  const blocked = await place.untilRun(next, (run) => run.waitingFor !== null)
  expect(blocked).toMatchObject({ status: 'queued', waitingFor: { text: 'nas/exclusive: held by script' } })
  expect((await place.run('runs', 'list')).stdout).toContain('waits for nas/exclusive: held by script')
  expect(await place.run('lock', 'release', 'nas/exclusive', '--holder', 'script')).toMatchObject({
    exitCode: 0,
  })
  expect(await place.finished(next)).toMatchObject({ outcome: 'success', report: { bytesMoved: 0 } })
  expect(await place.run('lock', 'release', 'nas/exclusive', '--holder', 'script')).toMatchObject({
    exitCode: 3,
  })
  await expectNothingHeld()
})

test('runs cancel ends a copy that would take minutes more, and leaves no process, lock or stray file', async () => {
  const id = await place.start('stuck')
  await place.untilRun(id, begun)
  expect(await place.run('runs', 'cancel', id)).toMatchObject({ exitCode: 0 })
  expect(await place.finished(id)).toMatchObject({ outcome: 'canceled', error: { code: 'run-canceled' } })
  await expectNothingHeld()
  const { jobId } = await place.getRun(id)
  // The unfinished copy stays, under a name that says so, for the next run to go on with.
  expect((await readdir(place.path('vault', jobId))).filter((name) => name !== '.lock')).toEqual(['.partial'])
  expect(await place.run('runs', 'cancel', id)).toMatchObject({ exitCode: 5 })
})

test('a worker that is told to stop gives its run back, and the next worker does it', async () => {
  const id = await place.start('stopped')
  await place.untilRun(id, begun)
  expect(await place.stop(worker)).toBe(0)
  expect(await place.getRun(id)).toMatchObject({ status: 'queued', outcome: null })
  await expectNothingHeld()
  const { workers } = await (await place.control()).status()
  expect(workers).toEqual([])
  worker = await place.startWorker()
  const done = await place.finished(id)
  expect(done).toMatchObject({ outcome: 'success', recoversRunId: null })
  expect(
    await readFile(place.path('vault', done.report?.details.location as string, 'data', 'big')),
  ).toHaveLength(6 * 1024 * 1024)
  await expectNothingHeld()
})
