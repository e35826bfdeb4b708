import { type Kysely, sql } from 'kysely'
import type { SecretStore } from '../../engine/ports.ts'
import { type Db, inTransaction, json, type Tables } from '../schema.ts'

const CHECK_SETTING = 'secret-key-check'

export function secretStore(db: Db): SecretStore {
  return {
    async list() {
      return await db
        .selectFrom('secrets')
        .select(['name', 'created_at as createdAt', 'updated_at as updatedAt', 'updated_by as updatedBy'])
        .orderBy('name')
        .execute()
    },

    async get(name) {
      const row = await db
        .selectFrom('secrets')
        .select(['sealed', 'destinations'])
        .where('name', '=', name)
        .executeTakeFirst()
      return row ?? null
    },

    async bind(name, destinations) {
      await db
        .updateTable('secrets')
        .set({ destinations: sql<string[]>`${[...destinations]}::text[]` })
        .where('name', '=', name)
        .where('destinations', 'is', null)
        .execute()
    },

    check: () => readCheck(db),

    async put({ name, sealed, check, by }) {
      return await inTransaction(db, async (trx) => {
        await lockSecrets(trx)
        const present = await readCheck(trx)
        if (present && !present.equals(check)) return false
        if (!present) {
          const value = json(check.toString('base64'))
          await trx.insertInto('settings').values({ key: CHECK_SETTING, value }).execute()
        }
        await trx
          .insertInto('secrets')
          .values({ name, sealed, updated_by: by })
          .onConflict((on) =>
            on
              .column('name')
              .doUpdateSet({ sealed, destinations: null, updated_by: by, updated_at: sql<string>`now()` }),
          )
          .execute()
        return true
      })
    },

    async remove(name) {
      return await inTransaction(db, async (trx) => {
        await lockSecrets(trx)
        const removed = await trx.deleteFrom('secrets').where('name', '=', name).executeTakeFirst()
        await sql`delete from settings where key = ${CHECK_SETTING} and not exists (select 1 from secrets)`.execute(
          trx,
        )
        return removed.numDeletedRows > 0n
      })
    },
  }
}

/** One at a time: the first secret brings the check value, the last one takes it away. */
async function lockSecrets(trx: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('holdfast secrets', 0))`.execute(trx)
}

async function readCheck(db: Kysely<Tables>): Promise<Buffer | null> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('key', '=', CHECK_SETTING)
    .executeTakeFirst()
  return typeof row?.value === 'string' ? Buffer.from(row.value, 'base64') : null
}
