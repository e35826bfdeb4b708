import { type Kysely, sql } from 'kysely'

/** The fields of a plan that only its driver knows, apart from runs: they may be long, and runs are read often. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table run_plans (
    run_id text primary key references runs (id) on delete cascade,
    value jsonb not null
  )`.execute(db)
}
