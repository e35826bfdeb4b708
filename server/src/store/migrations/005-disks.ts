import { type Kysely, sql } from 'kysely'

/** Disks of disk sets: which one bears a restore point, which one a run used, and where each was last seen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table restore_points add column disk jsonb`.execute(db)
  await sql`create index restore_points_by_disk on restore_points (vault_id, (disk ->> 'uuid'))
    where disk is not null`.execute(db)
  await sql`alter table runs add column disk jsonb`.execute(db)
  await sql`alter table deliveries add column facts jsonb`.execute(db)
  await sql`create table disks (
    vault_id text not null,
    uuid text not null,
    host_id text,
    host_name text,
    device text,
    attach_id text,
    attached_at timestamptz,
    seen_at timestamptz,
    safe_at timestamptz,
    total_bytes bigint,
    free_bytes bigint,
    health jsonb,
    health_at timestamptz,
    overdue_told_at timestamptz,
    primary key (vault_id, uuid)
  )`.execute(db)
}
