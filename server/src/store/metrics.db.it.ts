import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTROL_BACKUP_SETTING, metricsSource } from './metrics.ts'
import { openTestStore, type TestStore } from './testkit/test-store.ts'

const NOW = new Date()
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString()

let lab: TestStore
beforeAll(async () => {
  lab = await openTestStore()
})
afterAll(() => lab[Symbol.asyncDispose]())

const query = (sql: string, values: unknown[] = []) => lab.database.pool.query(sql, values)
const read = () => metricsSource(lab.database.db, () => NOW).read()

async function addJob(id: string, options: { enabled?: boolean; policy?: string | null; vault?: null } = {}) {
  await query(
    `insert into jobs (id, name, spec, revision, kind, enabled, site, vault_id, policy_id)
     values ($1, $1, '{}', 1, 'k', $2, 'main', $4, $3)`,
    [
      id,
      options.enabled ?? true,
      options.policy === undefined ? 'pol_a' : options.policy,
      options.vault === undefined ? 'vlt_a' : null,
    ],
  )
}

async function addPoint(id: string, job: string, takenAt: string) {
  await query(
    `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
       size_bytes, added_bytes, item_count, details, location, confirmed_at, state)
     values ($1, $2, $2, 'k', 'vlt_a', 'run', '{"kind": "folder", "key": "/x", "name": "x"}', $3, $3, 100, 10, 1,
       '{}', '', $4, 'present')`,
    [id, job, takenAt, NOW.toISOString()],
  )
}

async function addRun(id: string, job: string, outcome: string | null, minutes: number, status = 'finished') {
  await query(
    `insert into runs (id, job_id, job_kind, operation, trigger, site, status, outcome, created_at, started_at, finished_at)
     values ($1, $2, 'k', 'job', 'schedule', 'main', $3, $4, $5::timestamptz - interval '90 seconds',
       $5::timestamptz - interval '30 seconds', case when $4::text is null then null else $5::timestamptz end)`,
    [id, job, status, outcome, minutesAgo(minutes)],
  )
}

describe('metricsSource', () => {
  beforeAll(async () => {
    await query(
      `insert into policies (id, name, spec, revision) values ('pol_a', 'daily', '{"rpo": "1d"}', 1)`,
    )
    await query(
      `insert into vaults (id, name, spec, revision) values ('vlt_a', 'cellar', '{"kind": "directory"}', 1)`,
    )
    await addJob('job_a')
    await addJob('job_b', { policy: null })
    await addJob('job_off', { enabled: false })
    await addJob('job_between_nodes', { vault: null })
    await addPoint('rp_1', 'job_a', minutesAgo(60))
    await addPoint('rp_2', 'job_a', minutesAgo(600))
    await addRun('run_1', 'job_a', 'success', 60)
    await addRun('run_2', 'job_a', 'failed', 30)
    await query(`update runs set report = '{"bytesMoved": 4096, "counts": {"copied": 2}}' where id = 'run_2'`)
    await addRun('run_3', 'job_b', null, 10, 'queued')
    await query(`insert into vault_sizes values ('vlt_a', '2026-01-01', 1, 5), ('vlt_a', '2026-01-02', 1, 7)`)
    await query(`insert into settings values ($1, $2)`, [
      CONTROL_BACKUP_SETTING,
      JSON.stringify(minutesAgo(5)),
    ])
    await query(
      `insert into deliveries (id, notification_id, notification_name, subject, state, created_at) values
       ('d1', 'n', 'n', 'test', 'failed', $1), ('d2', 'n', 'n', 'test', 'sent', $1), ('d3', 'n', 'n', 'test', 'failed', $2)`,
      [minutesAgo(60), minutesAgo(3000)],
    )
    await query(
      `insert into workers (id, site, host_id, host_name, boot_id, pid, process_start, seen_at)
       values ('w1', 'main', 'h', 'h', 'b', 1, '1', now()), ('w2', 'far', 'h', 'h', 'b', 1, '1', now() - interval '5 minutes')`,
    )
  })

  test('reads what every part of the installation is like', async () => {
    const snapshot = await read()
    expect(snapshot).toMatchObject({
      coverage: { covered: 1, 'no-policy': 1 },
      jobsLeftOut: 0,
      liveRuns: [{ kind: 'k', status: 'queued', count: 1 }],
      vaults: [{ vault: 'cellar', pointCount: 2, freeBytes: 7 }],
      workers: [
        { site: 'far', alive: 0 },
        { site: 'main', alive: 1 },
      ],
      failedDeliveries: 1,
      controlBackupAt: minutesAgo(5),
    })
    expect(snapshot.jobs.map(({ job }) => job)).toEqual(['job_a', 'job_b', 'job_between_nodes'])
    const [first, second] = snapshot.jobs
    expect(first).toMatchObject({ lastOutcome: 'failed', lastDurationSeconds: 30, rpoSeconds: 86_400 })
    expect(first).toMatchObject({ lastMovedBytes: 4096, lastCounts: { copied: 2 } })
    expect(Date.parse(first?.newestPointAt ?? '')).toBe(Date.parse(minutesAgo(60)))
    expect(Date.parse(first?.lastSuccessAt ?? '')).toBe(Date.parse(minutesAgo(60)))
    expect(second).toMatchObject({ newestPointAt: null, lastOutcome: null, rpoSeconds: null })
    expect(snapshot.queuedOldestSeconds).toBeGreaterThan(600)
    expect(snapshot.databaseBytes).toBeGreaterThan(1_000_000)
  })

  test('reads at most once in five seconds, however many ask', async () => {
    const source = metricsSource(lab.database.db, () => new Date())
    const [one, two] = await Promise.all([source.read(), source.read()])
    expect(two).toBe(one)
    expect(await source.read()).toBe(one)
  })

  test('counts the runs that end after it began, from zero for every outcome', async () => {
    const clock = { at: 0 }
    const source = metricsSource(lab.database.db, () => new Date(clock.at))
    const count = async (outcome: string) => {
      const { endedRuns } = await source.read()
      return endedRuns.find((each) => each.kind === 'k' && each.outcome === outcome)?.count
    }
    expect(await count('failed')).toBe(0)
    expect(await count('lost')).toBe(0)
    // It ends a moment after the counting began; 10 s later it counts.
    await query("update runs set finished_at = now() where id = 'run_2'")
    await new Promise((resolve) => setTimeout(resolve, 10_500))
    await source.read()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await count('failed')).toBe(1)
    expect(await count('success')).toBe(0)
  })

  test('of 100,000 jobs it shows those that are not covered, and answers at once after the first time', async () => {
    await query(
      `insert into jobs (id, name, spec, revision, kind, enabled, site, vault_id, policy_id)
       select 'many_' || number, 'many ' || number, '{}', 1, 'k', true, 'main', 'vlt_a', 'pol_a'
       from generate_series(1, 100000) as number`,
    )
    await query(
      `insert into restore_points (id, job_id, job_name, job_kind, vault_id, run_id, asset, taken_at, finished_at,
         size_bytes, added_bytes, item_count, details, location, confirmed_at, state)
       select 'rp_' || job || '_' || day, 'many_' || job, 'x', 'k', 'vlt_a', 'run',
         '{"kind": "folder", "key": "/x", "name": "x"}', $1::timestamptz - day * interval '1 day', $1, 100, 10, 1,
         '{}', '', $1, 'present'
       from generate_series(1, 99000) as job, generate_series(0, 1) as day`,
      [NOW.toISOString()],
    )
    await query('analyze')
    const source = metricsSource(lab.database.db, () => new Date())
    const startedAt = performance.now()
    const first = await source.read()
    const firstMs = performance.now() - startedAt
    expect(first.coverage).toMatchObject({ covered: 99_001, never: 1000 })
    expect(first.jobs).toHaveLength(1002)
    expect(first.jobsLeftOut).toBe(99_001)
    expect(firstMs).toBeLessThan(20_000)
    await new Promise((resolve) => setTimeout(resolve, 5100))
    const againAt = performance.now()
    await source.read()
    expect(performance.now() - againAt).toBeLessThan(firstMs)
  })
})
