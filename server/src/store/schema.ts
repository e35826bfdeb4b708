import type {
  AssetIdentity,
  Delivery,
  DiskHealth,
  ErrorReport,
  JsonValue,
  NotificationLanguage,
  Permission,
  Role,
  RunDisk,
  RunOperation,
  RunOutcome,
  RunProgress,
  RunReport,
  RunStatus,
  RunStep,
  RunTrigger,
  StoredPlan,
  VaultDisk,
  VerifyLevel,
} from '@holdfast/contract'
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import { clean, tellable } from '../kit/text/storable.ts'

/** An instant: read as a UTC ISO string, written as one or as a Date. */
type Instant = ColumnType<string, Date | string, Date | string>
/** Set by the database when not given. */
type DefaultInstant = ColumnType<string, Date | string | undefined, Date | string>
type MaybeInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>
/** JSON: read parsed, written as text by {@link json}. */
type Json<T> = ColumnType<T, string, string>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

interface ObjectTable {
  id: string
  name: string
  spec: Json<Record<string, JsonValue>>
  revision: number
  created_at: DefaultInstant
  updated_at: DefaultInstant
  deleted_at: MaybeInstant
}

interface JobTable extends ObjectTable {
  kind: string
  enabled: boolean
  site: string
  node_id: string | null
  /** Nodes that its settings refer to, beside its own. */
  named_node_ids: Generated<string[]>
  vault_id: string | null
  policy_id: string | null
  next_run_at: MaybeInstant
  /** What an unfinished run wants to know next time. */
  checkpoint: MaybeJson<JsonValue>
}

/** What the last run of a job that ended well asked to remember for the next one. */
interface JobMemoryTable {
  job_id: string
  value: Json<JsonValue>
}

/** What only the driver knows of the plan of a run; without a line, nothing. */
interface RunPlanTable {
  run_id: string
  value: Json<Record<string, JsonValue>>
}

interface RunTable {
  id: string
  job_id: string
  /** Of the job when the run was made. */
  job_kind: string
  /** Of the job when the run was made; null for a job without one. */
  node_id: string | null
  /** Nodes that the settings of the job referred to when the run was made. */
  named_node_ids: Generated<string[]>
  operation: RunOperation
  trigger: RunTrigger
  slot_at: MaybeInstant
  site: string
  status: RunStatus
  outcome: RunOutcome | null
  attempt: Generated<number>
  recovers_run_id: string | null
  /** How many lost runs in a row this one makes good for. */
  recoveries: Generated<number>
  /** Parameters of a verify or restore. */
  request: MaybeJson<JsonValue>
  /** What an unfinished check or restore wants to know when it goes on; a job's own work keeps it in the job. */
  checkpoint: MaybeJson<JsonValue>
  /** What everybody reads of it. */
  plan: MaybeJson<StoredPlan>
  progress: MaybeJson<RunProgress>
  report: MaybeJson<RunReport>
  error: MaybeJson<ErrorReport>
  /** Fencing token of the attempt that owns the run; whoever has another one may not write. */
  claim: string | null
  worker_id: string | null
  /** Earliest start of a queued run that waits for its next attempt or its window. */
  not_before: MaybeInstant
  waiting_for: string | null
  waiting_on: Generated<string[]>
  waiting_since: MaybeInstant
  /** When a worker last found that it must go on waiting. */
  looked_at: MaybeInstant
  cancel_requested_by: string | null
  disk: MaybeJson<RunDisk>
  approved_guards: Generated<string[]>
  approved_by: string | null
  started_by: string | null
  created_at: DefaultInstant
  started_at: MaybeInstant
  finished_at: MaybeInstant
}

interface RunStepTable {
  run_id: string
  attempt: number
  position: number
  name: string
  started_at: Instant
  finished_at: MaybeInstant
  outcome: RunStep['outcome']
  error: MaybeJson<ErrorReport>
}

interface RunLogTable {
  run_id: string
  position: number
  at: Instant
  level: string
  message: string
  fields: Json<Record<string, JsonValue>>
}

interface JournalTable {
  id: Generated<string>
  run_id: string
  claim: string
  kind: string
  scope: 'host' | 'anywhere'
  host_id: string
  data: Json<JsonValue>
  taken_at: DefaultInstant
  /** Since when a process is giving it back. */
  releasing_at: MaybeInstant
}

interface LockTable {
  name: string
  mode: 'shared' | 'exclusive'
  holder: string
  /** The run that holds it; null for a lock taken from outside, which has an expiry instead. */
  run_id: string | null
  since: DefaultInstant
  expires_at: MaybeInstant
  /** Whom an outside lock belongs to, `user:anna`; null for one of a run. */
  taken_by: ColumnType<string | null, string | null | undefined, string | null>
}

interface RestorePointTable {
  id: string
  job_id: string
  job_name: string
  job_kind: string
  vault_id: string
  run_id: string
  /** Of the run that made it; of the job where the run is not known any more. */
  node_id: string | null
  asset: Json<AssetIdentity>
  taken_at: Instant
  finished_at: Instant
  size_bytes: number
  added_bytes: number
  item_count: number
  details: Json<Record<string, JsonValue>>
  location: string
  /** Of a disk set: which of its disks bears it. */
  disk: MaybeJson<VaultDisk>
  protected: Generated<boolean>
  verified_at: MaybeInstant
  verified_level: VerifyLevel | null
  verified_ok: boolean | null
  confirmed_at: Instant
  /** `removing` is committed before the first byte goes; `missing` was not there at the last listing. */
  state: 'present' | 'removing' | 'missing'
}

interface AssetTable {
  id: string
  node_id: string | null
  kind: string
  key: string
  name: string
  first_seen_at: Instant
  last_seen_at: Instant
}

interface VaultSizeTable {
  vault_id: string
  day: ColumnType<string, string, string>
  used_bytes: number
  free_bytes: number
}

/** A disk of a disk set, as it was last seen. One that nobody has seen yet has no row, or one that says so. */
interface DiskTable {
  vault_id: string
  uuid: string
  /** Machine it is plugged in to; null while it is absent. */
  host_id: string | null
  host_name: string | null
  device: string | null
  /** Another one each time it is plugged in. */
  attach_id: string | null
  attached_at: MaybeInstant
  seen_at: MaybeInstant
  /** Since when nothing uses it and all is written; null once a run takes it or it is unplugged. */
  safe_at: MaybeInstant
  total_bytes: number | null
  free_bytes: number | null
  health: MaybeJson<DiskHealth>
  health_at: MaybeInstant
  /** When somebody was told that it is overdue; null once it is not. */
  overdue_told_at: MaybeInstant
}

interface WorkerTable {
  id: string
  site: string
  host_id: string
  host_name: string
  boot_id: string
  pid: number
  /** Start time of the process in clock ticks since boot: with boot id and pid it names one process for ever. */
  process_start: string
  started_at: DefaultInstant
  seen_at: DefaultInstant
}

interface RevisionTable {
  object_kind: string
  object_id: string
  revision: number
  name: string
  /** Null when the revision is a deletion. */
  spec: MaybeJson<Record<string, JsonValue>>
  at: DefaultInstant
  by: string
}

interface SettingTable {
  key: string
  value: Json<JsonValue>
}

interface UserTable {
  id: string
  name: string
  password_hash: string
  role: Role
  /** Nodes the user is limited to; null for all. */
  node_ids: string[] | null
  is_disabled: Generated<boolean>
  language: NotificationLanguage
  time_zone: string
  revision: Generated<number>
  /** Goes up when all sessions are ended: one that was begun before cannot be stored any more. */
  session_epoch: Generated<number>
  last_sign_in_at: MaybeInstant
  created_at: DefaultInstant
  updated_at: DefaultInstant
}

/** From where somebody has signed in. */
interface UserAddressTable {
  user_id: string
  address: string
  seen_at: Instant
}

interface SessionTable {
  id: string
  /** SHA-256 of what the cookie holds. */
  secret_hash: Buffer
  user_id: string
  address: string
  user_agent: string
  created_at: Instant
  last_seen_at: Instant
  expires_at: Instant
}

interface ApiTokenTable {
  id: string
  name: string
  /** SHA-256 of the token. */
  secret_hash: Buffer
  user_id: string
  permissions: Permission[]
  created_at: Instant
  expires_at: MaybeInstant
  last_used_at: MaybeInstant
}

/** Failed attempts to sign in, by name (whether or not a user has it), by address, or by one from the other. */
interface SignInFailureTable {
  /** Empty: any name. */
  name: string
  /** Empty: any address. */
  address: string
  failures: number
  first_at: Instant
  last_at: Instant
}

interface IdempotencyKeyTable {
  /** User or token that sent it: nobody gets the answer to another one's request. */
  owner: string
  key: string
  request_hash: Buffer
  /** Null while the first request is being worked on. */
  status: number | null
  headers: MaybeJson<Record<string, string>>
  body: string | null
  created_at: DefaultInstant
}

interface SecretTable {
  name: string
  /** See kit/secret/sealed.ts. */
  sealed: Buffer
  /** Where it may be sent; null from when it is entered until it is used. */
  destinations: string[] | null
  created_at: DefaultInstant
  updated_at: DefaultInstant
  updated_by: string
}

interface DeliveryTable {
  id: string
  notification_id: string
  notification_name: string
  subject: Delivery['subject']
  event: string | null
  run_id: string | null
  job_name: string | null
  /** What the message tells where no run says it; of a message that some have got, who else is to get it. */
  facts: MaybeJson<Record<string, JsonValue>>
  state: Delivery['state']
  attempts: Generated<number>
  problem: string | null
  created_at: DefaultInstant
  last_tried_at: MaybeInstant
}

interface AuditTable {
  id: string
  at: DefaultInstant
  by: string
  action: string
  object: string | null
  object_id: string | null
  details: Json<Record<string, JsonValue>>
}

export interface Tables {
  users: UserTable
  user_addresses: UserAddressTable
  sessions: SessionTable
  api_tokens: ApiTokenTable
  sign_in_failures: SignInFailureTable
  idempotency_keys: IdempotencyKeyTable
  secrets: SecretTable
  deliveries: DeliveryTable
  audit: AuditTable
  nodes: ObjectTable
  vaults: ObjectTable
  policies: ObjectTable
  notifications: ObjectTable
  jobs: JobTable
  job_memory: JobMemoryTable
  run_plans: RunPlanTable
  runs: RunTable
  run_steps: RunStepTable
  run_log: RunLogTable
  journal: JournalTable
  locks: LockTable
  restore_points: RestorePointTable
  assets: AssetTable
  vault_sizes: VaultSizeTable
  disks: DiskTable
  workers: WorkerTable
  revisions: RevisionTable
  settings: SettingTable
}

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

/** Whole or not at all: in the transaction that is going on already, or in one of its own. */
export async function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? await work(db as Trx) : await db.transaction().execute(work)
}

/** JSON text for a jsonb column. node-postgres would turn an array into a PostgreSQL array instead. */
export function json(value: unknown): string {
  return JSON.stringify(clean(value))
}

/** Like {@link json}, for what is told about runs: no secret gets into the database by a log line or an error. */
export function toldJson(value: unknown): string {
  return JSON.stringify(tellable(value))
}
