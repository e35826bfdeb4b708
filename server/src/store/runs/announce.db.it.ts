import type { RunOutcome } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { decideSlot } from '../../engine/scheduler.ts'
import { type EngineLab, openEngineLab } from '../../engine/testkit/engine-lab.ts'
import { scriptedDriver } from '../../engine/testkit/scripted-driver.ts'

const NOTHING = { steps: [], lines: [] }
const PLAN = { summary: 'p', items: [], guards: [], expectedBytes: null }
const ALL = ['started', 'success', 'warning', 'failed', 'canceled', 'skipped', 'missed', 'lost', 'held']
const ERROR = { code: 'worker-lost', kind: 'unreachable', message: 'gone', hint: 'none' } as const

let lab: EngineLab

const webhook = (name: string, rest: object = {}) => ({
  name,
  kind: 'webhook',
  url: 'http://127.0.0.1:9/',
  ...rest,
})

beforeEach(async () => {
  lab = await openEngineLab([scriptedDriver()])
  const schedule = { cron: '0 * * * *', missed: 'skip' }
  await lab.apply({
    jobs: ['a', 'b'].map((name) => ({ name, kind: 'scripted', schedule })),
    notifications: [
      webhook('all', { on: ALL }),
      webhook('failures'),
      webhook('only b', { on: ALL, jobs: ['b'] }),
      webhook('off', { on: ALL, enabled: false }),
    ],
  })
})
afterEach(() => lab[Symbol.asyncDispose]())

/** Names of the notifications that were announced since the last call, with the event: each a row and a message. */
async function announced(): Promise<string[]> {
  const { rows } = await lab.test.database.pool.query<{ notification_name: string; event: string }>(
    `with sent as (delete from pgboss.job where name = 'notifications' returning data),
       told as (delete from deliveries returning *)
     select notification_name, event from sent
     full join told on told.id = data ->> 'deliveryId' and state = 'waiting' and subject = 'run' order by 1, 2`,
  )
  return rows.map((row) => `${row.notification_name}: ${row.event}`)
}

async function claimed(job: string) {
  const { id } = await lab.control.startJob(job, { by: 'anna' })
  const owner = { claim: id, workerId: 'wrk_000000000000', now: new Date() }
  const result = await lab.deps.store.runs.claim(id, owner, () => ({ action: 'start', locks: [] }))
  if (result.state !== 'claimed') throw new Error(result.state)
  return result.run
}

const end = (outcome: RunOutcome) => ({
  ...NOTHING,
  outcome,
  error: null,
  report: null,
  assets: [],
  vaultSize: null,
})

describe('what is announced', () => {
  test('the end of a run, to those who want to hear of it', async () => {
    const { runs } = lab.deps.store
    await runs.finish(await claimed('a'), end('success'))
    expect(await announced()).toEqual(['all: success'])
    await runs.finish(await claimed('a'), end('failed'))
    expect(await announced()).toEqual(['all: failed', 'failures: failed'])
    await runs.finish(await claimed('b'), end('success'))
    expect(await announced()).toEqual(['all: success', 'only b: success'])
  })

  test('a run that is held, refused, lost, canceled, missed', async () => {
    const { runs } = lab.deps.store
    const held = await claimed('a')
    await runs.hold(held, PLAN, NOTHING)
    expect(await announced()).toEqual(['all: held', 'failures: held'])
    await runs.decideHeld(held.id, { approve: false, by: 'anna', error: null })
    expect(await announced()).toEqual(['all: canceled'])

    const successor = await runs.recover(await claimed('a'), ERROR, 3)
    expect(await announced()).toEqual(['all: lost', 'failures: lost'])
    await runs.requestCancel(successor?.id ?? '', 'anna')
    expect(await announced()).toEqual(['all: canceled'])

    await lab.test.database.pool.query("update jobs set next_run_at = '2026-11-20T05:00Z' where name = 'b'")
    const now = new Date('2026-11-20T10:30:00Z')
    await runs.takeDue(now, 10, (job) => decideSlot(job.spec, job.nextRunAt, now))
    expect(await announced()).toEqual(['all: missed', 'failures: missed', 'only b: missed'])
  })

  test('nothing when the transaction is undone', async () => {
    const { runs } = lab.deps.store
    const run = await claimed('a')
    const spoilt = { ...end('failed'), vaultSize: { usedBytes: Number.NaN, freeBytes: 1 } }
    await lab.apply({
      vaults: [{ name: 'v', kind: 'directory', path: '/nowhere' }],
    })
    await lab.test.database.pool.query('update jobs set vault_id = (select id from vaults)')
    await expect(runs.finish(run, spoilt)).rejects.toThrow()
    expect(await announced()).toEqual([])
    expect(await runs.get(run.id)).toMatchObject({ status: 'planning', outcome: null })
  })

  test('nothing of a notification that was deleted', async () => {
    await lab.control.applyConfig(
      { ...(await lab.control.exportConfig()), notifications: [] },
      { prune: true, by: 'test', fingerprint: null },
    )
    await lab.deps.store.runs.finish(await claimed('a'), end('failed'))
    expect(await announced()).toEqual([])
  })

  test('what the job says about itself, before what the notification wants', async () => {
    const { runs } = lab.deps.store
    const rule = async (notify: string) => {
      await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', notify }] })
      const told: string[] = []
      for (const outcome of ['success', 'warning', 'failed', 'canceled', 'skipped', 'lost'] as const) {
        await runs.finish(await claimed('a'), end(outcome))
        told.push(...(await announced()))
      }
      await runs.hold(await claimed('a'), PLAN, NOTHING)
      told.push(...(await announced()))
      await lab.test.database.pool.query("delete from runs where status <> 'finished'")
      return told.filter((line) => line.startsWith('failures: ')).map((line) => line.slice(10))
    }
    expect(await rule('always')).toEqual([
      'success',
      'warning',
      'failed',
      'canceled',
      'skipped',
      'lost',
      'held',
    ])
    expect(await rule('failure')).toEqual(['warning', 'failed', 'lost', 'held'])
    expect(await rule('daily')).toEqual([])
    expect(await rule('never')).toEqual([])
  })

  test('a start, once however often the run is tried, to those who want to hear of it', async () => {
    const { runs } = lab.deps.store
    const run = await claimed('b')
    await runs.announceStart(run)
    const successor = { ...run, claim: run.id, attempt: 2 }
    await runs.announceStart(successor)
    expect(await announced()).toEqual(['all: started', 'only b: started'])
    await runs.announceStart({ ...run, operation: 'verify' })
    expect(await announced()).toEqual([])
    await expect(runs.announceStart({ ...run, claim: 'another' })).rejects.toMatchObject({
      code: 'worker-lost',
    })
  })

  test('a start of a job that is always told only to those who want to hear of it', async () => {
    await lab.apply({ jobs: [{ name: 'a', kind: 'scripted', notify: 'always' }] })
    await lab.deps.store.runs.announceStart(await claimed('a'))
    expect(await announced()).toEqual(['all: started'])
  })

  test('nothing of a preview', async () => {
    const run = await claimed('a')
    await lab.test.database.pool.query("update runs set operation = 'plan' where id = $1", [run.id])
    await lab.deps.store.runs.finish(run, end('failed'))
    expect(await announced()).toEqual([])
  })
})
