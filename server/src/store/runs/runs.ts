import {
  asHoldfastError,
  type ErrorReport,
  HoldfastError,
  type JsonValue,
  type RunOperation,
} from '@holdfast/contract'
import { sql } from 'kysely'
import type { RunStore, SlotDecision } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { parseSchedule } from '../catalog/objects.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, json, type Trx } from '../schema.ts'
import { announce } from './announce.ts'
import type { Queue } from './queue.ts'
import { runClaims } from './run-claims.ts'
import { runList } from './run-list.ts'
import { owned } from './run-ownership.ts'
import { getRun, selectRuns, toStoredRun, wholePlan } from './run-rows.ts'
import { insertRun, runWrites } from './run-writes.ts'

export function runStore(db: Db, queue: Queue): RunStore {
  return {
    ...runClaims(db, queue),
    ...runWrites(db),
    ...runList(db),

    async create(run) {
      return await inTransaction(db, async (trx) => {
        const id = await insertRun(trx, run)
        await queue.send(trx, [{ runId: id, ...run }])
        await notifyChange(trx, { topic: 'runs', runId: id })
        const created = await getRun(trx, id)
        if (!created) throw new HoldfastError('invariant-broken', `run ${id} vanished while it was created`)
        return created
      })
    },

    async waitingByHand(jobId) {
      return await inTransaction(db, async (trx) => {
        await trx.selectFrom('jobs').select('id').where('id', '=', jobId).forNoKeyUpdate().execute()
        const row = await selectRuns(trx)
          .where('runs.job_id', '=', jobId)
          .where('runs.operation', '=', 'job')
          .where('runs.status', '=', 'queued')
          .where('runs.started_by', 'is not', null)
          .where('runs.started_at', 'is', null)
          .where('runs.cancel_requested_by', 'is', null)
          .executeTakeFirst()
        return row ? toStoredRun(row) : null
      })
    },

    get: (id) => getRun(db, id),

    async announceStart(run) {
      if (run.operation !== 'job') return
      await owned(db, run, null, (trx) =>
        announce(trx, queue, [{ runId: run.id, jobId: run.jobId, event: 'started' }]),
      )
    },

    wholePlan: (runId) => wholePlan(db, runId),

    async live() {
      const rows = await selectRuns(db)
        .where('runs.status', '<>', 'finished')
        .where('runs.operation', '<>', 'plan')
        .orderBy('runs.created_at')
        .execute()
      return rows.map(toStoredRun)
    },

    async owned() {
      const rows = await selectRuns(db)
        .where('runs.status', '<>', 'finished')
        .where('claim', 'is not', null)
        .execute()
      return rows.map(toStoredRun)
    },

    async steps(runId) {
      const rows = await db
        .selectFrom('run_steps')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('attempt')
        .orderBy('position')
        .execute()
      return rows.map((row) => ({
        attempt: row.attempt,
        position: row.position,
        name: row.name,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        outcome: row.outcome,
        error: row.error,
      }))
    },

    async log(runId, after, limit) {
      const rows = await db
        .selectFrom('run_log')
        .select(['position', 'at', 'level', 'message', 'fields'])
        .where('run_id', '=', runId)
        .where('position', '>', after)
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...row, level: row.level as 'info' }))
    },

    async lastPositions(runId) {
      const result = await sql<{ lastStep: number; lastLine: number }>`select
        (select coalesce(max(position), -1) from run_steps where run_id = ${runId}) as "lastStep",
        (select coalesce(max(position), -1) from run_log where run_id = ${runId}) as "lastLine"`.execute(db)
      return result.rows[0] ?? { lastStep: -1, lastLine: -1 }
    },

    async takeDue(now, limit, decide) {
      return await inTransaction(db, async (trx) => {
        const due = await trx
          .selectFrom('jobs')
          .select(['id', 'site', 'next_run_at', 'spec', 'name', 'kind', 'node_id', 'named_node_ids'])
          .where('enabled', '=', true)
          .where('deleted_at', 'is', null)
          .where('next_run_at', '<=', now.toISOString())
          .orderBy('next_run_at')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute()
        if (due.length === 0) return 0
        const waiting = await jobsWithWaitingRun(
          trx,
          due.map((job) => job.id),
        )
        const decided = due.map((job) => ({
          job,
          busyWith: waiting.get(job.id),
          ...decideSlotOf(job, now, decide),
        }))
        await insertSlots(trx, queue, decided)
        await sql`update jobs set next_run_at = slot.next
          from jsonb_to_recordset(${json(decided.map(({ job, decision }) => ({ id: job.id, next: decision.nextRunAt })))}::jsonb)
            as slot (id text, next timestamptz) where jobs.id = slot.id`.execute(trx)
        return due.length
      })
    },

    async earliestSlot() {
      const row = await db
        .selectFrom('jobs')
        .select('next_run_at')
        .where('enabled', '=', true)
        .where('deleted_at', 'is', null)
        .where('next_run_at', 'is not', null)
        .orderBy('next_run_at')
        .limit(1)
        .executeTakeFirst()
      return row?.next_run_at ? new Date(row.next_run_at) : null
    },

    async resend(createdBefore) {
      await queue.ready()
      return await inTransaction(db, async (trx) => {
        const lost = await sql<{
          id: string
          site: string
          operation: RunOperation
          not_before: string | null
        }>`
          select id, site, operation, not_before from runs
          where status = 'queued' and created_at <= ${createdBefore} and not exists (
            select 1 from pgboss.job
            where job.name = case operation when 'plan' then 'plans.' else 'runs.' end || runs.site and job.state < 'completed' and job.data ->> 'runId' = runs.id)
          for update skip locked`.execute(trx)
        await queue.send(
          trx,
          lost.rows.map((row) => ({
            runId: row.id,
            site: row.site,
            operation: row.operation,
            after: row.not_before ? new Date(row.not_before) : null,
          })),
        )
        return lost.rows.length
      })
    },
  }
}

/** Jobs that already have a run which has not begun: another one beside it would do the same work twice. */
async function jobsWithWaitingRun(trx: Trx, jobIds: string[]): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('runs')
    .select(['id', 'job_id'])
    .where('job_id', 'in', jobIds)
    .where('operation', '=', 'job')
    .where('status', 'in', ['queued', 'held'])
    .execute()
  return new Map(rows.map((row) => [row.job_id, row.id]))
}

interface DecidedSlot {
  job: { id: string; site: string; kind: string; node_id: string | null; named_node_ids: string[] }
  busyWith: string | undefined
  decision: SlotDecision
  /** Why the job cannot be run at all: its slot is recorded as failed and it gets no further one. */
  broken: ErrorReport | null
}

/** One job whose stored settings cannot be read must not keep all others from running. */
function decideSlotOf(
  job: { name: string; kind: string; next_run_at: string | null; spec: Record<string, JsonValue> },
  now: Date,
  decide: Parameters<RunStore['takeDue']>[2],
): { decision: SlotDecision; broken: ErrorReport | null } {
  const nextRunAt = new Date(job.next_run_at ?? now)
  try {
    return { decision: decide({ spec: parseSchedule(job), nextRunAt }), broken: null }
  } catch (thrown) {
    const message = `the settings of job ${job.name} cannot be read: ${asHoldfastError(thrown).message}`
    const broken = new HoldfastError('config-invalid', message, { cause: thrown }).report()
    return {
      decision: { run: { slotAt: nextRunAt, trigger: 'schedule' }, missed: null, nextRunAt: null },
      broken,
    }
  }
}

async function insertSlots(trx: Trx, queue: Queue, decided: DecidedSlot[]): Promise<void> {
  const rows = decided.flatMap(({ job, busyWith, decision, broken }) => {
    const { id: job_id, kind: job_kind, node_id, named_node_ids, site } = job
    const common = { job_id, job_kind, node_id, named_node_ids, site, operation: 'job' as const }
    const ended = { status: 'finished' as const, finished_at: sql<string>`now()` }
    const slots = []
    if (decision.missed) {
      const error = new HoldfastError('slot-missed', decision.missed.message).report()
      slots.push({
        ...common,
        ...ended,
        id: newId('run'),
        trigger: 'schedule' as const,
        slot_at: decision.missed.lastAt,
        outcome: 'missed' as const,
        error: json(error),
      })
    }
    if (decision.run && broken) {
      slots.push({
        ...common,
        ...ended,
        id: newId('run'),
        trigger: decision.run.trigger,
        slot_at: decision.run.slotAt,
        outcome: 'failed' as const,
        error: json(broken),
      })
    } else if (decision.run && busyWith) {
      const message = `the run ${busyWith} of this job has not begun yet`
      const error = new HoldfastError('lock-held', message).report()
      slots.push({
        ...common,
        ...ended,
        id: newId('run'),
        trigger: decision.run.trigger,
        slot_at: decision.run.slotAt,
        outcome: 'skipped' as const,
        error: json(error),
      })
    } else if (decision.run) {
      slots.push({
        ...common,
        id: newId('run'),
        trigger: decision.run.trigger,
        slot_at: decision.run.slotAt,
        status: 'queued' as const,
        outcome: null,
        error: null,
        finished_at: null,
      })
    }
    return slots
  })
  if (rows.length === 0) return
  const inserted = await trx
    .insertInto('runs')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['job_id', 'slot_at']).where('slot_at', 'is not', null).doNothing(),
    )
    .returning(['id', 'job_id', 'site', 'status', 'outcome'])
    .execute()
  const queued = inserted.filter((row) => row.status === 'queued')
  await queue.send(
    trx,
    queued.map((row) => ({ runId: row.id, site: row.site, operation: 'job' as const })),
  )
  await notifyChange(
    trx,
    ...inserted.map((row) => ({ topic: 'runs' as const, runId: row.id, jobId: row.job_id })),
  )
  await announce(
    trx,
    queue,
    inserted.flatMap((row) =>
      row.outcome ? [{ runId: row.id, jobId: row.job_id, event: row.outcome }] : [],
    ),
  )
}
