import {
  type CoverageState,
  coverageState as coverageStates,
  type ErrorCode,
  type Status,
} from '@holdfast/contract'
import { sql } from 'kysely'
import type { OverviewStore, Scope } from '../../engine/ports.ts'
import type { Db } from '../schema.ts'
import { coverageState, IS_COVERABLE, POINT_FACTS } from './coverage.ts'
import { jobInScope, madeInScope } from './scope.ts'

/** Jobs shown as the next to run. */
const NEXT_RUNS = 20
const HOUR_MS = 3_600_000

/** What the status counts: a handful of rows, whatever the number of jobs and runs. */
export async function statusTotals(db: Db, scope: Scope, now: Date): ReturnType<OverviewStore['totals']> {
  const [jobs, recentRuns, failures, nextRuns] = await Promise.all([
    coverage(db, scope, now),
    endedRuns(db, scope, new Date(now.getTime() - 48 * HOUR_MS)),
    failureGroups(db, scope, new Date(now.getTime() - 24 * HOUR_MS)),
    nextSlots(db, scope),
  ])
  return { ...jobs, recentRuns, failures, nextRuns }
}

async function coverage(db: Db, scope: Scope, now: Date): Promise<Pick<Status, 'jobCount' | 'coverage'>> {
  const result = await sql<{ state: CoverageState; total: number; enabled: number }>`
    select ${coverageState(now)} as state, count(*) as total,
      count(*) filter (where jobs.enabled and ${IS_COVERABLE}) as enabled
    from jobs
    left join policies on policies.id = jobs.policy_id
    left join (
      select job_id, ${POINT_FACTS} from restore_points where state = 'present' group by job_id
    ) as points on points.job_id = jobs.id
    where jobs.deleted_at is null and ${jobInScope(scope)} group by 1`.execute(db)
  const none = coverageStates.options.map((state) => [state, 0] as const)
  const found = result.rows.map(({ state, enabled }) => [state, enabled] as const)
  return {
    jobCount: result.rows.reduce((sum, { total }) => sum + total, 0),
    coverage: Object.fromEntries([...none, ...found]) as Status['coverage'],
  }
}

async function endedRuns(db: Db, scope: Scope, since: Date): Promise<Status['recentRuns']> {
  const result = await sql<Status['recentRuns'][number]>`
    select runs.job_kind as "jobKind", runs.outcome, count(*) as count
    from runs join jobs on jobs.id = runs.job_id
    where runs.finished_at > ${since} and runs.operation <> 'plan'
      and ${jobInScope(scope)} and ${madeInScope('runs', scope)}
    group by 1, 2 order by 1, 2`.execute(db)
  return result.rows
}

async function failureGroups(db: Db, scope: Scope, since: Date): Promise<Status['failures']> {
  const result = await sql<Status['failures'][number] & { code: ErrorCode }>`
    with failed as (
      select runs.id, runs.finished_at, runs.error ->> 'code' as code, jobs.name, runs.error
      from runs join jobs on jobs.id = runs.job_id
      where runs.finished_at > ${since} and runs.operation <> 'plan' and runs.outcome in ('failed', 'lost', 'missed')
        and runs.error is not null
        and ${jobInScope(scope)} and ${madeInScope('runs', scope)}
    ), newest as (
      select distinct on (code) * from failed order by code, finished_at desc, id desc
    )
    select newest.code, counted.count, newest.id as "lastRunId", newest.name as "lastJobName",
      newest.finished_at as "lastAt", newest.error ->> 'message' as message, newest.error ->> 'hint' as hint
    from newest join (select code, count(*) as count from failed group by code) as counted on counted.code = newest.code
    order by counted.count desc, newest.code`.execute(db)
  return result.rows
}

async function nextSlots(db: Db, scope: Scope): Promise<Status['nextRuns']> {
  const result = await sql<Status['nextRuns'][number]>`
    select id as "jobId", name as "jobName", next_run_at as at from jobs
    where enabled and deleted_at is null and next_run_at is not null and ${jobInScope(scope)}
    order by next_run_at, id limit ${NEXT_RUNS}`.execute(db)
  return result.rows
}
