import { sql } from 'kysely'
import type { JobOverview } from '../../engine/ports.ts'
import type { Db } from '../schema.ts'

/** Every job with its last run and its newest good restore point: one query, an index probe per job. */
export async function jobOverview(db: Db): Promise<JobOverview[]> {
  const result = await sql<Omit<JobOverview, 'lastRun'> & { run: JobOverview['lastRun'] }>`
    select jobs.id, jobs.name, jobs.kind, jobs.enabled, jobs.site, jobs.next_run_at as "nextRunAt",
      policies.spec ->> 'rpo' as rpo, last_run.run, points."newestGoodAt", points."confirmedAt", points."pointCount"
    from jobs
    left join policies on policies.id = jobs.policy_id
    left join lateral (
      select json_build_object('id', runs.id, 'status', runs.status, 'outcome', runs.outcome,
        'createdAt', to_char(runs.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'finishedAt', to_char(runs.finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as run
      from runs where runs.job_id = jobs.id and runs.operation = 'job'
      order by runs.created_at desc, runs.id desc limit 1
    ) as last_run on true
    left join lateral (
      select max(taken_at) filter (where verified_ok is distinct from false) as "newestGoodAt",
        max(confirmed_at) as "confirmedAt", count(*) as "pointCount"
      from restore_points where restore_points.job_id = jobs.id and state = 'present'
    ) as points on true
    where jobs.deleted_at is null
    order by jobs.name`.execute(db)
  return result.rows.map(({ run, ...row }) => ({ ...row, lastRun: run }))
}
