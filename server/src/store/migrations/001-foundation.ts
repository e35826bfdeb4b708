import { type Kysely, sql } from 'kysely'

const OBJECT_TABLES = ['nodes', 'vaults', 'policies', 'notifications', 'jobs'] as const

/** Timestamps are timestamptz, ids are text with a prefix, JSON is jsonb. Foreign keys stay away from history:
 * runs and restore points outlive the job and the vault they were made by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of OBJECT_TABLES) {
    await sql`create table ${sql.table(table)} (
      id text primary key,
      name text not null,
      spec jsonb not null,
      revision integer not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      deleted_at timestamptz
    )`.execute(db)
    await sql`create unique index ${sql.id(`${table}_name`)} on ${sql.table(table)} (name) where deleted_at is null`.execute(
      db,
    )
  }

  await sql`alter table jobs
    add column kind text not null,
    add column enabled boolean not null,
    add column site text not null,
    add column node_id text references nodes (id) on update cascade,
    add column vault_id text references vaults (id) on update cascade,
    add column policy_id text references policies (id) on update cascade,
    add column next_run_at timestamptz,
    add column checkpoint jsonb`.execute(db)
  await sql`create index jobs_next_run on jobs (next_run_at) where enabled and deleted_at is null`.execute(db)

  await sql`create table runs (
    id text primary key,
    job_id text not null references jobs (id) on update cascade,
    operation text not null,
    trigger text not null,
    slot_at timestamptz,
    site text not null,
    status text not null,
    outcome text,
    attempt integer not null default 1,
    recovers_run_id text,
    recoveries integer not null default 0,
    request jsonb,
    checkpoint jsonb,
    plan jsonb,
    progress jsonb,
    report jsonb,
    error jsonb,
    claim text,
    worker_id text,
    not_before timestamptz,
    waiting_for text,
    waiting_on text[] not null default '{}',
    waiting_since timestamptz,
    looked_at timestamptz,
    cancel_requested_by text,
    approved_guards text[] not null default '{}',
    approved_by text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    constraint finished_has_outcome check ((status = 'finished') = (outcome is not null))
  )`.execute(db)
  await sql`create unique index runs_slot on runs (job_id, slot_at) where slot_at is not null`.execute(db)
  await sql`create index runs_by_job on runs (job_id, created_at desc)`.execute(db)
  await sql`create index runs_by_time on runs (created_at desc, id desc)`.execute(db)
  await sql`create index runs_waiting on runs using gin (waiting_on) where status = 'queued'`.execute(db)
  await sql`create index runs_by_end on runs (finished_at)`.execute(db)
  await sql`create index runs_live on runs (status) where status <> 'finished'`.execute(db)

  await sql`create table run_steps (
    run_id text not null references runs (id) on delete cascade,
    attempt integer not null,
    position integer not null,
    name text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome text,
    error jsonb,
    primary key (run_id, attempt, position)
  )`.execute(db)

  await sql`create table run_log (
    run_id text not null references runs (id) on delete cascade,
    position bigint not null,
    at timestamptz not null,
    level text not null,
    message text not null,
    fields jsonb not null,
    primary key (run_id, position)
  )`.execute(db)

  await sql`create table journal (
    id bigint generated always as identity primary key,
    run_id text not null references runs (id),
    claim text not null,
    kind text not null,
    scope text not null,
    host_id text not null,
    data jsonb not null,
    taken_at timestamptz not null default now(),
    releasing_at timestamptz
  )`.execute(db)
  await sql`create index journal_by_run on journal (run_id)`.execute(db)

  await sql`create table locks (
    name text not null,
    holder text not null,
    mode text not null,
    run_id text references runs (id),
    since timestamptz not null default now(),
    expires_at timestamptz,
    primary key (name, holder),
    constraint run_or_expiry check ((run_id is null) = (expires_at is not null))
  )`.execute(db)
  await sql`create index locks_by_run on locks (run_id)`.execute(db)

  await sql`create table restore_points (
    id text primary key,
    job_id text not null,
    job_name text not null,
    job_kind text not null,
    vault_id text not null,
    run_id text not null,
    asset jsonb not null,
    taken_at timestamptz not null,
    finished_at timestamptz not null,
    size_bytes bigint not null,
    added_bytes bigint not null,
    item_count bigint not null,
    details jsonb not null,
    location text not null,
    protected boolean not null default false,
    verified_at timestamptz,
    verified_level text,
    verified_ok boolean,
    confirmed_at timestamptz not null,
    state text not null
  )`.execute(db)
  await sql`create index restore_points_by_job on restore_points (job_id, taken_at desc)`.execute(db)
  await sql`create index restore_points_by_vault on restore_points (vault_id, taken_at desc)`.execute(db)
  await sql`create index restore_points_by_time on restore_points (taken_at desc)`.execute(db)

  await sql`create table assets (
    id text primary key,
    node_id text references nodes (id),
    kind text not null,
    key text not null,
    name text not null,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null
  )`.execute(db)
  await sql`create unique index assets_identity on assets (coalesce(node_id, ''), kind, key)`.execute(db)

  await sql`create table vault_sizes (
    vault_id text not null references vaults (id) on update cascade on delete cascade,
    day date not null,
    used_bytes bigint not null,
    free_bytes bigint not null,
    primary key (vault_id, day)
  )`.execute(db)

  await sql`create table workers (
    id text primary key,
    site text not null,
    host_id text not null,
    host_name text not null,
    boot_id text not null,
    pid integer not null,
    process_start text not null,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
  )`.execute(db)

  await sql`create table revisions (
    object_kind text not null,
    object_id text not null,
    revision integer not null,
    name text not null,
    spec jsonb,
    at timestamptz not null default now(),
    by text not null,
    primary key (object_kind, object_id, revision)
  )`.execute(db)

  await sql`create table settings (key text primary key, value jsonb not null)`.execute(db)
}
