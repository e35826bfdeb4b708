import { type Kysely, sql } from 'kysely'

/** What the server with its users needs: accounts, secrets, deliveries, the audit trail; and who started a run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table users (
    id text primary key,
    name text not null unique,
    password_hash text not null,
    role text not null,
    node_ids text[],
    is_disabled boolean not null default false,
    language text not null,
    time_zone text not null,
    revision integer not null default 1,
    session_epoch integer not null default 0,
    last_sign_in_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  )`.execute(db)

  await sql`create table user_addresses (
    user_id text not null references users (id) on delete cascade,
    address text not null,
    seen_at timestamptz not null,
    primary key (user_id, address)
  )`.execute(db)

  await sql`create table sessions (
    id text primary key,
    secret_hash bytea not null unique,
    user_id text not null references users (id) on delete cascade,
    address text not null,
    user_agent text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null
  )`.execute(db)
  await sql`create index sessions_by_user on sessions (user_id)`.execute(db)

  await sql`create table api_tokens (
    id text primary key,
    name text not null,
    secret_hash bytea not null unique,
    user_id text not null references users (id) on delete cascade,
    permissions text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz
  )`.execute(db)
  await sql`create index api_tokens_by_user on api_tokens (user_id)`.execute(db)

  await sql`create table sign_in_failures (
    name text not null,
    address text not null,
    failures integer not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    primary key (name, address)
  )`.execute(db)

  await sql`create table idempotency_keys (
    owner text not null,
    key text not null,
    request_hash bytea not null,
    status integer,
    headers jsonb,
    body text,
    created_at timestamptz not null default now(),
    primary key (owner, key)
  )`.execute(db)
  await sql`create index idempotency_keys_by_time on idempotency_keys (created_at)`.execute(db)

  await sql`create table secrets (
    name text primary key,
    sealed bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    updated_by text not null
  )`.execute(db)

  await sql`create table deliveries (
    id text primary key,
    notification_id text not null,
    notification_name text not null,
    subject text not null,
    event text,
    run_id text,
    job_name text,
    state text not null,
    attempts integer not null default 0,
    problem text,
    created_at timestamptz(3) not null default now(),
    last_tried_at timestamptz
  )`.execute(db)
  await sql`create index deliveries_by_time on deliveries (created_at desc, id desc)`.execute(db)
  await sql`create index deliveries_of_run on deliveries (run_id) where run_id is not null`.execute(db)
  await sql`create index deliveries_waiting on deliveries (created_at) where state = 'waiting'`.execute(db)
  await sql`create unique index deliveries_of_slot on deliveries (notification_id, event) where subject = 'digest'`.execute(
    db,
  )

  await sql`create table audit (
    id text primary key,
    at timestamptz not null default now(),
    by text not null,
    action text not null,
    object text,
    object_id text,
    details jsonb not null
  )`.execute(db)
  await sql`create index audit_by_time on audit (at desc, id desc)`.execute(db)
  await sql`create index audit_by_object on audit (object_id, at desc, id desc)`.execute(db)

  await sql`alter table runs add column started_by text, add column job_kind text`.execute(db)
  await sql`update runs set job_kind = (select kind from jobs where jobs.id = runs.job_id)`.execute(db)
  await sql`alter table runs alter column job_kind set not null`.execute(db)
  // Ended runs by every pair of filters: a list enumerates what it does not filter by, a few values each, and reads
  // the newest of each combination. Partial, so that only the end of a run writes to them.
  await sql`create index runs_ended on runs (operation, outcome, created_at desc, id desc)
    where outcome is not null`.execute(db)
  await sql`create index runs_ended_by_kind on runs (job_kind, operation, outcome, created_at desc, id desc)
    where outcome is not null`.execute(db)
  await sql`create index runs_ended_by_job on runs (job_id, operation, outcome, created_at desc, id desc)
    where outcome is not null`.execute(db)
  await sql`create index runs_plans on runs (finished_at) where operation = 'plan'`.execute(db)
  await sql`create index jobs_by_node on jobs (node_id) where node_id is not null`.execute(db)
}
