import { sql } from 'kysely'
import type { Db } from './schema.ts'

/** Log lines are for finding out why; after this long nobody asks. */
const KEEP_LOG = sql`interval '90 days'`
/** Runs are the history of a job: a year and a month, so that the same month of last year is there. */
const KEEP_RUNS = sql`interval '400 days'`
/** Who did what is kept as long as the runs it speaks of. */
const KEEP_AUDIT = KEEP_RUNS
/** A preview of a plan was read when it was made. */
const KEEP_PREVIEWS = sql`interval '1 day'`
/** Who was told what is asked for as long as log lines are. */
const KEEP_DELIVERIES = sql`interval '90 days'`
/** Rows per statement: short transactions, whatever has piled up. */
const BATCH = 5000

/** Deletes what is too old, a batch at a time. Returns how many rows went. One process does it, others return at once. */
export async function forgetOld(db: Db): Promise<{ logLines: number; runs: number }> {
  return await db.connection().execute(async (connection) => {
    const lock = sql<{ got: boolean }>`select pg_try_advisory_lock(${LOCK_KEY}) as got`
    if (!(await lock.execute(connection)).rows[0]?.got) return { logLines: 0, runs: 0 }
    try {
      const logLines = await repeat(() =>
        sql`delete from run_log where ctid in (
          select run_log.ctid from run_log join runs on runs.id = run_log.run_id
          where runs.finished_at < now() - ${KEEP_LOG} limit ${BATCH})`.execute(connection),
      )
      await repeat(() =>
        sql`delete from runs where id in (
          select id from runs where operation = 'plan' and finished_at < now() - ${KEEP_PREVIEWS}
          limit ${BATCH})`.execute(connection),
      )
      await repeat(() =>
        sql`delete from deliveries where id in (
          select id from deliveries where created_at < now() - ${KEEP_DELIVERIES} limit ${BATCH})`.execute(
          connection,
        ),
      )
      await repeat(() =>
        sql`delete from audit where id in (
          select id from audit where at < now() - ${KEEP_AUDIT} limit ${BATCH})`.execute(connection),
      )
      const runs = await repeat(() =>
        sql`delete from runs where id in (
          select id from runs where finished_at < now() - ${KEEP_RUNS}
            and not exists (select 1 from journal where journal.run_id = runs.id)
            and not exists (select 1 from locks where locks.run_id = runs.id) limit ${BATCH})`.execute(
          connection,
        ),
      )
      return { logLines, runs }
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_KEY})`.execute(connection)
    }
  })
}

const LOCK_KEY = 4_816_202

async function repeat(once: () => Promise<{ numAffectedRows?: bigint }>): Promise<number> {
  let total = 0
  for (;;) {
    const affected = Number((await once()).numAffectedRows ?? 0)
    total += affected
    if (affected < BATCH) return total
  }
}
