import type {
  AroundRun,
  AssetIdentity,
  Delivery,
  DeliveryFilter,
  Digest,
  ErrorReport,
  JobSpec,
  JsonValue,
  LockStatus,
  LockTimeout,
  NotificationSpec,
  OverdueDisk,
  Page,
  Phrase,
  Run,
  RunDisk,
  RunFilter,
  RunLogLine,
  RunOperation,
  RunOutcome,
  RunProgress,
  RunReport,
  RunStatus,
  RunStep,
  RunSummary,
  RunTrigger,
  StoredPlan,
  StoredSecret,
  VaultDisk,
} from '@holdfast/contract'
import type {
  AuditStore,
  DiskStore,
  ObjectStore,
  OverviewStore,
  PointStore,
  Scope,
  StoredJob,
} from './catalog-ports.ts'

export type * from './catalog-ports.ts'

/** What the engine needs from the store. The store conforms by shape; only main.ts knows both. */

export interface StoredRestoreRequest {
  operation: 'restore'
  pointId: string
  target: string
  paths: string[] | null
  options: Record<string, JsonValue>
  /** Of a restore that goes to a node: as it was when it was asked for. Its name at the beginning of the target may be another one by now. */
  node?: { id: string; maxParallelRuns: number }
  /** Asked for by somebody limited to some nodes, who may only restore into the `restoreRoots` of the job’s node. */
  limited?: boolean
  /** Asked for by an administrator: everybody else restores only to folders that the configuration names. */
  administers?: boolean
}

export interface EntriesOf {
  pointId: string
  path: string
  after: string | null
  limit: number
}

/** Parameters of a run that is not the job's own work. */
export type RunRequest =
  | { operation: 'verify'; pointIds: string[]; level: 'sample' | 'full' }
  | StoredRestoreRequest
  /** Without a restore it plans the job's own work, or its preparation. */
  | { operation: 'plan'; restore: StoredRestoreRequest | null; prepare?: true; entries?: undefined }
  /** What is in one folder of a restore point. */
  | { operation: 'plan'; entries: EntriesOf }

/** A run with what only the engine cares about. */
export interface StoredRun extends Run {
  site: string
  /** Of the job when the run was made: the run belongs to it. */
  nodeId: string | null
  /** Nodes that the settings of the job referred to then, and the one that a restore goes to. */
  namedNodeIds: readonly string[]
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
}

export interface NewRun {
  jobId: string
  site: string
  operation: RunOperation
  trigger: RunTrigger
  slotAt: Date | null
  request: RunRequest | null
  /** `user:anna`, `cli:root`; null when nobody asked for it. */
  startedBy: string | null
  /** The disk that was plugged in: the run uses this one, whatever else is in the bay. */
  disk?: VaultDisk | null
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
  | { action: 'wait'; reason: Phrase; until: Date }
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

export interface PulsedRun {
  id: string
  claim: string
  progress: RunProgress | null
  /** Whether any of it is new since the last time. */
  hasNews: boolean
  news: RunNews
}

export interface RunEnd extends RunNews {
  outcome: RunOutcome
  error: ErrorReport | null
  report: RunReport | null
  assets: AssetIdentity[]
  vaultSize: { usedBytes: number; freeBytes: number } | null
  /** For the job to remember; what it remembered stays without it, and null forgets that. */
  remember?: JsonValue | undefined
}

/** What one due job is to become; see domain/schedule. */
export interface SlotDecision {
  run: { slotAt: Date; trigger: 'schedule' | 'catch-up' } | null
  missed: { lastAt: Date; message: string } | null
  nextRunAt: Date | null
}

/** A filter whose job is an id. */
export type RunListFilter = Omit<RunFilter, 'job'> & { jobId?: string | undefined }

export interface RunStore {
  create(run: NewRun): Promise<StoredRun>
  /**
   * The run of a job's own work that somebody started and that has not begun; null without one. Until the end of the
   * transaction nobody else starts one.
   */
  waitingByHand(jobId: string): Promise<StoredRun | null>
  get(id: string): Promise<StoredRun | null>
  /** Newest first. */
  list(filter: RunListFilter, scope: Scope): Promise<Page<RunSummary>>
  live(): Promise<StoredRun[]>
  /** Live runs of the scope, the oldest first. */
  active(limit: number, scope: Scope): Promise<RunSummary[]>
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
  /** With the fields that only its driver knows, which a run itself does not bear; null before there is a plan. */
  wholePlan(runId: string): Promise<StoredPlan | null>
  /** Which disk it uses, and how it left it. */
  setDisk(run: StoredRun, disk: RunDisk): Promise<void>
  setStatus(run: StoredRun, status: RunStatus, news: RunNews): Promise<void>
  hold(run: StoredRun, plan: StoredPlan, news: RunNews): Promise<void>
  requeue(
    run: StoredRun,
    /** `keepsWaiting`: the time it has waited for a lock goes on, so that it ends at some point. */
    next: {
      notBefore: Date
      reason: Phrase
      attempt: number
      keepsWaiting: boolean
      error: ErrorReport | null
    },
    news: RunNews,
  ): Promise<void>
  finish(run: StoredRun, end: RunEnd): Promise<void>
  /** Progress and news of all runs of a worker; returns the ids that are no longer its own and those to cancel. */
  /**
   * Tells that the job's own work has begun, once for each run however often it is tried. The message names the disk of
   * the run: to be called once that is written down. Throws `worker-lost` when the claim is gone.
   */
  announceStart(run: StoredRun): Promise<void>
  pulse(
    worker: WorkerIdentity,
    runs: PulsedRun[],
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
  /**
   * Takes an outside lock, or prolongs it for the holder it has, when that was named by the same `takenBy`. Null when
   * taken, else who holds it.
   */
  acquire(request: { name: string; holder: string; expiresAt: Date; takenBy: string }): Promise<string | null>
  /** Who took it, when that was somebody else: then it stays. `takenBy` of null gives back anybody's. */
  release(request: {
    name: string
    holder: string
    takenBy: string | null
  }): Promise<'released' | 'not-held' | { takenBy: string }>
  /** Takes one more lock for a live run; false when somebody else has it. */
  tryForRun(run: StoredRun, request: LockRequest): Promise<boolean>
  releaseForRun(run: StoredRun, name: string): Promise<void>
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

/** A message to a receiver that waits to be delivered; the row of the delivery says what and to whom. */
export interface NotificationMessage {
  deliveryId: string
}

export interface StoredDelivery {
  id: string
  notificationId: string
  subject: Delivery['subject']
  /** What a run came to, the slot of a digest, the label of a disk, the name of a lock. */
  event: string | null
  runId: string | null
  /** Counts the try that is going on. */
  attempts: number
  /** What is told, where no run says it. */
  told: OverdueDisk | LockTimeout | null
  /** Null while no receiver, or every one, has got it. */
  part: PartSent | null
}

/** Of a mail that some of its receivers have got. */
export interface PartSent {
  /** Addresses that were refused for now: the next try goes to them alone. */
  to: string[]
  /** What was said of those that were refused for good; null without any. */
  refused: string | null
}

/** A notification that is switched on and sends digests. */
export interface DigestReceiver {
  id: string
  spec: NotificationSpec
  updatedAt: Date
  /** Slot of its newest digest, whatever became of it. */
  lastSlot: Date | null
}

/** Every message to a receiver with how its delivery went, written so that it is true after a crash. */
export interface DeliveryStore {
  /** Newest first. `notification` is a name or an id. */
  list(filter: DeliveryFilter): Promise<Page<Delivery>>
  /** Writes down that a try begins; null when it was delivered or given up already. */
  begin(id: string, at: Date): Promise<StoredDelivery | null>
  /** Writes down how a try went; `waiting` means that another one follows. Secrets in the problem are masked. */
  end(id: string, state: Delivery['state'], problem: string | null, part?: PartSent | null): Promise<Delivery>
  /** Writes down a test message whose only try begins now. */
  beginTest(notification: { id: string; name: string }, at: Date): Promise<string>
  digestReceivers(): Promise<DigestReceiver[]>
  /** A digest waits from here on, with its message in the queue; false when the slot has one already. */
  addDigest(notification: { id: string; name: string }, slot: Date): Promise<boolean>
  /** Slot of the newest digest before this one that was not given up. */
  slotBefore(notificationId: string, slot: Date): Promise<Date | null>
  /** What a digest tells; `jobs` are names, null for all. */
  digest(period: { from: Date; to: Date }, jobs: readonly string[] | null, now: Date): Promise<DigestFacts>
  /** What a message about a run says beyond it, by the settings of now. */
  aroundRun(run: Run): Promise<AroundRun>
  /** Mail addresses of whoever carries a disk, by the settings of now. */
  carriers(vaultId: string, uuid: string): Promise<readonly string[]>
  /** Every disk of every disk set, those of a vault in the order of its settings. */
  diskRotation(now: Date): Promise<DiskRotation[]>
  /** Tells of every disk that has become overdue, once until it is back; how many. */
  tellOverdueDisks(now: Date): Promise<number>
  /** Tells that a wait for a lock was in vain, once in an hour for each waiter and lock; false when nobody hears of it now. */
  tellLockTimeout(lock: LockTimeout): Promise<boolean>
  /** Sends anew what waits without a message in the queue since before an instant, and gives up what is too old. */
  resend(waitingSince: Date): Promise<number>
}

/** A disk of a disk set with its newest good restore point, and by when it should be back with a newer one. */
export type DiskRotation = Omit<OverdueDisk, 'dueAt'> & {
  /** Null where the set has no rotation rule. A disk without a copy is due as long after it was entered. */
  readonly dueAt: string | null
  readonly isOverdue: boolean
}

/** A digest without what is not counted by the database. */
export type DigestFacts = Omit<Digest, 'from' | 'to' | 'vaults' | 'selfBackupProblem'>

/** Secrets as they lie in the database: sealed. See kit/secret/sealed.ts. */
export interface SecretStore {
  list(): Promise<StoredSecret[]>
  /** `destinations` is where it may be sent; null while that is open, since it was entered. */
  get(name: string): Promise<{ sealed: Buffer; destinations: string[] | null } | null>
  /** Says where it may be sent, unless that was said since it was entered. */
  bind(name: string, destinations: readonly string[]): Promise<void>
  /** What was sealed when the first secret was put, to know the right key by; null while there is no secret. */
  check(): Promise<Buffer | null>
  /**
   * A new value may be sent anywhere until it is bound. False, and nothing is written, when the check value is another
   * one: another process made another key.
   */
  put(secret: { name: string; sealed: Buffer; check: Buffer; by: string }): Promise<boolean>
  /** Forgets the check value with the last secret. False when there is none of that name. */
  remove(name: string): Promise<boolean>
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
  disks: DiskStore
  objects: ObjectStore
  overview: OverviewStore
  audit: AuditStore
  workers: WorkerStore
  settings: SettingStore
  deliveries: DeliveryStore
  secrets: SecretStore
  /** What `work` does to the store it is given is done whole or not at all: no change without its line in the records. */
  atomically<T>(work: (store: Store) => Promise<T>): Promise<T>
  /** Does the work unless another process is at work under that name; false then. A process that dies lets go. */
  exclusively(name: string, work: () => Promise<void>): Promise<boolean>
}
