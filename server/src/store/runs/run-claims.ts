import { HoldfastError } from '@holdfast/contract'
import { sql } from 'kysely'
import type { ClaimResult, RunStore, StoredRun } from '../../engine/ports.ts'
import { newId } from '../../kit/ids.ts'
import { getStoredJob } from '../catalog/objects.ts'
import { type Db, json, type Trx } from '../schema.ts'
import { announce } from './announce.ts'
import { serializeLocks, tryLocks, wakeWaiting } from './locks.ts'
import type { Queue } from './queue.ts'
import { owned } from './run-ownership.ts'
import { getRun } from './run-rows.ts'
import { insertRun, writeNews } from './run-writes.ts'

/** How long a run that waits for a lock sleeps at most; the release of the lock wakes it earlier. */
const LOCK_RETRY_MS = 15_000

type Claims = Pick<
  RunStore,
  'claim' | 'requeue' | 'finish' | 'hold' | 'recover' | 'requestCancel' | 'decideHeld'
>

/** Every change of who owns a run. One transaction each: run row, locks and queue messages change together. */
export function runClaims(db: Db, queue: Queue): Claims {
  return {
    async claim(runId, owner, decide): Promise<ClaimResult> {
      return await db.transaction().execute(async (trx): Promise<ClaimResult> => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (!run || run.status === 'finished' || run.status === 'held') return { state: 'settled' }
        if (run.status !== 'queued') return { state: 'owned', run }
        if (run.notBefore && new Date(run.notBefore) > owner.now) return { state: 'settled' }
        const job = await getStoredJob(trx, run.jobId)
        if (!job) throw new HoldfastError('invariant-broken', `run ${runId} has no job`)

        const decision = decide(run, job)
        if (decision.action === 'finish') {
          const end = { report: null, assets: [], vaultSize: null, steps: [], lines: [] }
          await endRun(trx, queue, run, { ...end, outcome: decision.outcome, error: decision.error })
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
            error: null,
          })
          .where('id', '=', run.id)
          .execute()
        await wakeWaiting(trx, queue, run.waitingOn)
        const claimed: StoredRun = {
          ...run,
          status: 'planning',
          claim: owner.claim,
          workerId: owner.workerId,
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
          plan: json(plan),
          claim: null,
          worker_id: null,
          progress: null,
        }
        await trx.updateTable('runs').set(values).where('id', '=', run.id).execute()
        await announce(trx, queue, [{ runId: run.id, jobId: run.jobId, event: 'held' }])
        await releaseLocks(trx, queue, run)
      })
    },

    async requeue(run, next, news) {
      await owned(db, run, 'queued', async (trx) => {
        await writeNews(trx, [news])
        await trx
          .updateTable('runs')
          .set({
            status: 'queued',
            claim: null,
            worker_id: null,
            attempt: next.attempt,
            not_before: next.notBefore,
            waiting_for: next.reason,
            waiting_since: next.keepsWaiting ? sql`coalesce(waiting_since, now())` : sql`now()`,
            progress: null,
            error: next.error ? json(next.error) : null,
          })
          .where('id', '=', run.id)
          .execute()
        await releaseLocks(trx, queue, run)
        await queue.send(trx, [{ runId: run.id, site: run.site, after: next.notBefore }])
      })
    },

    async finish(run, end) {
      await owned(db, run, 'finished', (trx) => endRun(trx, queue, run, end))
    },

    async recover(run, error, maxRecoveries) {
      return await db.transaction().execute(async (trx) => {
        await sql`select 1 from runs where id = ${run.id} for update`.execute(trx)
        const now = await getRun(trx, run.id)
        if (!now || now.status === 'finished' || now.claim !== run.claim)
          return { recovered: false, successor: null }
        const end = { report: null, assets: [], vaultSize: null, steps: [], lines: [] }
        await endRun(trx, queue, now, { ...end, outcome: 'lost', error })
        await sql`update run_steps set finished_at = now(), outcome = 'failed' where run_id = ${run.id} and finished_at is null`.execute(
          trx,
        )
        if (now.cancelRequestedBy || now.recoveries >= maxRecoveries)
          return { recovered: true, successor: null }
        const next = { ...now, slotAt: null, trigger: 'recovery' as const, recoversRunId: now.id }
        const id = await insertRun(trx, { ...next, recoveries: now.recoveries + 1 })
        await trx
          .updateTable('runs')
          .set({
            approved_guards: now.approvedGuards,
            checkpoint: now.checkpoint === null ? null : json(now.checkpoint),
          })
          .where('id', '=', id)
          .execute()
        await queue.send(trx, [{ runId: id, site: now.site }])
        return { recovered: true, successor: await getRun(trx, id) }
      })
    },

    async requestCancel(runId, by) {
      return await db.transaction().execute(async (trx) => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (!run) return 'unknown'
        if (run.status === 'finished') return 'finished'
        await trx.updateTable('runs').set({ cancel_requested_by: by }).where('id', '=', runId).execute()
        if (run.status !== 'queued' && run.status !== 'held') return 'requested'
        const error = new HoldfastError('run-canceled', `canceled by ${by} before it started`).report()
        const end = { report: null, assets: [], vaultSize: null, steps: [], lines: [] }
        await endRun(trx, queue, run, { ...end, outcome: 'canceled', error })
        return 'canceled'
      })
    },

    async decideHeld(runId, decision) {
      return await db.transaction().execute(async (trx) => {
        await sql`select 1 from runs where id = ${runId} for update`.execute(trx)
        const run = await getRun(trx, runId)
        if (run?.status !== 'held') return false
        if (!decision.approve) {
          const end = { report: null, assets: [], vaultSize: null, steps: [], lines: [] }
          await endRun(trx, queue, run, { ...end, outcome: 'canceled', error: decision.error })
          return true
        }
        const guards = run.plan?.guards.map((guard) => guard.code) ?? []
        const values = { status: 'queued' as const, approved_guards: guards, approved_by: decision.by }
        await trx.updateTable('runs').set(values).where('id', '=', runId).execute()
        await queue.send(trx, [{ runId, site: run.site }])
        return true
      })
    },
  }
}

async function setWaiting(
  trx: Trx,
  queue: Queue,
  run: StoredRun,
  wait: { reason: string; on: string[]; until: Date },
): Promise<void> {
  await trx
    .updateTable('runs')
    .set({
      waiting_for: wait.reason,
      waiting_on: wait.on,
      waiting_since: sql`coalesce(waiting_since, now())`,
    })
    .where('id', '=', run.id)
    .execute()
  await queue.send(trx, [{ runId: run.id, site: run.site, after: wait.until }])
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
      error: end.error ? json(end.error) : null,
      report: end.report ? json(end.report) : null,
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
  await releaseLocks(trx, queue, run)
}

async function releaseLocks(trx: Trx, queue: Queue, run: StoredRun): Promise<void> {
  await serializeLocks(trx)
  const released = await trx.deleteFrom('locks').where('run_id', '=', run.id).returning('name').execute()
  await wakeWaiting(
    trx,
    queue,
    released.map((lock) => lock.name),
  )
}
