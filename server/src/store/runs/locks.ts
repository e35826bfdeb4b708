import type { Phrase, PhrasePart, RunOperation } from '@holdfast/contract'
import { type SqlBool, sql } from 'kysely'
import { say } from '../../domain/phrases/engine-phrases.ts'
import type { LockRequest, LockStore, StoredRun } from '../../engine/ports.ts'
import { notifyChange } from '../events.ts'
import { type Db, inTransaction, type Trx } from '../schema.ts'
import type { Queue } from './queue.ts'
import { owned } from './run-ownership.ts'

/** Key of the advisory lock under which locks are taken and given back, so that two takers see each other. */
const SERIAL_KEY = 4_816_201

export async function serializeLocks(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SERIAL_KEY})`.execute(trx)
}

interface Blocked {
  names: string[]
  /** With the holder of each: shown as "waiting for ...". */
  reason: Phrase
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

  const blocked: string[] = []
  const reasons: PhrasePart[] = []
  for (const request of requests) {
    const holders = held.filter((lock) => lock.name === request.name)
    const ahead = earlier.find((other) => other.waiting_on.includes(request.name))
    const reason =
      conflict(request, holders) ??
      (ahead ? say('waiting.lockQueue', { lock: request.name, run: ahead.id }) : null)
    if (!reason) continue
    blocked.push(request.name)
    reasons.push(reason)
  }
  const [first, ...others] = reasons
  if (first !== undefined) return { names: blocked, reason: others.length === 0 ? first : reasons }

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

function conflict(request: LockRequest, holders: Holder[]): PhrasePart | null {
  const { name: lock, limit } = request
  const exclusive = holders.find((holder) => request.mode === 'exclusive' || holder.mode === 'exclusive')
  if (exclusive) {
    const { holder, job_name: job } = exclusive
    return job === null
      ? say('waiting.lock', { lock, holder })
      : say('waiting.lockOfRun', { lock, run: holder, job })
  }
  if (limit !== undefined && holders.length >= limit) {
    const names = holders.map(({ holder, job_name: job }) => (job === null ? holder : `${holder} (${job})`))
    return say('waiting.lockFull', { lock, held: holders.length, limit, holders: names.join(', ') })
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

    async acquire({ name, holder, expiresAt, takenBy }) {
      return await inTransaction(db, async (trx) => {
        await serializeLocks(trx)
        await sql`delete from locks where name = ${name} and expires_at <= now()`.execute(trx)
        const other = await trx
          .selectFrom('locks')
          .select('holder')
          .where('name', '=', name)
          // A run holds its locks under its id: whoever comes with that as a name is not that run.
          .where((eb) =>
            eb.or([eb('holder', '<>', holder), eb('run_id', 'is not', null), eb('taken_by', '<>', takenBy)]),
          )
          .executeTakeFirst()
        if (other) return other.holder
        await trx
          .insertInto('locks')
          .values({ name, holder, mode: 'exclusive', run_id: null, expires_at: expiresAt, taken_by: takenBy })
          .onConflict((on) => on.columns(['name', 'holder']).doUpdateSet({ expires_at: expiresAt }))
          .execute()
        await notifyChange(trx, { topic: 'locks' })
        return null
      })
    },

    async release({ name, holder, takenBy }) {
      return await inTransaction(db, async (trx) => {
        await serializeLocks(trx)
        const held = await trx
          .selectFrom('locks')
          .select('taken_by')
          .where('name', '=', name)
          .where('holder', '=', holder)
          .where('run_id', 'is', null)
          .executeTakeFirst()
        if (!held) return 'not-held'
        if (takenBy !== null && held.taken_by !== null && held.taken_by !== takenBy) {
          return { takenBy: held.taken_by }
        }
        await trx.deleteFrom('locks').where('name', '=', name).where('holder', '=', holder).execute()
        await notifyChange(trx, { topic: 'locks' })
        await wakeWaiting(trx, queue, [name])
        return 'released'
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
      await inTransaction(db, async (trx) => {
        await serializeLocks(trx)
        await trx.deleteFrom('locks').where('name', '=', name).where('run_id', '=', run.id).execute()
        await notifyChange(trx, { topic: 'locks' })
        await wakeWaiting(trx, queue, [name])
      })
    },
  }
}
