import type { Digest, Told } from '@holdfast/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EngineLab, openEngineLab } from '../testkit/engine-lab.ts'
import { scriptedDriver } from '../testkit/scripted-driver.ts'
import { sendDigests } from './digest.ts'
import { gatherDigest } from './gather-digest.ts'

let lab: EngineLab
let now: Date
let told: Told[]

const digestHook = (rest: object = {}) => ({
  name: 'daily',
  kind: 'webhook',
  url: 'http://127.0.0.1:9/',
  on: [],
  digest: {},
  ...rest,
})

beforeEach(async () => {
  now = new Date('2026-11-20T12:00:00Z')
  told = []
  const notify = async (_spec: object, each: Told) => {
    told.push(each)
  }
  lab = await openEngineLab([scriptedDriver()], { now: () => now, notify })
})
afterEach(() => lab[Symbol.asyncDispose]())

async function configured(...notifications: object[]): Promise<void> {
  await lab.apply({ notifications })
  await lab.test.database.pool.query('update notifications set updated_at = $1', [now])
}

async function slots(): Promise<string[]> {
  const { items } = await lab.control.listDeliveries({})
  return items.map(({ notification, subject, event }) => `${notification} ${subject} ${event}`)
}

describe('when a digest is sent', () => {
  test('once per slot, however many workers look; a missed slot once, and the newest only', async () => {
    await configured(
      digestHook(),
      digestHook({ name: 'off', enabled: false }),
      digestHook({ name: 'plain', digest: undefined }),
    )
    await sendDigests(lab.deps)
    expect(await slots()).toEqual([])

    now = new Date('2026-11-21T07:00:10Z')
    await Promise.all([1, 2, 3, 4].map(() => sendDigests(lab.deps)))
    expect(await slots()).toEqual(['daily digest 2026-11-21T07:00:00.000Z'])

    now = new Date('2026-11-25T11:00:00Z')
    await sendDigests(lab.deps)
    await sendDigests(lab.deps)
    expect(await slots()).toEqual([
      'daily digest 2026-11-25T07:00:00.000Z',
      'daily digest 2026-11-21T07:00:00.000Z',
    ])
  })

  test('not for a slot before the notification was edited', async () => {
    await configured(digestHook())
    now = new Date('2026-11-21T09:00:00Z')
    await configured(digestHook({ digest: { at: '08:00' } }))
    await sendDigests(lab.deps)
    expect(await slots()).toEqual([])
  })

  test('by a worker, and it tells of the time since the last one that arrived', async () => {
    await configured(digestHook())
    await lab.startWorker()
    now = new Date('2026-11-21T07:00:10Z')
    await sendDigests(lab.deps)
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(1)
    now = new Date('2026-11-23T07:00:10Z')
    await sendDigests(lab.deps)
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(2)
    expect(told.map((each) => each.subject === 'digest' && [each.digest.from, each.digest.to])).toEqual([
      ['2026-11-20T07:00:00.000Z', '2026-11-21T07:00:00.000Z'],
      ['2026-11-21T07:00:00.000Z', '2026-11-23T07:00:00.000Z'],
    ])
    const { items } = await lab.control.listDeliveries({})
    expect(items).toMatchObject([
      { state: 'sent', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ])
  })
})

describe('what a digest tells', () => {
  const error = { code: 'vault-full', kind: 'capacity', message: 'the shelf is full', hint: 'Free space.' }

  async function addRun(job: string, outcome: string | null, rest: object = {}): Promise<void> {
    const row = { operation: 'job', at: '2026-11-21T03:00:00Z', error: null, report: null, ...rest }
    await lab.test.database.pool.query(
      `insert into runs (id, job_id, job_kind, operation, trigger, site, status, outcome, error, report, created_at, finished_at)
       select 'run_' || substr(md5(random()::text), 1, 12), id, kind, $2, 'schedule', site,
         case when $3::text is null then 'held' else 'finished' end, $3, $4, $5, $6,
         case when $3::text is null then null else $6::timestamptz end
       from jobs where name = $1`,
      [job, row.operation, outcome, row.error, row.report, row.at],
    )
  }

  async function digest(rest: object = {}): Promise<Digest> {
    now = new Date('2026-11-21T07:00:10Z')
    await configured(digestHook(rest))
    const [receiver] = await lab.deps.store.deliveries.digestReceivers()
    if (!receiver) throw new Error('nobody receives a digest')
    return await gatherDigest(lab.deps, receiver, new Date('2026-11-21T07:00:00Z'))
  }

  beforeEach(async () => {
    const job = (name: string, rest: object = {}) => ({ name, kind: 'scripted', policy: 'day', ...rest })
    await lab.apply({
      policies: [{ name: 'day', rpo: '24h' }],
      jobs: [
        job('a'),
        job('b'),
        job('free', { policy: undefined }),
        job('quiet', { notify: 'never' }),
        job('daily', { notify: 'daily' }),
      ],
    })
  })

  test('runs, problems by cause, restores and held runs of its time; nothing of jobs that are never told', async () => {
    for (let hour = 1; hour < 5; hour++) {
      await addRun('a', 'failed', { error, at: `2026-11-21T0${hour}:00:00Z` })
    }
    await addRun('b', 'warning', { report: { warnings: ['3 files changed', 'another'] } })
    await addRun('daily', 'lost')
    await addRun('b', 'success')
    await addRun('b', 'success', { operation: 'restore' })
    await addRun('free', null)
    await addRun('quiet', 'failed', { error })
    await addRun('a', 'failed', { operation: 'plan', error })
    await addRun('a', 'failed', { error, at: '2026-11-20T06:59:59Z' })
    await addRun('a', 'failed', { error, at: '2026-11-21T07:00:00Z' })
    const all = await digest()
    expect(all.runs).toEqual({ failed: 4, warning: 1, lost: 1, success: 2 })
    expect(all.problemCount).toBe(3)
    expect(all.problems).toMatchObject([
      {
        jobName: 'a',
        outcome: 'failed',
        count: 4,
        code: 'vault-full',
        message: 'the shelf is full',
        hint: 'Free space.',
        at: '2026-11-21T04:00:00.000Z',
      },
      { jobName: 'daily', outcome: 'lost', count: 1, code: null },
      { jobName: 'b', outcome: 'warning', message: '3 files changed', hint: null },
    ])
    expect(all.restores).toMatchObject([{ jobName: 'b', outcome: 'success' }])
    expect(all.held).toMatchObject([{ jobName: 'free' }])
    expect([all.restoreCount, all.heldCount]).toEqual([1, 1])
    expect((await digest({ jobs: ['b'] })).problems).toMatchObject([{ jobName: 'b' }])
  })

  test('jobs that are not covered, the worst first', async () => {
    await lab.test.database.pool.query(
      `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
         size_bytes, added_bytes, item_count, details, location, confirmed_at, state)
       select 'rp_' || name, id, name, kind, 'vlt_1', 'run_1', '{}', taken, taken, 1, 1, 1, '{}', 'x', '2026-11-21T07:00Z', 'present'
       from jobs join (values ('a', '2026-11-19T07:00:10Z'::timestamptz), ('daily', '2026-11-21T02:00Z')) as points (job, taken)
         on jobs.name = job`,
    )
    const { protectedCount, uncovered, uncoveredCount } = await digest()
    expect(protectedCount).toBe(3)
    expect(uncoveredCount).toBe(2)
    expect(uncovered).toEqual([
      { jobName: 'b', state: 'never', ageMs: null },
      { jobName: 'a', state: 'missed', ageMs: 48 * 3_600_000 },
    ])
  })

  test('vaults that fill soon, and that Holdfast itself is not backed up', async () => {
    await lab.apply({
      vaults: ['shelf', 'cellar'].map((name) => ({ name, kind: 'directory', path: `/srv/${name}` })),
    })
    await lab.test.database.pool.query(
      `insert into vault_sizes (vault_id, day, used_bytes, free_bytes)
       select id, '2026-11-21'::date - age, 1000 - age * case name when 'shelf' then 10 else 0 end, 100
       from vaults, generate_series(0, 20) as age`,
    )
    await lab.deps.store.settings.set('self-backup', {
      slotAt: 'x',
      lastTriedAt: 'x',
      lastGoodAt: null,
      problem: 'no space',
      file: null,
    })
    const all = await digest()
    expect(all.vaults).toEqual([{ name: 'shelf', earliestDays: 10, latestDays: 10 }])
    expect(all.selfBackupProblem).toBe('no space')
  })

  test('at most twenty lines of a kind, and how many there are', async () => {
    await lab.apply({
      jobs: Array.from({ length: 30 }, (_, index) => ({
        name: `many ${index}`,
        kind: 'scripted',
        policy: 'day',
      })),
    })
    for (let index = 0; index < 30; index++) await addRun(`many ${index}`, 'failed', { error })
    const all = await digest()
    expect([all.problems.length, all.problemCount]).toEqual([20, 30])
    expect([all.uncovered.length, all.uncoveredCount]).toEqual([20, 33])
  })
})
