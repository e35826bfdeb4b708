import {
  DIGEST_LINES,
  type DigestGap,
  type DigestProblem,
  type DigestRestore,
  type RunOutcome,
} from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { DigestFacts } from '../../engine/ports.ts'
import { coverageState, POINT_FACTS } from '../catalog/coverage.ts'
import type { Db } from '../schema.ts'
import { overdueDisks } from './disk-rotation.ts'

interface Period {
  from: Date
  to: Date
}

/** What the digest says of runs and coverage. Each list is bounded in the database, whatever happened in the night. */
export async function digestFacts(
  db: Db,
  period: Period,
  jobs: readonly string[] | null,
  now: Date,
): Promise<DigestFacts> {
  const told = sql<SqlBool>`jobs.spec ->> 'notify' is distinct from 'never'
    and (${jobs === null} or jobs.name = any(${jobs ?? []}::text[]))`
  const ended = sql<SqlBool>`${told} and runs.operation <> 'plan' and runs.status = 'finished'
    and runs.finished_at >= ${period.from.toISOString()} and runs.finished_at < ${period.to.toISOString()}`
  const [counts, problems, restores, held, gaps, guarded, overdue] = await Promise.all([
    sql<{ outcome: RunOutcome; count: number }>`select outcome, count(*) from runs
      join jobs on jobs.id = runs.job_id where ${ended} group by outcome`.execute(db),
    findProblems(db, ended),
    sql<DigestRestore & { total: number }>`select runs.id as "runId", jobs.name as "jobName", outcome,
        finished_at as at, count(*) over () as total
      from runs join jobs on jobs.id = runs.job_id where ${ended} and runs.operation = 'restore'
      order by finished_at desc, runs.id limit ${DIGEST_LINES}`.execute(db),
    sql<DigestFacts['held'][number] & { total: number }>`select runs.id as "runId", jobs.name as "jobName",
        coalesce(runs.started_at, runs.created_at) as since, count(*) over () as total
      from runs join jobs on jobs.id = runs.job_id where ${told} and runs.status = 'held'
      order by since, runs.id limit ${DIGEST_LINES}`.execute(db),
    findGaps(db, told, now),
    sql<{ count: number }>`select count(*) from jobs join policies on policies.id = jobs.policy_id
      where ${told} and jobs.enabled and jobs.deleted_at is null and policies.spec ->> 'rpo' is not null`.execute(
      db,
    ),
    overdueDisks(db, jobs, now),
  ])
  return {
    runs: Object.fromEntries(counts.rows.map(({ outcome, count }) => [outcome, count])),
    ...counted(problems, 'problems', 'problemCount'),
    protectedCount: guarded.rows[0]?.count ?? 0,
    ...counted(gaps, 'uncovered', 'uncoveredCount'),
    ...counted(restores.rows, 'restores', 'restoreCount'),
    ...counted(held.rows, 'held', 'heldCount'),
    ...overdue,
  }
}

function counted<T extends { total: number }, List extends string, Count extends string>(
  rows: T[],
  list: List,
  count: Count,
): Record<List, Omit<T, 'total'>[]> & Record<Count, number> {
  const items = rows.map(({ total, ...rest }) => rest)
  return { [list]: items, [count]: rows[0]?.total ?? 0 } as never
}

/** Runs of one job that ended alike for the same cause are one line: a job that fails every hour says so once. */
async function findProblems(
  db: Db,
  ended: RawBuilder<SqlBool>,
): Promise<(DigestProblem & { total: number })[]> {
  const { rows } = await sql<DigestProblem & { total: number }>`
    with problems as (
      select jobs.name as "jobName", runs.operation, runs.outcome, count(*) as count,
        (array_agg(runs.id order by runs.finished_at desc, runs.id desc))[1] as "runId",
        max(runs.finished_at) as at, runs.error ->> 'code' as code
      from runs join jobs on jobs.id = runs.job_id
      where ${ended} and runs.outcome in ('failed', 'lost', 'missed', 'warning', 'skipped')
      group by jobs.id, jobs.name, runs.operation, runs.outcome, runs.error ->> 'code'
    )
    select problems.*, coalesce(runs.error -> 'message', runs.report -> 'warnings' -> 0) as message,
      runs.error ->> 'hint' as hint, count(*) over () as total
    from problems join runs on runs.id = problems."runId"
    order by array_position(array['failed', 'lost', 'missed', 'warning', 'skipped'], problems.outcome),
      problems."jobName", problems.operation, problems."runId"
    limit ${DIGEST_LINES}`.execute(db)
  return rows
}

async function findGaps(
  db: Db,
  told: RawBuilder<SqlBool>,
  now: Date,
): Promise<(DigestGap & { total: number })[]> {
  const { rows } = await sql<DigestGap & { total: number }>`
    with states as (
      select jobs.name as "jobName", ${coverageState(now)} as state,
        (extract(epoch from ${now.toISOString()}::timestamptz - points.newest_good_at) * 1000)::float8 as "ageMs"
      from jobs
      join policies on policies.id = jobs.policy_id
      left join lateral (
        select ${POINT_FACTS} from restore_points where restore_points.job_id = jobs.id and state = 'present'
      ) as points on true
      where ${told} and jobs.enabled and jobs.deleted_at is null
    )
    select *, count(*) over () as total from states where state in ('never', 'missed', 'late')
    order by array_position(array['never', 'missed', 'late'], state), "ageMs" desc nulls first, "jobName"
    limit ${DIGEST_LINES}`.execute(db)
  return rows
}
