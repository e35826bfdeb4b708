import { sql } from 'kysely'
import type { IdempotencyStore } from '../../api/ports.ts'
import { type Db, json } from '../schema.ts'

/** After this long an answer is forgotten and its key is free. */
const KEEP = sql`interval '24 hours'`
/** A request without an answer for this long died with its process: its key is free. */
const GIVEN_UP = sql`interval '5 minutes'`
/** Old rows that each new key takes along. */
const BATCH = 100
/** Rows of one owner; beyond them the oldest answers are forgotten early. */
const MOST_OF_ONE_OWNER = 1000

export function idempotencyStore(db: Db): IdempotencyStore {
  return {
    async begin(owner, key, requestHash) {
      await forgetOld(db)
      for (;;) {
        const begun = await sql`
          insert into idempotency_keys as known (owner, key, request_hash) values (${owner}, ${key}, ${requestHash})
          on conflict (owner, key) do update
            set request_hash = excluded.request_hash, status = null, headers = null, body = null, created_at = now()
            where known.created_at < now() - ${KEEP}
              or (known.status is null and known.created_at < now() - ${GIVEN_UP})
          returning 1`.execute(db)
        if (begun.rows.length > 0) {
          await forgetSurplus(db, owner)
          return { state: 'begun' }
        }
        const row = await db
          .selectFrom('idempotency_keys')
          .select(['request_hash', 'status', 'headers', 'body'])
          .where('owner', '=', owner)
          .where('key', '=', key)
          .executeTakeFirst()
        // Forgotten between the two statements: the key is free now.
        if (!row) continue
        if (!row.request_hash.equals(requestHash)) return { state: 'other' }
        if (row.status === null) return { state: 'busy' }
        return { state: 'answered', status: row.status, headers: row.headers ?? {}, body: row.body ?? '' }
      }
    },

    async answer(owner, key, requestHash, { status, headers, body }) {
      await db
        .updateTable('idempotency_keys')
        .set({ status, headers: json(headers), body })
        .where('owner', '=', owner)
        .where('key', '=', key)
        .where('request_hash', '=', requestHash)
        .where('status', 'is', null)
        .execute()
    },

    async forget(owner, key, requestHash) {
      await db
        .deleteFrom('idempotency_keys')
        .where('owner', '=', owner)
        .where('key', '=', key)
        .where('request_hash', '=', requestHash)
        .where('status', 'is', null)
        .execute()
    },
  }
}

/** Rows that others are at are left to the next time: nobody waits for anybody. */
async function forgetOld(db: Db): Promise<void> {
  await sql`delete from idempotency_keys where ctid in (
    select ctid from idempotency_keys where created_at < now() - ${KEEP}
    order by created_at limit ${BATCH} for update skip locked)`.execute(db)
}

async function forgetSurplus(db: Db, owner: string): Promise<void> {
  await sql`delete from idempotency_keys where ctid in (
    select ctid from idempotency_keys
    where owner = ${owner} and status is not null and key in (
      select key from idempotency_keys where owner = ${owner}
      order by created_at desc offset ${MOST_OF_ONE_OWNER})
    for update skip locked)`.execute(db)
}
