import type {
  AssetIdentity,
  ConfigChange,
  ConfigDocument,
  ErrorReport,
  JobSpec,
  JobStatus,
  JsonValue,
  LockStatus,
  NotificationSpec,
  RestorePoint,
  RestorePointMarks,
  Run,
  RunFilter,
  RunLogLine,
  RunOperation,
  RunOutcome,
  RunProgress,
  RunReport,
  RunStatus,
  RunStep,
  RunTrigger,
  StoredPlan,
  VaultStatus,
} from '@holdfast/contract'
import type { FoundPoint, NewPoint, Node, Policy, Vault } from '../drivers/driver.ts'

/** What the engine needs from the store. The store conforms by shape; only main.ts knows both. */

export interface StoredJob {
  id: string
  name: string
  kind: string
  enabled: boolean
  isDeleted: boolean
  site: string
  /** With the names of node, vault and policy as they are now. */
  spec: JobSpec
  node: Node | null
  vault: Vault | null
  policy: Policy | null
  checkpoint: JsonValue
  nextRunAt: string | null
}

/** Parameters of a run that is not the job's own work. */
export type RunRequest =
  | { operation: 'verify'; pointIds: string[]; level: 'sample' | 'full' }
  | {
      operation: 'restore'
      pointId: string
      target: string
      paths: string[] | null
      options: Record<string, JsonValue>
    }

/** A run with what only the engine cares about. */
export interface StoredRun extends Run {
  site: string
  request: RunRequest | null
  checkpoint: JsonValue
  claim: string | null
  workerId: string | null
  notBefore: string | null
  /** Names of the locks it waits for. */
  waitingOn: string[]
  waitingSince: string | null
  recoveries: number
  approvedGuards: string[]
  cancelRequestedBy: string | null
}

export interface NewRun {
  jobId: string
  site: string
  operation: RunOperation
  trigger: RunTrigger
  slotAt: Date | null
  request: RunRequest | null
}

export interface LockRequest {
  name: string
  mode: 'shared' | 'exclusive'
  /** How many shared holders there may be; unlimited without it. */
  limit?: number
}

/** What the engine decides about a queued run once it sees it together with its job. */
export type ClaimDecision =
  | { action: 'start'; locks: LockRequest[] }
  | { action: 'wait'; reason: string; until: Date }
  | { action: 'finish'; outcome: RunOutcome; error: ErrorReport }

export type ClaimResult =
  | { state: 'claimed'; run: StoredRun; job: StoredJob }
  /** Locks are held by others, or the engine said wait; the run stays queued and another message is under way. */
  | { state: 'waiting' }
  /** The run belongs to a live claim: either this message was delivered twice or that worker is dead. */
  | { state: 'owned'; run: StoredRun }
  /** Nothing to do: finished, held, or gone. */
  | { state: 'settled' }

export interface StepRow extends RunStep {
  runId: string
}

export interface LogRow extends RunLogLine {
  runId: string
}

/** Everything that happened in a run since the last write. */
export interface RunNews {
  steps: StepRow[]
  lines: LogRow[]
}

export interface RunEnd extends RunNews {
  outcome: RunOutcome
  error: ErrorReport | null
  report: RunReport | null
  assets: AssetIdentity[]
  vaultSize: { usedBytes: number; freeBytes: number } | null
}

/** What one due job is to become; see domain/schedule. */
export interface SlotDecision {
  run: { slotAt: Date; trigger: 'schedule' | 'catch-up' } | null
  missed: { lastAt: Date; message: string } | null
  nextRunAt: Date | null
}

export interface RunStore {
  create(run: NewRun): Promise<StoredRun>
  get(id: string): Promise<StoredRun | null>
  list(filter: RunFilter): Promise<Run[]>
  live(): Promise<StoredRun[]>
  /** Live runs that some worker owns. */
  owned(): Promise<StoredRun[]>
  steps(runId: string): Promise<RunStep[]>
  log(runId: string, after: number, limit: number): Promise<RunLogLine[]>
  /** Where the steps and lines of earlier attempts end; -1 when there are none. */
  lastPositions(runId: string): Promise<{ lastStep: number; lastLine: number }>

  /** Turns due jobs into runs, at most `limit`, in one transaction with their queue messages. Returns how many. */
  takeDue(
    now: Date,
    limit: number,
    decide: (job: { spec: JobSpec; nextRunAt: Date }) => SlotDecision,
  ): Promise<number>
  /** Instant of the earliest slot of any enabled job. */
  earliestSlot(): Promise<Date | null>

  claim(
    runId: string,
    owner: { claim: string; workerId: string; now: Date },
    decide: (run: StoredRun, job: StoredJob) => ClaimDecision,
  ): Promise<ClaimResult>
  /** Each of these writes only while `claim` owns the run and throws `worker-lost` otherwise. */
  setPlan(run: StoredRun, plan: StoredPlan): Promise<void>
  setStatus(run: StoredRun, status: RunStatus, news: RunNews): Promise<void>
  hold(run: StoredRun, plan: StoredPlan, news: RunNews): Promise<void>
  requeue(
    run: StoredRun,
    /** `keepsWaiting`: the time it has waited for a lock goes on, so that it ends at some point. */
    next: {
      notBefore: Date
      reason: string
      attempt: number
      keepsWaiting: boolean
      error: ErrorReport | null
    },
    news: RunNews,
  ): Promise<void>
  finish(run: StoredRun, end: RunEnd): Promise<void>
  /** Progress and news of all runs of a worker; returns the ids that are no longer its own and those to cancel. */
  pulse(
    worker: WorkerIdentity,
    runs: { id: string; claim: string; progress: RunProgress | null; news: RunNews }[],
  ): Promise<{ lost: string[]; cancel: { id: string; by: string }[] }>
  saveCheckpoint(run: StoredRun, state: JsonValue): Promise<void>

  /** Makes a run ours whose worker is gone; null when it ended or somebody else was faster. */
  takeOver(run: StoredRun, owner: { claim: string; workerId: string }): Promise<StoredRun | null>
  /** Ends a run that we took over as `lost` and plans it again, unless that was tried too often. */
  recover(run: StoredRun, error: ErrorReport, maxRecoveries: number): Promise<StoredRun | null>
  /** Ends a queued run as failed that can never be claimed. */
  abandon(runId: string, error: ErrorReport): Promise<void>
  requestCancel(runId: string, by: string): Promise<'canceled' | 'requested' | 'finished' | 'unknown'>
  decideHeld(
    runId: string,
    decision: { approve: boolean; by: string; error: ErrorReport | null },
  ): Promise<boolean>
  /** Sends a message for every queued run that has none: they get lost with a restored database, or in a queue that gave up. */
  resend(createdBefore: Date): Promise<number>
}

export interface JournalEntry {
  id: string
  runId: string
  /** The claim under which it was taken: another attempt of the same run has another one. */
  claim: string
  kind: string
  scope: 'host' | 'anywhere'
  hostId: string
  data: JsonValue
}

export interface JournalStore {
  add(entry: Omit<JournalEntry, 'id'>): Promise<string>
  remove(id: string): Promise<void>
  /** What other claims than this one left for a run. */
  leftovers(runId: string, claim: string): Promise<JournalEntry[]>
  /** Entries whose claim owns its run no more. */
  orphans(): Promise<JournalEntry[]>
  /** Makes a release ours for a minute, so that no two processes do it at once; false when another one has it. */
  beginRelease(id: string): Promise<boolean>
}

export interface LockStore {
  list(): Promise<LockStatus[]>
  /** Takes an outside lock; null when taken, else who holds it. */
  acquire(request: { name: string; holder: string; expiresAt: Date }): Promise<string | null>
  release(name: string, holder: string): Promise<boolean>
  /** Takes one more lock for a live run; false when somebody else has it. */
  tryForRun(run: StoredRun, request: LockRequest): Promise<boolean>
  releaseForRun(run: StoredRun, name: string): Promise<void>
}

export interface CatalogPoint extends RestorePoint {
  state: 'present' | 'removing' | 'missing'
  /** A run holds a lock on it. */
  inUse: boolean
}

/** A point as a run made it, or as it was found on a vault with its marks. */
export type CatalogedPoint = NewPoint | FoundPoint

export interface PointStore {
  list(filter: {
    jobId?: string
    vaultId?: string
    limit?: number
    anyState?: boolean
  }): Promise<CatalogPoint[]>
  get(id: string): Promise<CatalogPoint | null>
  /** Adds points to the catalog; what is there already is confirmed. */
  add(points: readonly CatalogedPoint[], confirmedAt: Date): Promise<{ added: number; confirmed: number }>
  setVerified(id: string, verified: Omit<RestorePointMarks, 'protected'>): Promise<void>
  /** False when it is not there or is being removed. */
  setProtected(id: string, isProtected: boolean): Promise<boolean>
  /** From here on it is no restore point any more. False when it is protected or gone: then it must stay. */
  beginRemoval(id: string): Promise<boolean>
  setMissing(id: string): Promise<void>
  remove(id: string): Promise<void>
  vaultSizes(vaultId: string): Promise<{ day: string; usedBytes: number; freeBytes: number }[]>
  vaultTotals(): Promise<Omit<VaultStatus, 'freeBytes' | 'forecast'>[]>
}

/** A job with what its status is computed from, in one query for all jobs. */
export interface JobOverview {
  id: string
  name: string
  kind: string
  enabled: boolean
  site: string
  nextRunAt: string | null
  rpo: string | null
  lastRun: JobStatus['lastRun']
  newestGoodAt: string | null
  confirmedAt: string | null
  pointCount: number
}

export interface ObjectStore {
  jobOverview(): Promise<JobOverview[]>
  jobs(): Promise<StoredJob[]>
  job(ref: string): Promise<StoredJob | null>
  vaults(): Promise<Vault[]>
  vault(ref: string): Promise<Vault | null>
  /** Null when it is deleted or switched off. */
  notification(id: string): Promise<NotificationSpec | null>
  /** The configuration in force, names instead of ids. */
  document(): Promise<ConfigDocument>
  /** Applies changes in one transaction, each as a new revision. Vaults and jobs may be given the id they had before. */
  apply(
    document: ConfigDocument,
    changes: ConfigChange[],
    options: { by: string; vaultIds: Map<string, string>; nextRunAt: (spec: JobSpec) => Date | null },
  ): Promise<void>
  /** Gives a job or vault the id that its data on the vault bears. */
  adoptId(kind: 'jobs' | 'vaults', name: string, id: string): Promise<void>
  /** A disabled job for restore points whose job is unknown. */
  createDetachedJob(job: { id: string; name: string; kind: string; vaultId: string }): Promise<void>
  /** Next slots anew for every job, after the clock was set back. */
  replan(decide: (spec: JobSpec, nextRunAt: Date | null) => Date | null): Promise<number>
}

export interface WorkerIdentity {
  id: string
  site: string
  hostId: string
  hostName: string
  bootId: string
  pid: number
  processStart: string
}

export interface WorkerStore {
  register(worker: WorkerIdentity): Promise<void>
  unregister(id: string): Promise<void>
  /** `silentMs` by the clock of the database: the clocks of two machines differ. */
  list(): Promise<(WorkerIdentity & { startedAt: string; seenAt: string; silentMs: number })[]>
}

/** One notification about one thing that happened to a run. */
export interface NotificationMessage {
  runId: string
  notificationId: string
  event: RunOutcome | 'held'
}

export interface RunQueue {
  /** Calls `handle` for every message of the site until `stop`. A message whose process died comes again. */
  work(site: string, concurrency: number, handle: (runId: string) => Promise<void>): Promise<void>
  workNotifications(handle: (message: NotificationMessage) => Promise<void>): Promise<void>
  /** Takes no more messages; the ones being handled go on. */
  pause(site: string): Promise<void>
  stop(): Promise<void>
}

export interface SettingStore {
  get(key: string): Promise<JsonValue>
  set(key: string, value: JsonValue): Promise<void>
}

export interface Store {
  /** Deletes log lines and runs that are too old. */
  forgetOld(): Promise<{ logLines: number; runs: number }>
  runs: RunStore
  journal: JournalStore
  locks: LockStore
  points: PointStore
  objects: ObjectStore
  workers: WorkerStore
  settings: SettingStore
}
