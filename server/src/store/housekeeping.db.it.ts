import { expect, test } from 'vitest'
import { openTestStore } from './testkit/test-store.ts'

test('old log lines go first, old runs later, and what is still held on to stays', async () => {
  await using place = await openTestStore()
  const { pool } = place.database
  await pool.query(
    `insert into jobs (id, name, spec, revision, kind, enabled, site) values ('job_a', 'a', '{}', 1, 'x', true, 'main')`,
  )
  const insertRun = (id: string, days: number, operation = 'job') =>
    pool.query(
      `insert into runs (id, job_id, job_kind, operation, trigger, site, status, outcome, finished_at)
       values ($1, 'job_a', 'x', $3, 'manual', 'main', 'finished', 'success', now() - make_interval(days => $2))`,
      [id, days, operation],
    )
  await insertRun('run_preview', 2, 'plan')
  await insertRun('run_a_new_preview', 0, 'plan')
  for (const [id, days] of [
    ['run_new', 1],
    ['run_quarter', 100],
    ['run_old', 500],
    ['run_held', 500],
  ] as const) {
    await insertRun(id, days)
    await pool.query(
      `insert into run_log values ($1, 1, now(), 'info', 'hello', '{}'), ($1, 2, now(), 'info', 'bye', '{}')`,
      [id],
    )
  }
  await pool.query(
    `insert into journal (run_id, claim, kind, scope, host_id, data) values ('run_held', 'c', 'mount', 'host', 'h', '{}')`,
  )

  expect(await place.store.forgetOld()).toEqual({ logLines: 6, runs: 1 })
  const runs = await pool.query('select id from runs order by id')
  expect(runs.rows.map((row) => row.id)).toEqual(['run_a_new_preview', 'run_held', 'run_new', 'run_quarter'])
  const lines = await pool.query('select distinct run_id from run_log')
  expect(lines.rows).toEqual([{ run_id: 'run_new' }])
  expect(await place.store.forgetOld()).toEqual({ logLines: 0, runs: 0 })
})

test('records of who did what are kept for 400 days', async () => {
  await using place = await openTestStore()
  const { pool } = place.database
  for (const days of [0, 399, 401, 5000]) {
    await pool.query(
      `insert into audit (id, at, by, action, details)
       values ($1, now() - make_interval(days => $2), 'user:anna', 'job.start', '{}')`,
      [`aud_${days}`, days],
    )
  }
  await place.store.forgetOld()
  const { rows } = await pool.query('select id from audit order by id')
  expect(rows.map(({ id }) => id)).toEqual(['aud_0', 'aud_399'])
})
