import { type Kysely, sql } from 'kysely'

/**
 * What belongs where: runs and restore points to the node they were made on, whatever node their job has later, and
 * secrets to the addresses they were entered for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column node_id text`.execute(db)
  await sql`alter table restore_points add column node_id text`.execute(db)
  // Nobody has written down on which node they were made: that of today is the best guess.
  await sql`update runs set node_id = (select node_id from jobs where jobs.id = runs.job_id)`.execute(db)
  await sql`update restore_points set node_id = (select node_id from jobs where jobs.id = restore_points.job_id)`.execute(
    db,
  )
  await sql`alter table secrets add column destinations text[]`.execute(db)
}
