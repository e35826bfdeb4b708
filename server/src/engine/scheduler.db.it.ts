import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decideSlot } from './scheduler.ts'
import { type EngineLab, openEngineLab } from './testkit/engine-lab.ts'
import { scriptedDriver } from './testkit/scripted-driver.ts'

const driver = scriptedDriver()
let lab: EngineLab

beforeEach(async () => {
  driver.script.run = async () => {}
  lab = await openEngineLab([driver])
})
afterEach(() => lab[Symbol.asyncDispose]())

const hourly = { cron: '0 * * * *' }
const setSlot = (at: Date) => lab.test.database.pool.query('update jobs set next_run_at = $1', [at])
const take = (now: Date) =>
  lab.deps.store.runs.takeDue(now, 100, (job) => decideSlot(job.spec, job.nextRunAt, now))

describe('a due job', () => {
  const slot = new Date('2026-11-20T10:00:00Z')
  const soon = new Date('2026-11-20T10:00:01Z')

  test('becomes one run, whoever looks and how often', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: hourly }] })
    await setSlot(slot)
    await Promise.all([take(soon), take(soon), take(soon)])
    await setSlot(slot)
    await take(soon)
    const { items: runs } = await lab.control.listRuns({})
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ slotAt: slot.toISOString(), trigger: 'schedule', status: 'queued' })
    const [job] = await lab.deps.store.objects.jobs()
    expect(job?.nextRunAt).toBe('2026-11-20T11:00:00.000Z')
  })

  test('that is disabled or deleted is left alone', async () => {
    await lab.apply({
      jobs: [
        { name: 'a', kind: 'scripted', schedule: hourly, enabled: false },
        { name: 'b', kind: 'scripted', schedule: hourly },
      ],
    })
    await setSlot(slot)
    await lab.control.applyConfig(
      await lab.control.exportConfig().then((d) => ({ ...d, jobs: d.jobs.slice(0, 1) })),
      {
        prune: true,
        by: 'test',
        fingerprint: null,
      },
    )
    expect(await take(soon)).toBe(0)
  })

  test('whose earlier run has not begun yet is skipped, with the reason', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: hourly }] })
    const waiting = await lab.control.startJob('a', { by: 'anna' })
    await setSlot(slot)
    await take(soon)
    const [skipped] = (await lab.control.listRuns({ outcome: ['skipped'] })).items
    expect(skipped).toMatchObject({ slotAt: slot.toISOString(), error: { code: 'lock-held' } })
    expect(skipped?.error?.message).toContain(waiting.id)
  })
})

describe('missed slots', () => {
  const now = new Date('2026-11-20T10:30:00Z')

  test('run once, and the others are one record, not a burst', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: hourly }] })
    await setSlot(new Date('2026-11-20T05:00:00Z'))
    await take(now)
    const { items: runs } = await lab.control.listRuns({})
    expect(runs.map((run) => [run.trigger, run.slotAt, run.outcome]).sort()).toEqual([
      ['catch-up', '2026-11-20T10:00:00.000Z', null],
      ['schedule', '2026-11-20T09:00:00.000Z', 'missed'],
    ])
    expect(runs.find((run) => run.outcome === 'missed')?.error?.message).toContain('5 slots were missed')
  })

  test('are only recorded when the job says skip', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: { ...hourly, missed: 'skip' } }] })
    await setSlot(new Date('2026-11-20T05:00:00Z'))
    await take(now)
    expect((await lab.control.listRuns({})).items.map((run) => run.outcome)).toEqual(['missed'])
  })
})

test('a worker starts a run when its slot comes', async () => {
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: { cron: '0 0 1 1 *' } }] })
  await lab.startWorker()
  const slot = new Date(Date.now() + 1500)
  await setSlot(slot)
  const isThere = async () => (await lab.control.listRuns({})).items[0]
  let run = await isThere()
  for (let tries = 0; !run && tries < 500; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    run = await isThere()
  }
  const done = await lab.finished(run?.id ?? '')
  expect(done).toMatchObject({ outcome: 'success', slotAt: slot.toISOString() })
  expect(Date.parse(done.startedAt ?? '')).toBeGreaterThanOrEqual(slot.getTime())
})

test('slots that a wrong clock put years ahead come back when the clock does', async () => {
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: hourly }] })
  await setSlot(new Date('2033-01-01T00:00:00Z'))
  await lab.deps.store.settings.set('scheduler-last-tick', '2032-12-31T23:59:00.000Z')
  await lab.startWorker()
  const [job] = await lab.deps.store.objects.jobs()
  expect(Date.parse(job?.nextRunAt ?? '')).toBeLessThan(Date.now() + 3_600_001)
})
