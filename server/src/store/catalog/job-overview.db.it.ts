import { type CoverageState, coverageState, type JobFilter, type RunOutcome } from '@holdfast/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coverageOf } from '../../domain/coverage/coverage.ts'
import { EVERYTHING } from '../../engine/control/scope.ts'
import { openTestStore, type TestStore } from '../testkit/test-store.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString()

let lab: TestStore

beforeAll(async () => {
  lab = await openTestStore()
})
afterAll(() => lab[Symbol.asyncDispose]())

const overview = () => lab.store.overview
const query = (text: string, values: unknown[] = []) => lab.database.pool.query(text, values)

async function empty() {
  await query('truncate jobs, runs, nodes, vaults, policies, restore_points cascade')
}

async function addObject(table: string, id: string, name: string, spec: object = {}) {
  await query(`insert into ${table} (id, name, spec, revision) values ($1, $2, $3, 1)`, [id, name, spec])
}

interface JobRow {
  id: string
  name: string
  kind?: string
  enabled?: boolean
  node?: string
  vault?: string
  policy?: string
  spec?: object
}

async function addJob({ id, name, kind = 'k', enabled = true, node, vault, policy, spec = {} }: JobRow) {
  await query(
    `insert into jobs (id, name, spec, revision, kind, enabled, site, node_id, vault_id, policy_id)
     values ($1, $2, $3, 1, $4, $5, 'main', $6, $7, $8)`,
    [id, name, spec, kind, enabled, node ?? null, vault ?? null, policy ?? null],
  )
}

async function addPoint(jobId: string, facts: { takenAt: string; seenAt: string; ok?: boolean | null }) {
  await query(
    `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
       size_bytes, added_bytes, item_count, details, location, verified_ok, confirmed_at, state)
     values ('rp_' || gen_random_uuid(), $1, '', '', 'v', '', '{}', $2, $2, 1, 1, 1, '{}', '', $3, $4, 'present')`,
    [jobId, facts.takenAt, facts.ok ?? null, facts.seenAt],
  )
}

async function addRun(
  jobId: string,
  minutes: number,
  outcome: RunOutcome | null,
  error?: object,
  operation = 'job',
) {
  const { rows } = await query(
    `insert into runs (id, job_id, job_kind, operation, trigger, site, status, outcome, error, created_at, started_at, finished_at)
     select 'run_' || substr(md5(random()::text), 1, 12), id, kind, $2, 'manual', 'main', $3, $4, $5, $6, $6, $7
     from jobs where id = $1 returning id`,
    [
      jobId,
      operation,
      outcome ? 'finished' : 'queued',
      outcome,
      error ?? null,
      minutesAgo(minutes),
      outcome && minutesAgo(minutes),
    ],
  )
  return rows[0].id as string
}

describe('coverage counted by the database', () => {
  const rpos = [undefined, '90s', '15m', '26h', '2d', '1w']
  const ages = [
    -400, -5.01, -5, -4.99, -0.001, 0, 1.5, 1.501, 1.875, 15, 18.75, 18.76, 1560, 1950, 2880, 3601, 10_080,
    13_000,
  ]
  const seen = [0, 1.5, 2, 15, 16, 1560, 2880, 20_000]

  test('is what the rule of domain/coverage says, at every edge', async () => {
    await empty()
    await addObject('vaults', 'vlt_a', 'cellar', { kind: 'directory' })
    const expected = new Map<string, CoverageState>()
    const add = async (
      rpo: string | undefined,
      points: { takenAt: string; verifiedOk: boolean | null }[],
      listedAt: string | null,
    ) => {
      const id = `job_${String(expected.size).padStart(12, '0')}`
      await addJob({ id, name: id, vault: 'vlt_a', ...(rpo ? { policy: `p-${rpo}` } : {}) })
      for (const { takenAt, verifiedOk } of points)
        await addPoint(id, { takenAt, seenAt: listedAt ?? takenAt, ok: verifiedOk })
      const at = listedAt ? new Date(listedAt) : null
      expected.set(id, coverageOf({ points, rpo, now: NOW, listedAt: at }).state)
    }
    for (const rpo of rpos) if (rpo) await addObject('policies', `p-${rpo}`, rpo, { rpo })
    for (const rpo of rpos) {
      await add(rpo, [], null)
      for (const age of ages) {
        const takenAt = minutesAgo(age)
        for (const ago of seen) await add(rpo, [{ takenAt, verifiedOk: null }], minutesAgo(ago))
        await add(rpo, [{ takenAt, verifiedOk: false }], minutesAgo(0))
        await add(
          rpo,
          [
            { takenAt, verifiedOk: false },
            { takenAt: minutesAgo(age + 1), verifiedOk: true },
          ],
          minutesAgo(0),
        )
      }
    }
    const found = new Map<string, CoverageState>()
    let after: string | null = null
    do {
      const page = await overview().jobs({ limit: 200, ...(after ? { after } : {}) }, EVERYTHING, NOW)
      for (const job of page.items) found.set(job.id, job.coverage)
      after = page.next
    } while (after !== null)
    expect(found).toEqual(expected)
    const counts = Object.groupBy(expected.values(), (state) => state)
    const { coverage } = await overview().totals(EVERYTHING, NOW)
    for (const state of coverageState.options) {
      expect(counts[state]?.length).toBeGreaterThan(1)
      expect(coverage[state]).toBe(counts[state]?.length)
      const page = await overview().jobs({ coverage: [state], limit: 2000 }, EVERYTHING, NOW)
      expect(page.items.map((job) => job.id)).toEqual(
        [...expected].flatMap(([id, of]) => (of === state ? [id] : [])).toSorted(),
      )
    }
  })
})

describe('the coverage of an estate', () => {
  test('counts a job without a vault only where it has restore points', async () => {
    await empty()
    await addObject('policies', 'pol_a', 'daily', { rpo: '1d' })
    for (const id of ['job_a', 'job_b']) await addJob({ id, name: id, policy: 'pol_a' })
    await addPoint('job_b', { takenAt: minutesAgo(5), seenAt: minutesAgo(5) })
    const { jobCount, coverage } = await overview().totals(EVERYTHING, NOW)
    expect({ jobCount, covered: coverage.covered, never: coverage.never }).toEqual({
      jobCount: 2,
      covered: 1,
      never: 0,
    })
    const { items } = await overview().jobs({ coverage: ['covered', 'never'] }, EVERYTHING, NOW)
    expect(items.map(({ id }) => id)).toEqual(['job_b'])
  })
})

describe('the list of jobs', () => {
  const names = async (filter: JobFilter, nodeIds: string[] | null = null) =>
    (await overview().jobs(filter, { nodeIds }, NOW)).items.map((job) => job.name)

  beforeAll(async () => {
    await empty()
    await addObject('nodes', 'nod_a', 'alpha')
    await addObject('nodes', 'nod_b', 'beta')
    await addObject('vaults', 'vlt_a', 'cellar')
    await addObject('policies', 'pol_a', 'daily', { rpo: '26h' })
    const schedule = { cron: '30 2 * * *', timeZone: 'Europe/Rome', missed: 'run-once' }
    const spec = { description: 'All of it', schedule }
    await addJob({ id: 'job_1', name: 'Mail', node: 'nod_a', vault: 'vlt_a', policy: 'pol_a', spec })
    await addJob({ id: 'job_2', name: 'mailbox_2', kind: 'other', node: 'nod_b' })
    await addJob({ id: 'job_3', name: 'web', enabled: false })
    await addJob({ id: 'job_4', name: 'gone' })
    await query("update jobs set deleted_at = now() where id = 'job_4'")
    await query("update jobs set named_node_ids = '{nod_b}' where id = 'job_1'")
  })

  test('tells everything about a job, with the names of what it refers to', async () => {
    for (let run = 0; run < 32; run++) await addRun('job_1', 100 - run, run === 1 ? 'failed' : 'success')
    const live = await addRun('job_1', 1, null)
    await addRun('job_1', 0, 'failed', undefined, 'verify')
    await addPoint('job_1', { takenAt: minutesAgo(60), seenAt: minutesAgo(5) })
    const job = await overview().job('job_1', EVERYTHING, NOW)
    expect(job).toEqual({
      id: 'job_1',
      name: 'Mail',
      kind: 'k',
      description: 'All of it',
      enabled: true,
      site: 'main',
      node: 'alpha',
      namedNodes: ['beta'],
      vault: 'cellar',
      policy: 'daily',
      schedule: { cron: '30 2 * * *', timeZone: 'Europe/Rome' },
      nextRunAt: null,
      lastRun: {
        id: live,
        status: 'queued',
        outcome: null,
        createdAt: minutesAgo(1),
        startedAt: minutesAgo(1),
        finishedAt: null,
      },
      recentOutcomes: Array(30).fill('success'),
      newestPointAt: minutesAgo(60),
      pointCount: 1,
      coverage: 'covered',
      rpo: '26h',
    })
    expect((await overview().jobs({ q: 'mail' }, EVERYTHING, NOW)).items[0]).toEqual(job)
    await addRun('job_1', 0.5, 'canceled')
    expect((await overview().job('job_1', EVERYTHING, NOW))?.recentOutcomes).toEqual([
      ...Array(29).fill('success'),
      'canceled',
    ])
    expect(await overview().job('job_4', EVERYTHING, NOW)).toBeNull()
  })

  test('is sorted by name, filtered, and cut into pages that leave out and repeat nothing', async () => {
    const { rows } = await query('select name from jobs where deleted_at is null order by name')
    const all = rows.map((row) => row.name as string)
    expect(await names({})).toEqual(all)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await overview().jobs({ limit: 1, after }, EVERYTHING, NOW)
      seen.push(...page.items.map((job) => job.name))
      if (page.next === null) break
      after = page.next
    }
    expect(seen).toEqual(all)
    expect((await names({ q: 'MAIL' })).toSorted()).toEqual(['Mail', 'mailbox_2'])
    expect(await names({ q: 'l_' })).toEqual([])
    expect(await names({ q: 'x_2' })).toEqual(['mailbox_2'])
    expect(await names({ kind: 'other' })).toEqual(['mailbox_2'])
    expect(await names({ enabled: false })).toEqual(['web'])
    expect(await names({ node: 'nod_b' })).toEqual(['mailbox_2'])
    expect(await names({ vault: 'vlt_a' })).toEqual(['Mail'])
    expect(await names({ coverage: ['no-policy'] })).toEqual([])
    expect(await names({ coverage: ['covered'], enabled: true })).toEqual(['Mail'])
  })

  test('shows a limited user the jobs on their nodes, and none without a node', async () => {
    expect(await names({}, ['nod_b'])).toEqual(['mailbox_2'])
    expect(await names({}, [])).toEqual([])
    expect(await overview().totals({ nodeIds: ['nod_b'] }, NOW)).toMatchObject({
      jobCount: 1,
      coverage: { 'no-policy': 0, covered: 0 },
    })
  })

  test.each([
    'nonsense',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
  ])('refuses the cursor %s', async (after) => {
    await expect(names({ after })).rejects.toMatchObject({ code: 'request-invalid' })
  })
})

describe('the totals of the status', () => {
  test('count ended runs of two days and group the failures of one day by their cause', async () => {
    await empty()
    await addObject('vaults', 'vlt_a', 'cellar', { kind: 'directory' })
    await addJob({ id: 'job_1', name: 'one', vault: 'vlt_a' })
    await addJob({ id: 'job_2', name: 'two', kind: 'other', enabled: false, vault: 'vlt_a' })
    const error = (code: string, message: string) => ({ code, message, hint: 'Do something.' })
    await addRun('job_1', 30, 'success')
    await addRun('job_1', 47 * 60, 'success')
    await addRun('job_1', 49 * 60, 'success')
    await addRun('job_1', 10, 'failed', error('vault-full', 'older'))
    const last = await addRun('job_2', 5, 'failed', error('vault-full', 'newer'))
    await addRun('job_2', 4, 'lost', error('worker-lost', 'gone'))
    await addRun('job_2', 25 * 60, 'failed', error('vault-full', 'yesterday'))
    await addRun('job_2', 3, 'skipped', error('lock-held', 'no failure'))
    await addRun('job_2', 2, 'failed', error('node-unreachable', 'a preview'), 'plan')
    await query("update jobs set next_run_at = $1 where id = 'job_1'", [NOW])
    const totals = await overview().totals(EVERYTHING, NOW)
    expect(totals.recentRuns).toEqual([
      { jobKind: 'k', outcome: 'failed', count: 1 },
      { jobKind: 'k', outcome: 'success', count: 2 },
      { jobKind: 'other', outcome: 'failed', count: 2 },
      { jobKind: 'other', outcome: 'lost', count: 1 },
      { jobKind: 'other', outcome: 'skipped', count: 1 },
    ])
    expect(totals.failures).toEqual([
      {
        code: 'vault-full',
        count: 2,
        lastRunId: last,
        lastJobName: 'two',
        lastAt: minutesAgo(5),
        message: 'newer',
        hint: 'Do something.',
      },
      expect.objectContaining({ code: 'worker-lost', count: 1 }),
    ])
    expect(totals.nextRuns).toEqual([{ jobId: 'job_1', jobName: 'one', at: NOW.toISOString() }])
    expect(totals).toMatchObject({ jobCount: 2, coverage: { 'no-policy': 1, covered: 0 } })
  })
})

describe('a hundred thousand jobs', () => {
  const JOBS = 100_000

  beforeAll(async () => {
    await empty()
    await addObject('policies', 'pol_a', 'daily', { rpo: '26h' })
    await addObject('vaults', 'vlt_a', 'cellar', { kind: 'directory' })
    await query(
      `insert into jobs (id, name, spec, revision, kind, enabled, site, vault_id, policy_id)
       select 'job_' || number, 'job ' || number, '{}', 1, 'k', true, 'main', 'vlt_a', 'pol_a'
       from generate_series(1, $1::int) as number`,
      [JOBS],
    )
    await query(
      `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
         size_bytes, added_bytes, item_count, details, location, confirmed_at, state)
       select 'rp_' || job || '_' || day, 'job_' || job, 'job ' || job, 'k', 'vlt_a', 'run',
         '{"kind": "folder", "key": "/x", "name": "x"}', $2::timestamptz - day * interval '1 day', $2, 100, 10, 1, '{}', '', $2, 'present'
       from generate_series(1, $1::int) as job, generate_series(0, 1) as day`,
      [JOBS, minutesAgo(30)],
    )
    await query(
      `insert into runs (id, job_id, job_kind, operation, trigger, site, status, outcome, created_at, finished_at)
       select 'run_' || job || '_' || day, 'job_' || job, 'k', 'job', 'schedule', 'main', 'finished', 'success',
         $2::timestamptz - day * interval '1 day', $2::timestamptz - day * interval '1 day'
       from generate_series(1, $1::int) as job, generate_series(0, 1) as day`,
      [JOBS, minutesAgo(30)],
    )
    await query('analyze')
  })

  /** The quickest of five: what the machine is busy with otherwise is not measured. */
  async function quickest(work: () => Promise<unknown>): Promise<number> {
    const times: number[] = []
    for (let round = 0; round < 5; round++) {
      const startedAt = performance.now()
      await work()
      times.push(performance.now() - startedAt)
    }
    return Math.min(...times)
  }

  test('list a page at once, wherever it begins', async () => {
    const first = await overview().jobs({}, EVERYTHING, NOW)
    expect(first.items).toHaveLength(50)
    expect(await quickest(() => overview().jobs({}, EVERYTHING, NOW))).toBeLessThan(50)
    const after = first.next ?? ''
    expect(await quickest(() => overview().jobs({ after }, EVERYTHING, NOW))).toBeLessThan(50)
    expect(await quickest(() => overview().job('job_777', EVERYTHING, NOW))).toBeLessThan(50)
  })

  test('are counted in less than a second', async () => {
    expect((await overview().totals(EVERYTHING, NOW)).coverage.covered).toBe(JOBS)
    expect(await quickest(() => overview().totals(EVERYTHING, NOW))).toBeLessThan(10_000)
    expect(await lab.store.points.vaultTotals(EVERYTHING)).toMatchObject([
      { pointCount: 2 * JOBS, sizeBytes: 110 * JOBS },
    ])
    expect(await quickest(() => lab.store.points.vaultTotals(EVERYTHING))).toBeLessThan(1000)
  })
})
