import { HoldfastError, type JsonValue, type Phrase, phraseText } from '@holdfast/contract'
import { sql } from 'kysely'
import type { ClaimResult, RunStore, StoredRun } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { getStoredJob } from '../catalog/objects.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, json, type Trx, toldJson } from '../schema.ts'
import { announce } from './announce.ts'
import { serializeLocks, tryLocks, wakeWaiting } from './locks.ts'
import type { Queue } from './queue.ts'
import { owned } from './run-ownership.ts'
import { getRun, keepRestOfPlan, toldPlanJson, writtenWaiting } from './run-rows.ts'
import { changeOf, insertRun, writeNews } from './run-writes.ts'

/** How long a run that waits for a lock sleeps at most; the release of the lock wakes it earlier. */
const LOCK_RETRY_MS = 15_000

type Claims = Pick<
  RunStore,
  | 'claim'
  | 'requeue'
  | 'finish'
  | 'hold'
  | 'takeOver'
  | 'recover'
  | 'abandon'
  | 'requestCancel'
  | 'decideHeld'
>

/** The end of a run that had no attempt, or whose attempt is gone. */
const NOTHING = { report: null, assets: [], vaultSize: null, steps: [], lines: [] }

const LOCKS = { topic: 'locks' } as const

function canceledBy(by: string) {
  const error = new HoldfastError('run-canceled', `canceled by ${by} before it started`).report()
  return { action: 'finish' as const, outcome: 'canceled' as const, error }
}

/** Every change of who owns a run. One transaction each: run row, locks and queue messages change together. */
export function runClaims(db: Db, queue: Queue): Claims {
  return {
    async claim(runId, owner, decide): Promise<ClaimResult> {
      return await inTransaction(db, async (trx): Promise<ClaimResult> => {
        // By the clock of the database, which also decides when the message comes: another one is under way, or none.
        const locked = await sql<{ isEarly: boolean | null }>`
          select not_before > now() as "isEarly" from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (!run || run.status === 'finished' || run.status === 'held') return { state: 'settled' }
        if (run.status !== 'queued') return { state: 'owned', run }
        if (locked.rows[0]?.isEarly) return { state: 'settled' }
        const job = await getStoredJob(trx, run.jobId)
        if (!job) throw new HoldfastError('invariant-broken', `run ${runId} has no job`)

        const decision = run.canceledBy ? canceledBy(run.canceledBy) : decide(run, job)
        if (decision.action === 'finish') {
          await endRun(trx, queue, run, { ...NOTHING, outcome: decision.outcome, error: decision.error })
          return { state: 'settled' }
        }
        if (decision.action === 'wait') {
          await setWaiting(trx, queue, run, { reason: decision.reason, on: [], until: decision.until })
          return { state: 'waiting' }
        }
        const blocked = await tryLocks(trx, run, decision.locks)
        if (blocked) {
          const until = new Date(owner.now.getTime() + LOCK_RETRY_MS)
          await setWaiting(trx, queue, run, { reason: blocked.reason, on: blocked.names, until })
          return { state: 'waiting' }
        }
        await trx
          .updateTable('runs')
          .set({
            status: 'planning',
            claim: owner.claim,
            worker_id: owner.workerId,
            started_at: sql`coalesce(started_at, now())`,
            not_before: null,
            waiting_for: null,
            waiting_on: [],
            waiting_since: null,
            error: null,
          })
          .where('id', '=', run.id)
          .execute()
        await notifyChange(trx, changeOf(run), ...(decision.locks.length > 0 ? [LOCKS] : []))
        await wakeWaiting(trx, queue, run.waitingOn)
        const claimed: StoredRun = {
          ...run,
          status: 'planning',
          claim: owner.claim,
          workerId: owner.workerId,
          waitingOn: [],
          error: null,
        }
        return { state: 'claimed', run: claimed, job }
      })
    },

    async hold(run, plan, news) {
      await owned(db, run, 'held', async (trx) => {
        await writeNews(trx, [news])
        const values = {
          status: 'held' as const,
          plan: toldPlanJson(plan),
          claim: null,
          worker_id: null,
          progress: null,
        }
        await trx.updateTable('runs').set(values).where('id', '=', run.id).execute()
        await keepRestOfPlan(trx, run.id, plan)
        await announce(trx, queue, [{ runId: run.id, jobId: run.jobId, event: 'held' }])
        await notifyChange(trx, changeOf(run))
        await releaseLocks(trx, queue, run)
      })
    },

    async requeue(run, next, news) {
      await owned(db, run, 'queued', async (trx) => {
        await writeNews(trx, [news])
        // It looked, found something in its way and is to look again: what it did so far is done anew each time.
        if (next.keepsWaiting)
          await trx
            .deleteFrom('run_steps')
            .where('run_id', '=', run.id)
            .where('attempt', '=', run.attempt)
            .execute()
        await trx
          .updateTable('runs')
          .set({
            status: 'queued',
            claim: null,
            worker_id: null,
            attempt: next.attempt,
            not_before: next.notBefore,
            waiting_for: writtenWaiting(next.reason),
            waiting_since: next.keepsWaiting ? (run.waitingSince ?? sql`now()`) : null,
            progress: null,
            error: next.error ? toldJson(next.error) : null,
          })
          .where('id', '=', run.id)
          .execute()
        await notifyChange(trx, changeOf(run))
        await releaseLocks(trx, queue, run)
        await queue.send(trx, [{ ...run, runId: run.id, after: next.notBefore }])
      })
    },

    async finish(run, end) {
      await owned(db, run, 'finished', (trx) => endRun(trx, queue, run, end))
    },

    async takeOver(run, owner) {
      const result = await db
        .updateTable('runs')
        .set({ claim: owner.claim, worker_id: owner.workerId })
        .where('id', '=', run.id)
        .where('claim', '=', run.claim)
        .where('status', '<>', 'finished')
        .executeTakeFirst()
      return result.numUpdatedRows > 0n ? { ...run, claim: owner.claim, workerId: owner.workerId } : null
    },

    async recover(run, error, maxRecoveries) {
      return await owned(db, run, 'finished', async (trx) => {
        await endRun(trx, queue, run, { ...NOTHING, outcome: 'lost', error })
        await sql`update run_steps set finished_at = now(), outcome = 'failed'
          where run_id = ${run.id} and finished_at is null`.execute(trx)
        // Whoever waited for a preview asks again.
        if (run.canceledBy || run.recoveries >= maxRecoveries || run.operation === 'plan') return null
        const next = { ...run, slotAt: null, trigger: 'recovery' as const, recoversRunId: run.id }
        const id = await insertRun(trx, { ...next, recoveries: run.recoveries + 1 })
        await trx
          .updateTable('runs')
          .set({
            approved_guards: run.approvedGuards,
            checkpoint: run.checkpoint === null ? null : json(run.checkpoint),
          })
          .where('id', '=', id)
          .execute()
        await queue.send(trx, [{ ...run, runId: id }])
        await notifyChange(trx, { topic: 'runs', runId: id, jobId: run.jobId })
        return await getRun(trx, id)
      })
    },

    async abandon(runId, error) {
      await inTransaction(db, async (trx) => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (run?.status === 'queued') await endRun(trx, queue, run, { ...NOTHING, outcome: 'failed', error })
      })
    },

    async requestCancel(runId, by) {
      return await inTransaction(db, async (trx) => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (!run) return 'unknown'
        if (run.status === 'finished') return 'finished'
        await trx.updateTable('runs').set({ cancel_requested_by: by }).where('id', '=', runId).execute()
        if (run.status !== 'queued' && run.status !== 'held') {
          await notifyChange(trx, changeOf(run))
          return 'requested'
        }
        const { outcome, error } = canceledBy(by)
        await endRun(trx, queue, run, { ...NOTHING, outcome, error })
        return 'canceled'
      })
    },

    async decideHeld(runId, decision) {
      return await inTransaction(db, async (trx) => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (run?.status !== 'held') return false
        if (!decision.approve) {
          const refused = { cancel_requested_by: decision.by }
          await trx.updateTable('runs').set(refused).where('id', '=', runId).execute()
          await endRun(trx, queue, run, { ...NOTHING, outcome: 'canceled', error: decision.error })
          return true
        }
        // With its words: who approved 900 changed files did not approve 900,000.
        const guards = run.plan?.guards.map((guard) => `${guard.code}: ${phraseText(guard.message)}`) ?? []
        const values = {
          status: 'queued' as const,
          approved_guards: guards,
          approved_by: decision.by,
          waiting_since: null,
        }
        await trx.updateTable('runs').set(values).where('id', '=', runId).execute()
        await queue.send(trx, [{ ...run, runId }])
        await notifyChange(trx, changeOf(run))
        return true
      })
    },
  }
}

/** Whoever stood behind this run for a lock that it no longer waits for is next in turn. */
async function setWaiting(
  trx: Trx,
  queue: Queue,
  run: StoredRun,
  wait: { reason: Phrase; on: string[]; until: Date },
): Promise<void> {
  await trx
    .updateTable('runs')
    .set({
      waiting_for: writtenWaiting(wait.reason),
      waiting_on: wait.on,
      waiting_since: sql`coalesce(waiting_since, now())`,
      looked_at: sql`now()`,
    })
    .where('id', '=', run.id)
    .execute()
  await queue.send(trx, [{ ...run, runId: run.id, after: wait.until }])
  await notifyChange(trx, changeOf(run))
  const left = run.waitingOn.filter((name) => !wait.on.includes(name))
  if (left.length === 0) return
  await serializeLocks(trx)
  await wakeWaiting(trx, queue, left)
}

async function endRun(
  trx: Trx,
  queue: Queue,
  run: StoredRun,
  end: Parameters<RunStore['finish']>[1],
): Promise<void> {
  await writeNews(trx, [end])
  await trx
    .updateTable('runs')
    .set({
      status: 'finished',
      outcome: end.outcome,
      error: end.error ? toldJson(end.error) : null,
      report: end.report ? toldJson(end.report) : null,
      progress: null,
      claim: null,
      waiting_for: null,
      waiting_on: [],
      finished_at: sql`now()`,
    })
    .where('id', '=', run.id)
    .execute()
  if (run.operation === 'job' && (end.outcome === 'success' || end.outcome === 'warning')) {
    await sql`update jobs set checkpoint = null where id = ${run.jobId} and checkpoint is not null`.execute(
      trx,
    )
    await remember(trx, run.jobId, end.remember)
  }
  for (const asset of end.assets) {
    await sql`insert into assets (id, node_id, kind, key, name, first_seen_at, last_seen_at)
      select ${newId('asset')}, jobs.node_id, ${asset.kind}, ${asset.key}, ${asset.name}, now(), now() from jobs where id = ${run.jobId}
      on conflict (coalesce(node_id, ''), kind, key) do update set last_seen_at = now(), name = excluded.name`.execute(
      trx,
    )
  }
  if (end.vaultSize) {
    await sql`insert into vault_sizes (vault_id, day, used_bytes, free_bytes)
      select vault_id, current_date, ${end.vaultSize.usedBytes}, ${end.vaultSize.freeBytes} from jobs where id = ${run.jobId} and vault_id is not null
      on conflict (vault_id, day) do update set used_bytes = excluded.used_bytes, free_bytes = excluded.free_bytes`.execute(
      trx,
    )
  }
  await announce(trx, queue, [{ runId: run.id, jobId: run.jobId, event: end.outcome }])
  await notifyChange(trx, changeOf(run))
  await releaseLocks(trx, queue, run)
}

/** Null forgets, nothing leaves it as it is. A job that was deleted while it ran remembers nothing. */
async function remember(trx: Trx, jobId: string, value: JsonValue | undefined): Promise<void> {
  if (value === undefined) return
  await sql`delete from job_memory where job_id = ${jobId}`.execute(trx)
  if (value === null) return
  await sql`insert into job_memory (job_id, value)
    select id, ${json(value)}::jsonb from jobs where id = ${jobId} and deleted_at is null`.execute(trx)
}

async function releaseLocks(trx: Trx, queue: Queue, run: StoredRun): Promise<void> {
  await serializeLocks(trx)
  const released = await trx.deleteFrom('locks').where('run_id', '=', run.id).returning('name').execute()
  if (released.length > 0) await notifyChange(trx, LOCKS)
  // A run that ends while it waits stood in the way of those that came after it.
  await wakeWaiting(trx, queue, [...new Set([...released.map((lock) => lock.name), ...run.waitingOn])])
}
