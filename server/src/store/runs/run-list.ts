import {
  idOf,
  MAX_PAGE,
  type RunOperation,
  type RunOutcome,
  type RunStatus,
  type RunSummary,
  runOperation,
  runOutcome,
  runStatus,
} from '@holdfast/contract'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { RunListFilter, RunStore, Scope } from '../../engine/ports.ts'
import { jobInScope, madeInScope } from '../catalog/scope.ts'
import { cursorOf, PAGE_SIZE, pageFrom, readCursor } from '../cursor.ts'
import type { Db } from '../schema.ts'
import { readWaiting } from './run-rows.ts'

/** What a list of runs reads of them: never the plan, and of the report three values that PostgreSQL picks. */
const COLUMNS = sql`runs.id, runs.job_id as "jobId",
  (select jobs.name from jobs where jobs.id = runs.job_id) as "jobName", runs.job_kind as "jobKind",
  runs.operation, runs.trigger, runs.slot_at as "slotAt", runs.status, runs.outcome, runs.attempt,
  runs.started_by as "startedBy", runs.approved_by as "approvedBy", runs.cancel_requested_by as "canceledBy",
  runs.recovers_run_id as "recoversRunId", runs.disk, runs.waiting_for as "waitingFor", runs.progress, runs.error,
  runs.created_at as "createdAt", runs.started_at as "startedAt", runs.finished_at as "finishedAt",
  runs.report -> 'summary' as summary, (runs.report ->> 'bytesMoved')::float8 as "bytesMoved",
  coalesce(jsonb_array_length(runs.report -> 'warnings'), 0) as "warningCount"`

const NEWEST_FIRST = sql`order by created_at desc, id desc`

/** A row as the database gives it. */
type ListedRun = Omit<RunSummary, 'waitingFor'> & { waitingFor: string | null }

function asSummary(row: ListedRun): RunSummary {
  return { ...row, waitingFor: readWaiting(row.waitingFor) }
}

type Lists = Pick<RunStore, 'list' | 'active'>

export function runList(db: Db): Lists {
  return {
    async list(filter, scope) {
      const limit = Math.min(filter.limit ?? PAGE_SIZE, MAX_PAGE)
      const found = await sql<ListedRun & { micros: number }>`
        with page as (select id, created_at from (${keysOf(filter, scope, limit + 1)}) as found
          ${NEWEST_FIRST} limit ${limit + 1})
        select ${COLUMNS},
          (extract(epoch from runs.created_at) * 1000000)::bigint as micros
        from page join runs on runs.id = page.id
        order by page.created_at desc, page.id desc`.execute(db)
      const item = ({ micros, ...run }: ListedRun & { micros: number }) => asSummary(run)
      return pageFrom(found.rows, limit, item, (row) => cursorOf(String(row.micros), row.id))
    },

    async active(limit, scope) {
      const found = await sql<ListedRun>`select ${COLUMNS} from runs join jobs on jobs.id = runs.job_id
        where runs.status <> 'finished' and runs.operation <> 'plan'
          and ${jobInScope(scope)} and ${madeInScope('runs', scope)}
        order by runs.created_at, runs.id limit ${limit}`.execute(db)
      return found.rows.map(asSummary)
    },
  }
}

/** Runs after a cursor and between two instants, as conditions on `runs`. */
function rangeOf({ from, to, after }: RunListFilter): RawBuilder<unknown> {
  return sql`${from === undefined ? sql`` : sql`and runs.created_at >= ${from}::timestamptz`}
    ${to === undefined ? sql`` : sql`and runs.created_at < ${to}::timestamptz`}
    ${after === undefined ? sql`` : sql`and (runs.created_at, runs.id) < ${positionOf(after)}`}`
}

/** Microseconds since 1970: as instants of JavaScript, runs of the same millisecond would be passed over. */
const microsText = z.string().regex(/^\d{1,16}$/)

function positionOf(after: string): RawBuilder<unknown> {
  const [micros, id] = readCursor(after, microsText, idOf('run'))
  return sql`(timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond', ${id})`
}

interface Choice {
  operations: RunOperation[]
  live: RunStatus[]
  /** Null for all of them, when nobody asked for certain ones. */
  outcomes: RunOutcome[] | null
}

/** Status and outcome say one thing together: a live run has no outcome, an ended one has no other status. */
function choiceOf({ operation, status, outcome }: RunListFilter): Choice {
  const isEnded = status?.includes('finished') ?? true
  return {
    operations: operation ? [operation] : runOperation.options.filter((option) => option !== 'plan'),
    live: outcome ? [] : (status ?? runStatus.options).filter((option) => option !== 'finished'),
    outcomes: isEnded ? (outcome ?? null) : [],
  }
}

/**
 * Ids and instants of at least the runs on the page. Without a choice of state, kind or operation the newest runs are
 * walked until the page is full. Else a walk could go through a million runs for a rare one: the ended runs are read
 * combination by combination from an index that holds each in order, the live ones, which are few, all together.
 */
function keysOf(filter: RunListFilter, scope: Scope, limit: number): RawBuilder<unknown> {
  const { operations, live, outcomes } = choiceOf(filter)
  const range = sql`${rangeOf(filter)} ${scope.nodeIds ? sql`and ${madeInScope('runs', scope)}` : sql``}`
  const ofKind = filter.kind === undefined ? sql`` : sql`and runs.job_kind = ${filter.kind}`
  const jobs = jobsOf(filter, scope)
  const ofState = sql`${filter.status ? sql`and runs.status = any(${filter.status}::text[])` : sql``} ${range}`
  if (outcomes === null && filter.kind === undefined && filter.operation === undefined) {
    const walk = (ofJob: RawBuilder<unknown>) => sql`select id, created_at from runs
      where operation <> 'plan' ${ofJob} ${ofState} ${NEWEST_FIRST} limit ${limit}`
    return jobs
      ? sql`select newest.* from (${jobs}) as job
          cross join lateral (${walk(sql`and runs.job_id = job.id`)}) as newest`
      : walk(sql``)
  }
  const keys: RawBuilder<unknown>[] = []
  if (live.length > 0) {
    keys.push(sql`(select id, created_at from runs
      where status <> 'finished' and status = any(${live}::text[]) and operation = any(${operations}::text[])
        ${ofKind} ${jobs ? sql`and runs.job_id in (${jobs})` : sql``} ${range} ${NEWEST_FIRST} limit ${limit})`)
  }
  const ends = outcomes ?? runOutcome.options
  if (ends.length > 0) {
    const ended = sql`select id, created_at from runs
      where runs.operation = o.operation and runs.outcome = e.outcome ${ofKind}
        ${jobs ? sql`and runs.job_id = job.id` : sql``} ${range} ${NEWEST_FIRST} limit ${limit}`
    keys.push(sql`select newest.* from unnest(${operations}::text[]) as o (operation)
      cross join unnest(${ends}::text[]) as e (outcome)
      ${jobs ? sql`cross join (${jobs}) as job` : sql``} cross join lateral (${ended}) as newest`)
  }
  return keys.length > 0 ? sql.join(keys, sql` union all `) : sql`select id, created_at from runs where false`
}

/** The jobs that the list is about; null for all. */
function jobsOf({ jobId }: RunListFilter, { nodeIds }: Scope): RawBuilder<unknown> | null {
  if (jobId === undefined && nodeIds === null) return null
  return sql`select id from jobs where true ${jobId === undefined ? sql`` : sql`and id = ${jobId}`}
    ${nodeIds === null ? sql`` : sql`and node_id = any(${[...nodeIds]}::text[])`}`
}
