import { type Kysely, sql } from 'kysely'

/** Who took an outside lock: nobody else prolongs it or gives it back. Those held now are anybody's, as they were. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table locks add column taken_by text`.execute(db)
}
