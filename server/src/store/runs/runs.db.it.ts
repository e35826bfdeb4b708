import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decideSlot } from '../../engine/scheduler.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'
import { openDatabase } from '../database.ts'
import { createStore } from '../store.ts'

const NOTHING = { steps: [], lines: [] }

let lab: EngineLab

beforeEach(async () => {
  lab = await openEngineLab([scriptedDriver()])
})
afterEach(() => lab[Symbol.asyncDispose]())

const query = async (sql: string, values: unknown[] = []) =>
  (await lab.test.database.pool.query(sql, values)).rows
const messages = async () =>
  (await query("select data ->> 'runId' as id from pgboss.job where name = 'runs.main'")).map(({ id }) => id)

test('what a run waits for is read as it was written, by this version or an older one', async () => {
  await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
  const { id } = await lab.control.startJob('a', { by: 'anna' })
  const said = [{ text: 'nas: held by x', key: 'engine.waiting.lock', values: { lock: 'nas' } }, 'and more']
  for (const [column, waitingFor] of [
    ['held by x', 'held by x'],
    ['{odd', '{odd'],
    ['[1]', '[1]'],
    [JSON.stringify(said), said],
    [null, null],
  ]) {
    await query('update runs set waiting_for = $2 where id = $1', [id, column])
    expect(await lab.deps.store.runs.get(id)).toMatchObject({ waitingFor })
  }
})

describe('a job started by hand', () => {
  test('many times at once waits in one run, which each of them gets', async () => {
    await lab.apply({ jobs: ['a', 'b'].map((name) => ({ name, kind: 'scripted' })) })
    const starts = Array.from({ length: 8 }, () => lab.control.startJob('a', { by: 'anna' }))
    const ids = new Set((await Promise.all(starts)).map(({ id }) => id))
    expect(ids.size).toBe(1)
    expect(await messages()).toEqual([...ids])
    expect((await lab.control.startJob('b', { by: 'anna' })).jobName).toBe('b')
    const { items } = await lab.control.listAudit({})
    expect(items.filter(({ action }) => action === 'job.start')).toHaveLength(2)
  })

  test('gets another run once the first has begun or is canceled', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
    const first = await lab.control.startJob('a', { by: 'anna' })
    await query("update runs set status = 'planning', started_at = now() where id = $1", [first.id])
    const second = await lab.control.startJob('a', { by: 'anna' })
    expect(second.id).not.toBe(first.id)
    await lab.control.cancelRun(second.id, { by: 'anna' })
    expect((await lab.control.startJob('a', { by: 'anna' })).id).not.toBe(second.id)
  })

  test('does not take the run of a slot of its schedule for one by hand', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', schedule: { cron: '0 * * * *' } }] })
    await query('update jobs set next_run_at = $1', [new Date('2026-11-20T10:00:00Z')])
    const now = new Date('2026-11-20T10:00:01Z')
    await lab.deps.store.runs.takeDue(now, 20, (job) => decideSlot(job.spec, job.nextRunAt, now))
    const [scheduled] = (await lab.control.listRuns({})).items
    expect((await lab.control.startJob('a', { by: 'anna' })).id).not.toBe(scheduled?.id)
  })
})

describe('takeDue', () => {
  test('of two processes that take 200 due jobs at the same time: every slot one run, one message', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `j${String(index).padStart(3, '0')}`)
    await lab.apply({
      jobs: names.map((name) => ({ name, kind: 'scripted', schedule: { cron: '0 * * * *' } })),
    })
    const slot = new Date('2026-11-20T10:00:00Z')
    const now = new Date('2026-11-20T10:00:01Z')
    await query('update jobs set next_run_at = $1', [slot])

    const other = openDatabase(lab.test.connection, () => {})
    const stores = [lab.deps.store, createStore(other.db, lab.test.openQueue())]
    try {
      const calls = Array.from({ length: 12 }, async (_, index) => {
        let taken = 0
        let got = -1
        while (got !== 0) {
          got =
            (await stores[index % 2]?.runs.takeDue(now, 20, (job) =>
              decideSlot(job.spec, job.nextRunAt, now),
            )) ?? 0
          taken += got
        }
        return taken
      })
      const taken = await Promise.all(calls)
      // A call that finds all due jobs in other hands ends early; whoever holds them goes on.
      expect(taken.reduce((sum, count) => sum + count, 0)).toBe(200)
    } finally {
      await other.close()
    }

    const { items: runs } = await lab.control.listRuns({ limit: 200 })
    expect(runs.map((run) => run.jobName).toSorted()).toEqual(names)
    expect(new Set(runs.map((run) => run.slotAt))).toEqual(new Set([slot.toISOString()]))
    expect((await messages()).toSorted()).toEqual(runs.map((run) => run.id).toSorted())
    expect(await query('select distinct next_run_at as at from jobs')).toEqual([
      { at: '2026-11-20T11:00:00.000Z' },
    ])
  })

  test('takes the longest due first and leaves what is not due', async () => {
    const schedule = { cron: '0 * * * *' }
    await lab.apply({ jobs: ['a', 'b', 'c'].map((name) => ({ name, kind: 'scripted', schedule })) })
    await query(`update jobs set next_run_at = case name when 'a' then timestamptz '2026-11-20T10:00Z'
      when 'b' then timestamptz '2026-11-20T09:00Z' else timestamptz '2026-11-20T11:00Z' end`)
    const now = new Date('2026-11-20T10:00:00Z')
    expect(await lab.deps.store.runs.earliestSlot()).toEqual(new Date('2026-11-20T09:00:00Z'))
    const decide = (job: Parameters<Parameters<EngineLab['deps']['store']['runs']['takeDue']>[2]>[0]) =>
      decideSlot(job.spec, job.nextRunAt, now)
    expect(await lab.deps.store.runs.takeDue(now, 1, decide)).toBe(1)
    expect((await lab.control.listRuns({})).items.map((run) => run.jobName)).toContain('b')
    expect(await lab.deps.store.runs.takeDue(now, 10, decide)).toBe(1)
    expect(await lab.deps.store.runs.takeDue(now, 10, decide)).toBe(0)
  })
})

describe('claim', () => {
  const owner = (now = new Date()) => ({ claim: 'mine', workerId: 'wrk_000000000000', now })
  const start = () => ({ action: 'start' as const, locks: [] })
  const again = { reason: 'again', attempt: 2, keepsWaiting: false, error: null }

  test('gives a run to one of many who try', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        lab.deps.store.runs.claim(id, { ...owner(), claim: String(index) }, start),
      ),
    )
    expect(results.map((result) => result.state).toSorted()).toEqual(['claimed', ...Array(7).fill('owned')])
  })

  test('does not lose a run whose pause is over to a worker whose clock is slow', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
    const { runs } = lab.deps.store
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const first = await runs.claim(id, owner(), start)
    if (first.state !== 'claimed') throw new Error(first.state)
    await runs.requeue(first.run, { ...again, notBefore: new Date(Date.now() - 1000) }, NOTHING)
    const slow = new Date(Date.now() - 60_000)
    expect(await runs.claim(id, owner(slow), start)).toMatchObject({ state: 'claimed', run: { attempt: 2 } })
  })

  test('leaves a run alone during its pause', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted' }] })
    const { runs } = lab.deps.store
    const { id } = await lab.control.startJob('a', { by: 'anna' })
    const first = await runs.claim(id, owner(), start)
    if (first.state !== 'claimed') throw new Error(first.state)
    await runs.requeue(first.run, { ...again, notBefore: new Date(Date.now() + 60_000) }, NOTHING)
    expect(await runs.claim(id, owner(), start)).toEqual({ state: 'settled' })
    await expect(runs.finish(first.run, {} as never)).rejects.toMatchObject({ code: 'worker-lost' })
  })
})
