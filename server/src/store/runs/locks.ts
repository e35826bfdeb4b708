import type { RunOperation } from '@holdfast/contract'
import { type SqlBool, sql } from 'kysely'
import type { LockRequest, LockStore, StoredRun } from '../../engine/ports.ts'
import { notifyChange } from '../events.ts'
import type { Db, Trx } from '../schema.ts'
import type { Queue } from './queue.ts'
import { owned } from './run-ownership.ts'

/** Key of the advisory lock under which locks are taken and given back, so that two takers see each other. */
const SERIAL_KEY = 4_816_201

export async function serializeLocks(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SERIAL_KEY})`.execute(trx)
}

interface Blocked {
  names: string[]
  /** In words, with the holder: shown as "waiting for ...". */
  reason: string
}

/** Takes all locks or none. A run that came earlier and waits for the same lock goes first. */
export async function tryLocks(trx: Trx, run: StoredRun, requests: LockRequest[]): Promise<Blocked | null> {
  if (requests.length === 0) return null
  await serializeLocks(trx)
  const names = requests.map((request) => request.name)
  const held = await trx
    .selectFrom('locks')
    .leftJoin('runs', 'runs.id', 'locks.run_id')
    .leftJoin('jobs', 'jobs.id', 'runs.job_id')
    .select(['locks.name', 'locks.mode', 'locks.holder', 'locks.run_id', 'jobs.name as job_name'])
    .where('locks.name', 'in', names)
    .where(sql<SqlBool>`(locks.expires_at is null or locks.expires_at > now())`)
    .execute()
  const earlier = await trx
    .selectFrom('runs')
    .select(['id', 'waiting_on'])
    .where('status', '=', 'queued')
    .where('id', '<>', run.id)
    .where(sql<SqlBool>`waiting_on && ${names}::text[]`)
    .where(sql<SqlBool>`(created_at, id) < (${run.createdAt}::timestamptz, ${run.id})`)
    // A run of a site without a worker does not stand in line: nobody looks at it.
    .where(sql<SqlBool>`looked_at > now() - interval '60 seconds'`)
    .execute()

  const blocked: Blocked = { names: [], reason: '' }
  const reasons: string[] = []
  for (const request of requests) {
    const holders = held.filter((lock) => lock.name === request.name)
    const ahead = earlier.find((other) => other.waiting_on.includes(request.name))
    const reason = conflict(request, holders) ?? (ahead ? `${request.name}: ${ahead.id} waits longer` : null)
    if (!reason) continue
    blocked.names.push(request.name)
    reasons.push(reason)
  }
  if (reasons.length > 0) return { ...blocked, reason: reasons.join('; ') }

  // An expired outside lock is replaced; its holder notices when it releases.
  await sql`delete from locks where name = any(${names}::text[]) and expires_at <= now()`.execute(trx)
  await trx
    .insertInto('locks')
    .values(requests.map(({ name, mode }) => ({ name, mode, holder: run.id, run_id: run.id })))
    .execute()
  return null
}

interface Holder {
  mode: string
  holder: string
  job_name: string | null
}

function conflict(request: LockRequest, holders: Holder[]): string | null {
  const words = (holder: Holder) =>
    holder.job_name ? `${holder.holder} of job ${holder.job_name}` : holder.holder
  const exclusive = holders.find((holder) => request.mode === 'exclusive' || holder.mode === 'exclusive')
  if (exclusive) return `${request.name}: held by ${words(exclusive)}`
  if (request.limit !== undefined && holders.length >= request.limit) {
    return `${request.name}: ${holders.length} of ${request.limit} runs, ${holders.map(words).join(', ')}`
  }
  return null
}

/**
 * Sends a message to the run that waits longest for each of these locks. Whoever then gets one wakes the next in turn,
 * so several that may share a lock all start, and a hundred that may not are not all woken to find it taken.
 */
export async function wakeWaiting(trx: Trx, queue: Queue, names: string[]): Promise<void> {
  if (names.length === 0) return
  const next = await sql<{ id: string; site: string; operation: RunOperation }>`
    select distinct on (lock.name) runs.id, runs.site, runs.operation
    from unnest(${names}::text[]) as lock (name)
    join runs on runs.status = 'queued' and runs.waiting_on @> array[lock.name]
    order by lock.name, runs.created_at, runs.id`.execute(trx)
  const messages = new Map(next.rows.map((run) => [run.id, { ...run, runId: run.id }]))
  if (messages.size > 0) await queue.send(trx, [...messages.values()])
}

export function lockStore(db: Db, queue: Queue): LockStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('locks')
        .selectAll()
        .where(sql<SqlBool>`(expires_at is null or expires_at > now())`)
        .orderBy('name')
        .execute()
      return rows.map((row) => ({
        name: row.name,
        mode: row.mode,
        holder: row.holder,
        since: row.since,
        expiresAt: row.expires_at,
      }))
    },

    async acquire({ name, holder, expiresAt }) {
      return await db.transaction().execute(async (trx) => {
        await serializeLocks(trx)
        await sql`delete from locks where name = ${name} and expires_at <= now()`.execute(trx)
        const other = await trx
          .selectFrom('locks')
          .select('holder')
          .where('name', '=', name)
          .where('holder', '<>', holder)
          .executeTakeFirst()
        if (other) return other.holder
        await trx
          .insertInto('locks')
          .values({ name, holder, mode: 'exclusive', run_id: null, expires_at: expiresAt })
          .onConflict((on) => on.columns(['name', 'holder']).doUpdateSet({ expires_at: expiresAt }))
          .execute()
        await notifyChange(trx, { topic: 'locks' })
        return null
      })
    },

    async release(name, holder) {
      return await db.transaction().execute(async (trx) => {
        await serializeLocks(trx)
        const result = await trx
          .deleteFrom('locks')
          .where('name', '=', name)
          .where('holder', '=', holder)
          .where('run_id', 'is', null)
          .executeTakeFirst()
        await notifyChange(trx, { topic: 'locks' })
        await wakeWaiting(trx, queue, [name])
        return result.numDeletedRows > 0n
      })
    },

    async tryForRun(run, request) {
      return await owned(db, run, null, async (trx) => {
        if ((await tryLocks(trx, run, [request])) !== null) return false
        await notifyChange(trx, { topic: 'locks' })
        return true
      })
    },

    async releaseForRun(run, name) {
      await db.transaction().execute(async (trx) => {
        await serializeLocks(trx)
        await trx.deleteFrom('locks').where('name', '=', name).where('run_id', '=', run.id).execute()
        await notifyChange(trx, { topic: 'locks' })
        await wakeWaiting(trx, queue, [name])
      })
    },
  }
}
