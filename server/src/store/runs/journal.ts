import { type SqlBool, sql } from 'kysely'
import type { JournalStore } from '../../engine/ports.ts'
import { type Db, json } from '../schema.ts'

const COLUMNS = [
  'journal.id',
  'run_id as runId',
  'journal.claim',
  'journal.kind',
  'scope',
  'host_id as hostId',
  'data',
] as const

/** The undo journal: a row is committed before a resource is taken and deleted after it was given back. */
export function journalStore(db: Db): JournalStore {
  return {
    async add({ runId, claim, kind, scope, hostId, data }) {
      const row = await db
        .insertInto('journal')
        .values({ run_id: runId, claim, kind, scope, host_id: hostId, data: json(data) })
        .returning('id')
        .executeTakeFirstOrThrow()
      return String(row.id)
    },

    async remove(id) {
      await db.deleteFrom('journal').where('id', '=', id).execute()
    },

    async leftovers(runId, claim) {
      const rows = await db
        .selectFrom('journal')
        .select(COLUMNS)
        .where('run_id', '=', runId)
        .where('journal.claim', '<>', claim)
        .orderBy('journal.id', 'desc')
        .execute()
      return rows.map((row) => ({ ...row, id: String(row.id) }))
    },

    async orphans() {
      const rows = await db
        .selectFrom('journal')
        .innerJoin('runs', 'runs.id', 'journal.run_id')
        .select(COLUMNS)
        .where(sql<SqlBool>`runs.claim is distinct from journal.claim`)
        .orderBy('journal.id', 'desc')
        .execute()
      return rows.map((row) => ({ ...row, id: String(row.id) }))
    },

    async beginRelease(id) {
      const result = await sql`update journal set releasing_at = now()
        where id = ${id} and (releasing_at is null or releasing_at < now() - interval '1 minute')`.execute(db)
      return result.numAffectedRows === 1n
    },
  }
}
