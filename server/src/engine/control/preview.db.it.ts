import { setTimeout as sleep } from 'node:timers/promises'
import { HoldfastError } from '@holdfast/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AnyDriver } from '../../drivers/driver.ts'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { createControl } from './control.ts'

const base = scriptedDriver()
let lab: EngineLab
/** Who planned last, told by the engine the plan was made in. */
let plannedBy: string
let plan: (signal: AbortSignal) => Promise<void>

/** A driver whose plans say which process made them. */
function driverOf(place: string): AnyDriver {
  return {
    ...base,
    async plan(cx) {
      await plan(cx.signal)
      plannedBy = place
      return {
        summary: `seen from ${place}`,
        items: [],
        guards: [{ code: 'mass-change', message: 'much' }],
        expectedBytes: null,
        own: [1],
      }
    },
  }
}

/** A worker of a site, with a driver of its own as if on another machine. */
async function workerOf(site: string, concurrency = 1): Promise<void> {
  const driver = driverOf(site)
  await lab.startWorker({
    site,
    concurrency,
    deps: { ...lab.deps, drivers: [driver], driverOf: () => driver },
  })
}

beforeEach(async () => {
  plannedBy = 'nobody'
  plan = async () => {}
  base.script.run = async () => {}
  lab = await openEngineLab([driverOf('here')])
  await lab.apply({
    jobs: [
      { name: 'a', kind: 'scripted', site: 'main' },
      { name: 'b', kind: 'scripted', site: 'branch', locks: [{ name: 'taken' }] },
    ],
    notifications: [
      {
        name: 'all',
        kind: 'webhook',
        url: 'http://127.0.0.1:9/',
        on: ['success', 'failed', 'canceled', 'held'],
      },
    ],
  })
})
afterEach(() => lab[Symbol.asyncDispose]())

const plans = async () => (await lab.control.listRuns({ operation: 'plan' })).items

test('a plan is made by a worker of the site of the job, whatever locks are taken, and held by no guard', async () => {
  await workerOf('main')
  await workerOf('branch')
  await lab.control.acquireLock({ name: 'taken', holder: 'script', leaseSeconds: 600, waitSeconds: 0 })
  expect(await lab.control.previewPlan('b')).toMatchObject({ summary: 'seen from branch' })
  expect(await lab.control.previewPlan('a')).toMatchObject({ summary: 'seen from main' })
  expect(await plans()).toMatchObject([
    { jobName: 'a', status: 'finished', outcome: 'success' },
    { jobName: 'b', status: 'finished', outcome: 'success' },
  ])
})

test('a plan is made while the worker is busy with all the runs it may have', async () => {
  await workerOf('main', 1)
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  base.script.run = () => gate
  const long = await lab.control.startJob('a', { by: 'anna' })
  const held = await lab.until(long.id, (run) => run.status === 'held')
  await lab.control.approveRun(held.id, { by: 'anna' })
  await lab.until(long.id, (run) => run.status === 'running')
  expect(await lab.control.previewPlan('a')).toMatchObject({ summary: 'seen from main' })
  open()
  await lab.finished(long.id)
})

test('what must be there before is planned by a worker, and made as a run of its own', async () => {
  await workerOf('main')
  expect(await lab.control.previewPreparation('a')).toMatchObject({ summary: 'prepare as scripted' })
  const { id } = await lab.control.startPreparation('a', { by: 'user:anna' })
  expect(await lab.finished(id)).toMatchObject({
    operation: 'prepare',
    outcome: 'success',
    plan: { summary: 'prepare as scripted' },
    report: {
      summary: 'prepared',
      counts: { made: 1 },
      table: { columns: ['made'], rows: [['a class']], total: 1 },
    },
  })
  expect(await lab.control.getJob('a')).toMatchObject({ lastRun: null, recentOutcomes: [] })
  const { items } = await lab.control.listAudit({ action: 'prepare.start' })
  expect(items).toMatchObject([{ by: 'user:anna', object: 'a' }])
})

test('a kind that needs nothing beforehand says so', async () => {
  const { preparation, ...plain } = base
  const control = createControl({ ...lab.deps, driverOf: () => plain }, async () => [])
  const refused = { code: 'config-invalid', message: 'jobs of kind scripted need nothing made beforehand' }
  await expect(control.startPreparation('a', { by: 'user:anna' })).rejects.toMatchObject(refused)
  await expect(control.previewPreparation('a')).rejects.toMatchObject(refused)
})

test('a preview is in no list, no status and no notification', async () => {
  await workerOf('main')
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  let isPlanning = false
  plan = async () => {
    isPlanning = true
    await gate
  }
  const asked = lab.control.previewPlan('a')
  while (!isPlanning) await sleep(10)
  expect((await lab.control.listRuns({})).items).toEqual([])
  expect((await lab.control.listRuns({ status: ['planning', 'queued'] })).items).toEqual([])
  expect((await lab.control.status()).activeRuns).toEqual([])
  open()
  await asked
  const [made] = await plans()
  expect((await lab.control.listRuns({})).items).toEqual([])
  expect((await lab.control.listRuns({ outcome: ['success'], job: 'a' })).items).toEqual([])
  expect(await lab.control.getJob('a')).toMatchObject({ lastRun: null, recentOutcomes: [] })
  expect(await lab.control.status()).toMatchObject({ recentRuns: [], failures: [] })
  const told = async () => (await lab.test.database.pool.query('select event from deliveries')).rows
  expect(await told()).toEqual([])
  expect(await lab.control.getRun(made?.id ?? '')).toMatchObject({ plan: { summary: 'seen from main' } })
  const { id } = await lab.control.startJob('a', { by: 'anna' })
  await lab.until(id, (run) => run.status === 'held')
  expect(await told()).toEqual([{ event: 'held' }])
})

test('what is in the way of the plan is told at once, as it was met', async () => {
  await workerOf('main')
  plan = async () => {
    throw new HoldfastError('no-progress', 'nothing moves', { hint: 'Push.', details: { at: 7 } })
  }
  await expect(lab.control.previewPlan('a')).rejects.toMatchObject({
    code: 'no-progress',
    message: 'nothing moves',
    hint: 'Push.',
    details: { at: 7 },
  })
})

test('without a live worker of the site there is no plan, unless it may be made here', async () => {
  await workerOf('main')
  await expect(lab.control.previewPlan('b')).rejects.toMatchObject({ code: 'worker-absent' })
  expect(await plans()).toEqual([])
  const command = createControl({ ...lab.deps, planLocally: true }, async () => [])
  expect(await command.previewPlan('b')).toMatchObject({ summary: 'seen from here' })
  await command.previewPlan('a')
  expect(plannedBy).toBe('main')
})

test('a preview that nobody waits for any more is canceled', async () => {
  await workerOf('main')
  const caller = new AbortController()
  let begun = () => {}
  const planning = new Promise<void>((resolve) => {
    begun = resolve
  })
  plan = (signal) => {
    begun()
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
    )
  }
  const asked = lab.control.previewPlan('a', { signal: caller.signal })
  asked.catch(() => {})
  await planning
  caller.abort()
  await expect(asked).rejects.toMatchObject({ code: 'run-canceled' })
  const [run] = await plans()
  expect(await lab.finished(run?.id ?? '')).toMatchObject({ outcome: 'canceled' })
})

test('a preview whose worker is lost is not planned again', async () => {
  const { runs } = lab.deps.store
  const job = await lab.deps.store.objects.job('a')
  const { id } = await runs.create({
    jobId: job?.id ?? '',
    site: 'main',
    operation: 'plan',
    trigger: 'manual',
    slotAt: null,
    request: { operation: 'plan', restore: null },
    startedBy: null,
  })
  const owner = { claim: 'c', workerId: 'wrk_000000000000', now: new Date() }
  const claimed = await runs.claim(id, owner, () => ({ action: 'start', locks: [] }))
  if (claimed.state !== 'claimed') throw new Error(claimed.state)
  const error = new HoldfastError('worker-lost', 'gone').report()
  expect(await runs.recover(claimed.run, error, 3)).toBeNull()
  expect(await plans()).toMatchObject([{ id, outcome: 'lost' }])
})

test('a run is told without what only its driver reads of the plan, unless that is asked for', async () => {
  await workerOf('main')
  const { id } = await lab.control.startJob('a', { by: 'anna' })
  await lab.until(id, (run) => run.status === 'held')
  const told = (await lab.control.getRun(id)).plan
  expect(told).toMatchObject({ summary: 'seen from main', guards: [{ code: 'mass-change' }] })
  expect(told).not.toHaveProperty('own')
  expect((await lab.control.getRun(id, { plan: 'whole' })).plan).toEqual({ ...told, own: [1] })
  await lab.control.approveRun(id, { by: 'anna' })
  await lab.finished(id)
  expect((await lab.control.getRun(id)).plan).not.toHaveProperty('own')
  expect((await lab.control.getRun(id, { plan: 'whole' })).plan).toMatchObject({ own: [1] })
  expect(await lab.control.previewPlan('a')).toMatchObject({ own: [1] })
})
