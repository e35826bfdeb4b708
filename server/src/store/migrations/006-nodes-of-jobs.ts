import { type Kysely, sql } from 'kysely'

/** Nodes that the settings of a job name beside its own, and what a job remembers from run to run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table jobs add column named_node_ids text[] not null default '{}'`.execute(db)
  await sql`alter table runs add column named_node_ids text[] not null default '{}'`.execute(db)
  await sql`create table job_memory (
    job_id text primary key references jobs (id) on update cascade on delete cascade,
    value jsonb not null
  )`.execute(db)
}
