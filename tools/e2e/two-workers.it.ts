import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import type { JobStatus, Page, Run, RunSummary, Status } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Installation, kill, until } from './installation.testkit.ts'

let place: Installation
beforeEach(async () => {
  place = await Installation.create()
})
afterEach(() => place[Symbol.asyncDispose]())

/** Slow enough to be killed in the middle: the copy is held to a rate. */
async function slowJob(): Promise<void> {
  await mkdir(place.path('source'))
  await writeFile(place.path('source', 'big'), Buffer.alloc(12 * 1024 * 1024, 'x'))
  await place.configure(`
vaults: [{ name: v, kind: directory, path: ${place.path('vault')}, minFree: 1MiB }]
jobs: [{ name: slow, kind: disk-copy, vault: v, config: { source: ${place.path('source')}, bandwidthLimit: 3MiB } }]
`)
  await place.json('apply', place.path('config'))
}

const pidOf = async (runId: string) => {
  const { status, jobs } = await place.json<{ status: Status; jobs: Page<JobStatus> }>('status')
  return { status, jobs: jobs.items, run: status.activeRuns.find((run) => run.id === runId) }
}

test('when the worker that does a run is killed, the other one takes over', async () => {
  await slowJob()
  const workers = [await place.startWorker(), await place.startWorker()]
  const [started] = await place.json<Run[]>('run', 'slow', '--no-wait')
  const id = started?.id ?? ''
  await until(async () => (await pidOf(id)).run?.status === 'running')

  // Which of the two has it is in the process table: rsync is a child of the one that works.
  const busy = workers.find((worker) => hasChild(worker.pid, 'rsync'))
  if (!busy) throw new Error('no worker runs rsync')
  await kill(busy)

  await until(async () => (await place.json<{ run: Run }>('runs', 'show', id)).run.outcome === 'lost')
  await until(async () => {
    const [newest] = await place.list<RunSummary>('runs', 'list', '--limit', '1')
    return newest?.recoversRunId === id && newest.status === 'finished'
  })
  const [newest] = await place.list<RunSummary>('runs', 'list', '--limit', '1')
  expect(newest).toMatchObject({ outcome: 'success', trigger: 'recovery' })
  const { status, jobs } = await pidOf(id)
  expect(status.workers.filter((worker) => worker.alive)).toHaveLength(1)
  expect(jobs.map((job) => [job.name, job.pointCount])).toEqual([['slow', 1]])
})

function hasChild(pid: number | undefined, name: string): boolean {
  try {
    return execFileSync('pgrep', ['-P', String(pid), name]).length > 0
  } catch {
    return false
  }
}
