import type { RunDisk, VaultDisk } from '@holdfast/contract'
import { sql } from 'kysely'
import type { NewRun, RunNews, RunStore } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { tellableText } from '../../kit/text/storable.ts'
import { chunks } from '../chunks.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, json, type Trx, toldJson } from '../schema.ts'
import { signOfLife } from '../workers.ts'
import { lostClaim, owned } from './run-ownership.ts'
import { keepRestOfPlan, toldPlanJson } from './run-rows.ts'

function unusedYet({ uuid, label }: VaultDisk): RunDisk {
  return { uuid, label, freeBytes: null, totalBytes: null, safeToRemove: false }
}

/** Inserts a queued run and returns its id. The caller sends the message in the same transaction. */
export async function insertRun(
  trx: Trx,
  run: NewRun & { recoversRunId?: string; recoveries?: number },
): Promise<string> {
  const id = newId('run')
  const target = run.request?.operation === 'restore' && run.request.node ? [run.request.node.id] : []
  await trx
    .insertInto('runs')
    .values({
      id,
      job_id: run.jobId,
      job_kind: sql<string>`(select kind from jobs where id = ${run.jobId})`,
      node_id: sql<string | null>`(select node_id from jobs where id = ${run.jobId})`,
      named_node_ids: sql<
        string[]
      >`(select named_node_ids || ${target}::text[] from jobs where id = ${run.jobId})`,
      site: run.site,
      operation: run.operation,
      trigger: run.trigger,
      slot_at: run.slotAt,
      status: 'queued',
      request: run.request ? json(run.request) : null,
      started_by: run.startedBy,
      disk: run.disk ? json(unusedYet(run.disk)) : null,
      recovers_run_id: run.recoversRunId ?? null,
      recoveries: run.recoveries ?? 0,
    })
    .execute()
  return id
}

export async function writeNews(trx: Trx, all: RunNews[]): Promise<void> {
  for (const steps of chunks(all.flatMap((news) => news.steps))) {
    await trx
      .insertInto('run_steps')
      .values(
        steps.map((step) => ({
          run_id: step.runId,
          attempt: step.attempt,
          position: step.position,
          name: tellableText(step.name),
          started_at: step.startedAt,
          finished_at: step.finishedAt,
          outcome: step.outcome,
          error: step.error ? toldJson(step.error) : null,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['run_id', 'attempt', 'position'])
          .doUpdateSet((eb) => ({
            finished_at: eb.ref('excluded.finished_at'),
            outcome: eb.ref('excluded.outcome'),
            error: eb.ref('excluded.error'),
          }))
          .where('run_steps.finished_at', 'is', null),
      )
      .execute()
  }
  for (const lines of chunks(all.flatMap((news) => news.lines))) {
    await trx
      .insertInto('run_log')
      .values(
        lines.map((line) => ({
          run_id: line.runId,
          position: line.position,
          at: line.at,
          level: line.level,
          message: tellableText(line.message),
          fields: toldJson(line.fields),
        })),
      )
      .onConflict((conflict) => conflict.columns(['run_id', 'position']).doNothing())
      .execute()
  }
}

export function changeOf(run: { id: string; jobId: string }) {
  return { topic: 'runs', runId: run.id, jobId: run.jobId } as const
}

type Writes = Pick<RunStore, 'setPlan' | 'setDisk' | 'setStatus' | 'pulse' | 'saveCheckpoint'>

/** Writes of a run that goes on. Each one checks that the claim still holds, in the same statement or transaction. */
export function runWrites(db: Db): Writes {
  return {
    async setPlan(run, plan) {
      await inTransaction(db, async (trx) => {
        const result = await trx
          .updateTable('runs')
          .set({ plan: toldPlanJson(plan), status: 'running' })
          .where('id', '=', run.id)
          .where('claim', '=', run.claim)
          .executeTakeFirst()
        if (result.numUpdatedRows === 0n) throw lostClaim(run)
        await keepRestOfPlan(trx, run.id, plan)
        await notifyChange(trx, changeOf(run))
      })
    },

    async setDisk(run, disk) {
      await inTransaction(db, async (trx) => {
        const result = await trx
          .updateTable('runs')
          .set({ disk: json(disk) })
          .where('id', '=', run.id)
          .where('claim', '=', run.claim)
          .executeTakeFirst()
        if (result.numUpdatedRows === 0n) throw lostClaim(run)
        await notifyChange(trx, changeOf(run))
      })
    },

    async setStatus(run, status, news) {
      await owned(db, run, status, async (trx) => {
        await writeNews(trx, [news])
        await trx.updateTable('runs').set({ status }).where('id', '=', run.id).execute()
        await notifyChange(trx, changeOf(run))
      })
    },

    async pulse(worker, runs) {
      // On its own and first: a line that cannot be written must not make the worker look dead.
      await signOfLife(db, worker)
      if (runs.length === 0) return { lost: [], cancel: [] }
      return await inTransaction(db, async (trx) => {
        const mine = runs.map(({ id, claim, progress }) => ({ id, claim, progress }))
        const kept = await sql<{ id: string; cancel_requested_by: string | null }>`
          update runs set progress = mine.progress
          from jsonb_to_recordset(${toldJson(mine)}::jsonb) as mine (id text, claim text, progress jsonb)
          where runs.id = mine.id and runs.claim = mine.claim
          returning runs.id, runs.cancel_requested_by`.execute(trx)
        const alive = new Set(kept.rows.map((row) => row.id))
        // Also of a run that ended meanwhile: its last lines are as true as the others.
        await writeNews(
          trx,
          runs.map((run) => run.news),
        )
        const told = runs.filter((run) => run.hasNews)
        await notifyChange(trx, ...told.map((run) => ({ topic: 'runs' as const, runId: run.id })))
        return {
          lost: runs.filter((run) => !alive.has(run.id)).map((run) => run.id),
          cancel: kept.rows.flatMap((row) =>
            row.cancel_requested_by ? [{ id: row.id, by: row.cancel_requested_by }] : [],
          ),
        }
      })
    },

    async saveCheckpoint(run, state) {
      await owned(db, run, null, async (trx) => {
        const values = { checkpoint: json(state) }
        if (run.operation === 'job') {
          await trx.updateTable('jobs').set(values).where('id', '=', run.jobId).execute()
        } else {
          await trx.updateTable('runs').set(values).where('id', '=', run.id).execute()
        }
      })
    },
  }
}
