import type { ConfigDocument, ObjectKind, ObjectSpec } from '../config/document.ts'
import type { ScheduleSpec } from '../config/job.ts'
import type { JsonValue } from '../json.ts'
import type { Page } from '../page.ts'
import type { StoredPlan } from '../plan.ts'
import type { PointEntry, RestorePoint, VerifyLevel } from '../restore-point.ts'
import type { Run, RunLogLine, RunOperation, RunOutcome, RunStatus, RunStep, RunSummary } from '../run.ts'
import type { BayDisk } from './disk.ts'
import type {
  AuditEntry,
  ConfigChange,
  ConfigObject,
  ConfigPlan,
  ConfigProblem,
  Delivery,
  JobKind,
  ObjectRevision,
  StoredSecret,
} from './objects.ts'
import type { CoverageState, Finding, JobStatus, LockStatus, ReindexReport, Status } from './status.ts'

/** A page of a list: `limit` items after the cursor that the page before ended with. */
export interface PageRequest {
  limit?: number | undefined
  after?: string | undefined
}

export interface RunFilter extends PageRequest {
  /** Name or id of the job. */
  job?: string | undefined
  /** The job kind. */
  kind?: string | undefined
  status?: RunStatus[] | undefined
  outcome?: RunOutcome[] | undefined
  operation?: RunOperation | undefined
  /** Created at this instant or later. */
  from?: string | undefined
  /** Created before this instant. */
  to?: string | undefined
}

export interface JobFilter extends PageRequest {
  /** Part of the name, in any case. */
  q?: string | undefined
  kind?: string | undefined
  coverage?: CoverageState[] | undefined
  enabled?: boolean | undefined
  node?: string | undefined
  vault?: string | undefined
}

export interface PointFilter extends PageRequest {
  job?: string | undefined
  vault?: string | undefined
  /** Part of the name or key of the asset. */
  q?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export interface AuditFilter extends PageRequest {
  objectId?: string | undefined
  by?: string | undefined
  /** What a user did, signed in or with an API token: the bare name. */
  user?: string | undefined
  action?: string | undefined
  /** Part of what the object was called at that time, in any case. */
  object?: string | undefined
  /** At this instant or later, and before this one. */
  from?: string | undefined
  to?: string | undefined
}

export interface DeliveryFilter extends PageRequest {
  notification?: string | undefined
  state?: Delivery['state'] | undefined
  runId?: string | undefined
}

export interface RestoreRequest {
  restorePointId: string
  /** Absolute path of the folder to restore into; `NODE/DATABASE` for kinds of job that restore to a node. */
  target: string
  /** What to restore, relative to the asset; everything when absent. */
  paths?: string[] | undefined
  /** Settings of the job kind, checked by its restore schema. */
  options?: Record<string, JsonValue> | undefined
}

export interface EntriesRequest extends PageRequest, Preview {
  /** Relative to the asset; the asset itself when empty. */
  path: string
}

/** Who asks for something to be done, for the records: `user:anna`, `token:ci of anna`, `cli:root`. */
export interface By {
  by: string
}

/** How a run is started: by a person, or by a script through the API. */
export interface Start extends By {
  trigger?: 'manual' | 'api' | undefined
}

export interface RunRead {
  plan?: 'told' | 'whole' | undefined
}

/** A preview that nobody waits for any more is canceled. */
export interface Preview {
  signal?: AbortSignal | undefined
}

/**
 * Everything that can be asked of the control plane. The CLI and the API speak to this and to nothing else.
 * Names and ids are interchangeable wherever an argument is called `ref`. Every method throws HoldfastError only.
 */
export interface Control {
  status(): Promise<Status>
  /** By name. */
  listJobs(filter: JobFilter): Promise<Page<JobStatus>>
  getJob(ref: string): Promise<JobStatus>
  /** Newest first. */
  listRuns(filter: RunFilter): Promise<Page<RunSummary>>
  /** Of its plan, what everybody reads; with `plan: 'whole'` also what only the driver does. */
  getRun(ref: string, options?: RunRead): Promise<Run>
  listSteps(runId: string): Promise<RunStep[]>
  /** Log lines after a position, oldest first, at most `limit`. */
  readLog(runId: string, after: number, limit: number): Promise<RunLogLine[]>
  /** Newest first. */
  listPoints(filter: PointFilter): Promise<Page<RestorePoint>>
  /** By id, or the newest good one of a job: `documents`, `documents@latest`, `documents@2026-11-20T03:00`. */
  getPoint(ref: string): Promise<RestorePoint>
  /** What is in one folder of a restore point, folders first, each by name. Read by a worker, as a preview is. */
  listEntries(ref: string, request: EntriesRequest): Promise<Page<PointEntry>>
  protectPoint(ref: string, isProtected: boolean, options: By): Promise<void>

  startJob(jobRef: string, options: Start): Promise<Run>
  /** Starts the jobs of the disk set that knows the disk; none while their runs wait or go on already. */
  startByDisk(uuid: string, options: By): Promise<Run[]>
  /** Every file system that workers see in the bays of their machines. */
  listBay(): Promise<BayDisk[]>
  /** Made by a worker of the job's site; given up when `signal` fires. Throws `worker-absent`, and what the plan meets. */
  previewPlan(jobRef: string, options?: Preview): Promise<StoredPlan>
  /** Makes what must be there before the job can work. Throws `config-invalid` for a kind that prepares nothing. */
  startPreparation(jobRef: string, options: Start): Promise<Run>
  previewPreparation(jobRef: string, options?: Preview): Promise<StoredPlan>
  startVerify(pointRefs: string[], level: VerifyLevel, options: Start): Promise<Run[]>
  startRestore(request: RestoreRequest, options: Start): Promise<Run>
  previewRestore(request: RestoreRequest, options?: Preview): Promise<StoredPlan>
  cancelRun(runId: string, options: By): Promise<void>
  approveRun(runId: string, options: By): Promise<void>
  refuseRun(runId: string, options: By): Promise<void>

  /** By name. */
  listObjects<K extends ObjectKind>(kind: K, filter: ObjectFilter): Promise<Page<ConfigObject<K>>>
  getObject<K extends ObjectKind>(kind: K, ref: string): Promise<ConfigObject<K>>
  createObject<K extends ObjectKind>(kind: K, spec: ObjectSpec<K>, options: By): Promise<ConfigObject<K>>
  /** Its name may change, its id stays. Throws `edit-conflict` when the revision is not the present one. */
  replaceObject<K extends ObjectKind>(
    kind: K,
    ref: string,
    spec: ObjectSpec<K>,
    options: Edit,
  ): Promise<ConfigObject<K>>
  /** Throws `object-in-use` while another one refers to it. Restore points stay where they are. */
  deleteObject(kind: ObjectKind, ref: string, options: Edit): Promise<void>
  /** Newest first. */
  listRevisions(kind: ObjectKind, ref: string): Promise<ObjectRevision[]>
  jobKinds(): Promise<JobKind[]>
  /** The next `count` times a schedule is due. */
  previewSchedule(schedule: ScheduleSpec, count: number): Promise<string[]>

  /** Differences between a configuration and what is in force; with `prune`, objects not named in it are deleted. */
  planConfig(document: ConfigDocument, options: { prune: boolean }): Promise<ConfigPlan>
  /** All of it or nothing. Throws `config-conflict` when it would do something else than the plan of the fingerprint. */
  applyConfig(
    document: ConfigDocument,
    /** A fingerprint of null applies whatever differs by now. */
    options: { prune: boolean; by: string; fingerprint: string | null },
  ): Promise<ConfigChange[]>
  exportConfig(): Promise<ConfigDocument>
  /** Checks beyond the schema: names that refer to nothing, kinds nobody knows, driver settings, cron expressions. */
  checkConfig(document: ConfigDocument): Promise<ConfigProblem[]>

  listSecrets(): Promise<StoredSecret[]>
  /** Keeps a value under a name, encrypted; replaces the one before. */
  putSecret(name: string, value: string, options: By): Promise<void>
  /** Throws `object-in-use` while a notification, node, vault or job refers to it. */
  deleteSecret(name: string, options: By): Promise<void>

  /** Newest first. */
  listDeliveries(filter: DeliveryFilter): Promise<Page<Delivery>>
  /** Sends a test message now and says how it went. */
  testNotification(ref: string, options: By): Promise<Delivery>
  /** Newest first. */
  listAudit(filter: AuditFilter): Promise<Page<AuditEntry>>

  acquireLock(request: {
    name: string
    holder: string
    leaseSeconds: number
    waitSeconds: number
    /** In earlier requests, for what is told of a wait in vain. */
    waitedSeconds?: number | undefined
    /** Whether a wait in vain is told by notifications; without it when `waitSeconds` is not 0. */
    tellTimeout?: boolean | undefined
    signal?: AbortSignal
    /** Who asks, for the records; the holder without it. */
    by?: string
  }): Promise<void>
  /** False when it was not held. Throws `not-allowed` for a lock that somebody else took, unless one may configure. */
  releaseLock(name: string, holder: string, by?: string): Promise<boolean>
  listLocks(): Promise<LockStatus[]>

  reindex(options: { paths: string[]; dryRun: boolean; by: string }): Promise<ReindexReport>
  doctor(): Promise<Finding[]>
}

export interface ObjectFilter extends PageRequest {
  /** Part of the name, in any case. */
  q?: string | undefined
}

/** An edit of something that was read before. */
export interface Edit extends By {
  /** The revision that was read; null edits whatever is there. */
  revision: number | null
}
