import type pg from 'pg'

export const RUN_COUNT = 1_000_000
const JOB_COUNT = 2000
const KINDS = ['disk-copy', 'influxdb-copy', 'esxi-export', 'guest-replication', 'pbs-backup']
const NODE_COUNT = 20

/**
 * Fills a migrated, empty database with the history of a large installation: most runs are a job's own work and went
 * well, one in a hundred is a restore, and a lost restore is as rare as one in a million runs can be.
 */
export async function fillRuns(pool: pg.Pool, count = RUN_COUNT): Promise<void> {
  await pool.query(
    `insert into nodes (id, name, spec, revision)
     select 'nod_' || lpad(number::text, 12, '0'), 'node ' || number, '{"kind":"host"}', 1
     from generate_series(1, $1::int) as number`,
    [NODE_COUNT],
  )
  await pool.query(
    `insert into jobs (id, name, spec, revision, kind, enabled, site, node_id)
     select 'job_' || lpad(number::text, 12, '0'), 'job ' || number, '{}', 1,
       ($2::text[])[1 + number % cardinality($2::text[])], true, 'main',
       'nod_' || lpad((1 + number % $3::int)::text, 12, '0')
     from generate_series(1, $1::int) as number`,
    [JOB_COUNT, KINDS, NODE_COUNT],
  )
  await pool.query(FILL, [count, JOB_COUNT, KINDS])
  await pool.query('vacuum analyze runs')
  await pool.query('analyze jobs')
}

const FILL = `
  with made as (
    select number, 1 + (number::bigint * 7919 % $2::int)::int as job, (hashint4(number) & 65535) as dice,
      case hashint4(number + 1) & 127 when 0 then 'restore' when 1 then 'verify' else 'job' end as operation,
      now() - ($1::int - number) * interval '30 seconds' as at
    from generate_series(1, $1::int) as number
  )
  insert into runs (id, job_id, node_id, job_kind, operation, trigger, site, status, outcome, attempt, plan, report, error,
    started_by, created_at, started_at, finished_at)
  select 'run_' || lpad(number::text, 12, '0'), 'job_' || lpad(job::text, 12, '0'),
    (select node_id from jobs where jobs.id = 'job_' || lpad(job::text, 12, '0')), ($3::text[])[1 + job % cardinality($3::text[])], operation, 'schedule', 'main',
    case when number > $1::int - 40 then 'queued' else 'finished' end,
    case when number > $1::int - 40 then null
      when number % 200000 = 0 then 'lost' when operation = 'restore' then 'success'
      when dice < 300 then 'failed' when dice < 700 then 'warning' when dice < 730 then 'canceled'
      when dice < 760 then 'skipped' when dice < 770 then 'missed' when dice < 780 then 'lost'
      else 'success' end,
    1, jsonb_build_object('summary', 'incremental', 'expectedBytes', 1000000, 'guards', '[]'::jsonb, 'items', '[]'::jsonb),
    jsonb_build_object('summary', 'copied 12 files, 3 MiB', 'bytesMoved', 3145728, 'counts', '{"created":12}'::jsonb,
      'warnings', '[]'::jsonb, 'restorePointIds', '[]'::jsonb, 'retention', '[]'::jsonb, 'details', '{}'::jsonb),
    null, null, at, at, at + interval '20 seconds'
  from made`
