import type { JournalStore } from '../../engine/ports.ts'
import { type Db, json } from '../schema.ts'

const COLUMNS = ['id', 'run_id as runId', 'kind', 'scope', 'host_id as hostId', 'data'] as const

/** The undo journal: a row is committed before a resource is taken and deleted after it was given back. */
export function journalStore(db: Db): JournalStore {
  return {
    async add({ runId, kind, scope, hostId, data }) {
      const row = await db
        .insertInto('journal')
        .values({ run_id: runId, kind, scope, host_id: hostId, data: json(data) })
        .returning('id')
        .executeTakeFirstOrThrow()
      return String(row.id)
    },

    async remove(id) {
      await db.deleteFrom('journal').where('id', '=', id).execute()
    },

    async ofRun(runId) {
      const rows = await db
        .selectFrom('journal')
        .select(COLUMNS)
        .where('run_id', '=', runId)
        .orderBy('journal.id', 'desc')
        .execute()
      return rows.map((row) => ({ ...row, id: String(row.id) }))
    },

    async orphans() {
      const rows = await db
        .selectFrom('journal')
        .innerJoin('runs', 'runs.id', 'journal.run_id')
        .select(['journal.id', 'run_id as runId', 'journal.kind', 'scope', 'host_id as hostId', 'data'])
        .where('runs.claim', 'is', null)
        .orderBy('journal.id', 'desc')
        .execute()
      return rows.map((row) => ({ ...row, id: String(row.id) }))
    },
  }
}
