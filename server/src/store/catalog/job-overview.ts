import type { JobFilter, JobStatus, Page, RunOutcome } from '@holdfast/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { OverviewStore, Scope } from '../../engine/ports.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import { readEstate } from '../keeping/estate.ts'
import type { Db } from '../schema.ts'
import { coverageState, IS_COVERABLE, POINT_FACTS } from './coverage.ts'
import { jobInScope, madeInScope } from './scope.ts'
import { statusTotals } from './status-totals.ts'

/** Runs whose outcomes are shown beside a job. */
const RECENT_RUNS = 30

type Row = Omit<JobStatus, 'schedule' | 'lastRun' | 'recentOutcomes'> & {
  cron: string | null
  timeZone: string | null
  runId: string | null
  runStatus: string
  runOutcome: string | null
  runCreatedAt: string
  runStartedAt: string | null
  runFinishedAt: string | null
  outcomes: RunOutcome[]
}

export function overviewStore(db: Db): OverviewStore {
  return {
    async jobs(filter, scope, now) {
      const limit = filter.limit ?? PAGE_SIZE
      const rows = await read(db, [jobInScope(scope), ...conditions(filter, now)], limit + 1, scope, now)
      return pageFrom(rows, limit, toStatus, (row) => cursorOf(row.name, row.id)) satisfies Page<JobStatus>
    },

    async job(id, scope, now) {
      const [row] = await read(db, [sql`jobs.id = ${id}`], 1, scope, now)
      return row ? toStatus(row) : null
    },

    estate: (now) => readEstate(db, now),

    totals: (scope, now) => statusTotals(db, scope, now),
  }
}

function conditions(filter: JobFilter, now: Date): RawBuilder<SqlBool>[] {
  const { q, kind, coverage, enabled, node, vault, after } = filter
  const all: RawBuilder<SqlBool>[] = []
  if (q !== undefined) all.push(sql`strpos(lower(jobs.name), lower(${q})) > 0`)
  if (kind !== undefined) all.push(sql`jobs.kind = ${kind}`)
  if (enabled !== undefined) all.push(sql`jobs.enabled = ${enabled}`)
  if (node !== undefined) all.push(sql`jobs.node_id = ${node}`)
  if (vault !== undefined) all.push(sql`jobs.vault_id = ${vault}`)
  if (coverage !== undefined)
    all.push(sql`${IS_COVERABLE} and ${coverageState(now)} = any(${coverage}::text[])`)
  if (after !== undefined) {
    const [name, id] = readCursor(after, z.string(), z.string())
    all.push(sql`(jobs.name, jobs.id) > (${name}, ${id})`)
  }
  return all
}

/** First the jobs of the page, then what an index probe for each of them finds. */
async function read(
  db: Db,
  where: RawBuilder<SqlBool>[],
  limit: number,
  scope: Scope,
  now: Date,
): Promise<Row[]> {
  const inScope = madeInScope('runs', scope)
  const result = await sql<Row>`
    with page as materialized (
      select jobs.id, jobs.name, jobs.kind, jobs.spec ->> 'description' as description, jobs.enabled, jobs.site,
        jobs.node_id, jobs.named_node_ids, jobs.vault_id, policies.name as policy, jobs.spec -> 'schedule' as schedule, jobs.next_run_at,
        points.newest_good_at, points.point_count, ${coverageState(now)} as coverage, policies.spec ->> 'rpo' as rpo
      from jobs
      left join policies on policies.id = jobs.policy_id
      left join lateral (
        select ${POINT_FACTS} from restore_points where restore_points.job_id = jobs.id and state = 'present'
      ) as points on true
      where jobs.deleted_at is null and ${sql.join(where, sql` and `)}
      order by jobs.name, jobs.id limit ${limit}
    )
    select page.id, page.name, page.kind, page.description, page.enabled, page.site, nodes.name as node,
      array(select named.name from nodes named where named.id = any(page.named_node_ids) order by 1) as "namedNodes",
      vaults.name as vault, page.policy, page.schedule ->> 'cron' as cron, page.schedule ->> 'timeZone' as "timeZone",
      page.next_run_at as "nextRunAt", last_run.id as "runId", last_run.status as "runStatus",
      last_run.outcome as "runOutcome", last_run.created_at as "runCreatedAt", last_run.started_at as "runStartedAt",
      last_run.finished_at as "runFinishedAt", recent.outcomes, page.newest_good_at as "newestPointAt",
      page.point_count as "pointCount", page.coverage, page.rpo
    from page
    left join nodes on nodes.id = page.node_id
    left join vaults on vaults.id = page.vault_id
    left join lateral (
      select * from runs where runs.job_id = page.id and runs.operation = 'job' and ${inScope}
      order by runs.created_at desc, runs.id desc limit 1
    ) as last_run on true
    left join lateral (
      select coalesce(array_agg(ended.outcome order by ended.created_at, ended.id), '{}') as outcomes from (
        select id, outcome, created_at from runs
        where runs.job_id = page.id and runs.operation = 'job' and runs.status = 'finished' and ${inScope}
        order by runs.created_at desc, runs.id desc limit ${RECENT_RUNS}
      ) as ended
    ) as recent on true
    order by page.name, page.id`.execute(db)
  return result.rows
}

function toStatus(row: Row): JobStatus {
  const {
    cron,
    timeZone,
    runId,
    runStatus,
    runOutcome,
    runCreatedAt,
    runStartedAt,
    runFinishedAt,
    outcomes,
    ...rest
  } = row
  return {
    ...rest,
    schedule: cron === null ? null : { cron, timeZone: timeZone ?? 'UTC' },
    lastRun:
      runId === null
        ? null
        : {
            id: runId,
            status: runStatus,
            outcome: runOutcome,
            createdAt: runCreatedAt,
            startedAt: runStartedAt,
            finishedAt: runFinishedAt,
          },
    recentOutcomes: outcomes,
  }
}
