import { sql } from 'kysely'
import type { SettingStore, WorkerIdentity, WorkerStore } from '../engine/ports.ts'
import { notifyChange } from './events.ts'
import { type Db, inTransaction, json } from './schema.ts'

const COLUMNS = [
  'id',
  'site',
  'host_id as hostId',
  'host_name as hostName',
  'boot_id as bootId',
  'pid',
  'process_start as processStart',
] as const

/** A worker that was not heard of for this long and owns no run is forgotten. */
const FORGET_AFTER = sql`interval '7 days'`

/** Says that a worker is alive. Puts it back if somebody took it for dead and removed it. */
export async function signOfLife(db: Db, worker: WorkerIdentity): Promise<void> {
  await db
    .insertInto('workers')
    .values({
      id: worker.id,
      site: worker.site,
      host_id: worker.hostId,
      host_name: worker.hostName,
      boot_id: worker.bootId,
      pid: worker.pid,
      process_start: worker.processStart,
    })
    .onConflict((on) => on.column('id').doUpdateSet({ seen_at: sql`now()` }))
    .execute()
}

export function workerStore(db: Db): WorkerStore {
  return {
    async register(worker) {
      await sql`delete from workers where seen_at < now() - ${FORGET_AFTER}
        and not exists (select 1 from runs where runs.worker_id = workers.id and runs.status <> 'finished')`.execute(
        db,
      )
      await inTransaction(db, async (trx) => {
        await signOfLife(trx, worker)
        await notifyChange(trx, { topic: 'workers' })
      })
    },

    async unregister(id) {
      await inTransaction(db, async (trx) => {
        await trx.deleteFrom('workers').where('id', '=', id).execute()
        await notifyChange(trx, { topic: 'workers' })
      })
    },

    async list() {
      return await db
        .selectFrom('workers')
        .select([...COLUMNS, 'started_at as startedAt', 'seen_at as seenAt'])
        .select(sql<number>`(extract(epoch from now() - seen_at) * 1000)::bigint`.as('silentMs'))
        .orderBy('started_at')
        .execute()
    },
  }
}

export function settingStore(db: Db): SettingStore {
  return {
    async get(key) {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
      return row?.value ?? null
    },

    async set(key, value) {
      await db
        .insertInto('settings')
        .values({ key, value: json(value) })
        .onConflict((on) => on.column('key').doUpdateSet({ value: json(value) }))
        .execute()
    },
  }
}
