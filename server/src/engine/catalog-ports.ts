import type {
  AuditEntry,
  AuditFilter,
  ConfigChange,
  ConfigDocument,
  ConfigObject,
  DiskHealth,
  JobFilter,
  JobSpec,
  JobStatus,
  JsonValue,
  NotificationSpec,
  ObjectFilter,
  ObjectKind,
  ObjectRevision,
  ObjectSpec,
  Page,
  PointFilter,
  RestorePoint,
  RestorePointMarks,
  SecretReference,
  Status,
  VaultStatus,
} from '@holdfast/contract'
import type { Estate, FoundPoint, NewPoint, Node, Policy } from '../drivers/driver.ts'
import type { StoredVault } from './vault-port.ts'

export type { Estate } from '../drivers/driver.ts'

/** What the engine needs from the store about the catalog: objects, jobs, restore points, and who changed what. */

/**
 * What somebody may see: everything, or the jobs on some nodes with what they made there. A job without a node belongs to
 * none; runs and restore points belong to the node they were made on, also when their job has another one now.
 */
export interface Scope {
  /** Ids; null for everything. */
  readonly nodeIds: readonly string[] | null
}

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
  /** Its own and those that its settings name. */
  nodes: readonly Node[]
  vault: StoredVault | null
  policy: Policy | null
  checkpoint: JsonValue
  nextRunAt: string | null
}

export interface CatalogPoint extends RestorePoint {
  /** Node it was made on. */
  nodeId: string | null
  state: 'present' | 'removing' | 'missing'
  /** A run holds a lock on it. */
  inUse: boolean
  /** The run that made it was started by somebody, not by the schedule; false once that run is forgotten. */
  byHand: boolean
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
  add(
    points: readonly CatalogedPoint[],
    confirmedAt: Date,
    /** Ids of points that the new ones were made out of: they exist no more. */
    replaced?: readonly string[],
  ): Promise<{ added: number; confirmed: number }>
  setVerified(id: string, verified: Omit<RestorePointMarks, 'protected'>): Promise<void>
  /** False when it is not there or is being removed. */
  setProtected(id: string, isProtected: boolean): Promise<boolean>
  /** From here on it is no restore point any more. False when it is protected or gone: then it must stay. */
  beginRemoval(id: string): Promise<boolean>
  setMissing(id: string): Promise<void>
  remove(id: string): Promise<void>
  vaultSizes(vaultId: string): Promise<{ day: string; usedBytes: number; freeBytes: number }[]>
  /** Newest first. In the filter job and vault are ids. */
  page(filter: PointFilter, scope: Scope): Promise<Page<RestorePoint>>
  /** What the restore points of the scope take in each vault it uses, by name. */
  vaultTotals(scope: Scope): Promise<Omit<VaultStatus, 'freeBytes' | 'problem' | 'forecast' | 'disks'>[]>
}

/** An object in force. */
export interface ObjectState {
  kind: ObjectKind
  id: string
  name: string
  revision: number
}

/** Who writes objects, and when a job is due that is written. */
export interface WriteOptions {
  by: string
  nextRunAt: (spec: JobSpec) => Date | null
  /** Names of the nodes that the settings of a job refer to, beside its own. */
  nodeNames: (spec: JobSpec) => readonly string[]
}

/** Something that refers to another one and so keeps it from being deleted. */
export interface ObjectUser {
  kind: ObjectKind | 'runs'
  /** Of a run its id. */
  name: string
}

export interface ObjectStore {
  jobs(): Promise<StoredJob[]>
  job(ref: string): Promise<StoredJob | null>
  /** What the last run of a job that ended well asked to remember; null when nothing is. */
  remembered(jobId: string): Promise<JsonValue>
  vaults(): Promise<StoredVault[]>
  vault(ref: string): Promise<StoredVault | null>
  /** Null when it is deleted or switched off. */
  notification(id: string): Promise<NotificationSpec | null>
  /** The configuration in force, names instead of ids. */
  document(): Promise<ConfigDocument>
  /** Names in force of every kind. */
  names(): Promise<Record<ObjectKind, string[]>>
  /** What is in force, at which revision. */
  states(): Promise<ObjectState[]>
  /**
   * Applies changes in one transaction, each as a new revision. Vaults and jobs may be given the id they had before.
   * Throws `config-conflict` unless `seen`, the objects the changes were found at, is as it is.
   */
  apply(
    document: ConfigDocument,
    changes: ConfigChange[],
    options: WriteOptions & { vaultIds: Map<string, string>; seen: readonly ObjectState[] },
  ): Promise<void>
  /** Gives a job or vault the id that its data on the vault bears. */
  adoptId(kind: 'jobs' | 'vaults', name: string, id: string): Promise<void>
  /** A disabled job for restore points whose job is unknown. */
  createDetachedJob(job: { id: string; name: string; kind: string; vaultId: string }): Promise<void>
  /** Next slots anew for every job, after the clock was set back. */
  replan(decide: (spec: JobSpec, nextRunAt: Date | null) => Date | null): Promise<number>

  /** By name: jobs on the nodes of the scope, these nodes, and the vaults and policies that such a job uses. */
  list<K extends ObjectKind>(kind: K, filter: ObjectFilter, scope: Scope): Promise<Page<ConfigObject<K>>>
  /** One that is in force and in the scope, by id or name. */
  get<K extends ObjectKind>(kind: K, ref: string, scope: Scope): Promise<ConfigObject<K> | null>
  /** Newest first. */
  revisions(kind: ObjectKind, id: string): Promise<ObjectRevision[]>
  /** Returns the id: the one given, or a new one. Throws `object-exists`. */
  create<K extends ObjectKind>(
    kind: K,
    spec: ObjectSpec<K>,
    options: WriteOptions & { id: string | null },
  ): Promise<string>
  /** Also mends notifications that name a job by its old name. Throws `edit-conflict`, `object-exists`. */
  replace<K extends ObjectKind>(
    kind: K,
    id: string,
    spec: ObjectSpec<K>,
    options: WriteOptions & { revision: number | null },
  ): Promise<void>
  /** Throws `edit-conflict`, `object-in-use`. */
  delete(kind: ObjectKind, id: string, options: { by: string; revision: number | null }): Promise<void>
  /** Objects whose settings refer to a secret by its name. */
  usersOfSecret(name: string): Promise<ObjectUser[]>
  /** The start addresses of that name, of jobs that are in force and switched on, by the name of the job. */
  startHooks(name: string): Promise<{ jobId: string; reference: SecretReference }[]>
}

/** Jobs with what the catalog says about them. */
export interface OverviewStore {
  /** By name. In the filter node and vault are ids. */
  jobs(filter: JobFilter, scope: Scope, now: Date): Promise<Page<JobStatus>>
  /** Null when there is none or it was deleted. */
  job(id: string, scope: Scope, now: Date): Promise<JobStatus | null>
  /** Everything, whatever the scope of whoever asks. */
  estate(now: Date): Promise<Estate>
  /** What the status of the whole counts. */
  totals(
    scope: Scope,
    now: Date,
  ): Promise<Pick<Status, 'jobCount' | 'coverage' | 'recentRuns' | 'failures' | 'nextRuns'>>
}

/** Who did what when. The store itself writes down what changes objects. */
export interface AuditStore {
  add(entry: {
    by: string
    /** What was done to what kind of thing: `job.start`. */
    action: string
    /** Its name. */
    object: string | null
    objectId: string | null
    /** Small; never a secret. */
    details: Record<string, string | number | boolean | null>
  }): Promise<void>
  /** Newest first. */
  list(filter: AuditFilter): Promise<Page<AuditEntry>>
}

/** A disk of a disk set that a machine finds in its bay. */
export interface FoundDisk {
  vaultId: string
  /** As the settings of the vault spell it. */
  uuid: string
  device: string
  /** Another one each time it is plugged in. */
  attachId: string
}

/** What is known of a disk of a disk set besides its dates; see DeliveryStore.diskRotation for those. */
export interface KnownDisk {
  uuid: string
  /** Where it is plugged in; null while it is absent. */
  place: { hostId: string; host: string; device: string } | null
  seenAt: string | null
  /** Since when nothing uses it and all is written; null once a run takes it or it is unplugged. */
  safeAt: string | null
  /** A run is using it. */
  isBusy: boolean
  totalBytes: number | null
  freeBytes: number | null
  health: DiskHealth | null
  healthAt: string | null
  /** Restore points on it that are in the scope. */
  pointCount: number
}

/**
 * Disks of disk sets. What a machine says of its bay holds for a minute and a half, so that the disks of one that is
 * switched off are absent soon; its workers say it again all the time.
 */
export interface DiskStore {
  /**
   * Writes down all disks of disk sets that a machine finds in its bay; what was in there before is absent from here on.
   * Returns those plugged in since it last said so, each once, whichever worker of the machine asks first: what is
   * started for them belongs into the same transaction. One that was announced just before is not among them.
   */
  see(host: { hostId: string; hostName: string }, found: readonly FoundDisk[]): Promise<FoundDisk[]>
  /**
   * Somebody says that a disk was plugged in. Returns in whose bay it is, null where no worker sees it yet, and since when
   * it is known to be plugged in if that is news of the last half minute: jobs may have been started for it since.
   */
  announce(vaultId: string, uuid: string): Promise<{ hostId: string | null; noticedAt: string | null }>
  /**
   * Jobs in force and switched on that write to a vault and have no run of their own that waits or goes on, nor one that
   * a plugged-in disk started at that instant or later; a run that uses another disk than this one does not count. Until the end of the transaction nobody else starts them.
   */
  startableJobs(
    vaultId: string,
    uuid: string,
    notStartedSince: string | null,
  ): Promise<{ id: string; name: string; site: string }[]>
  /** What is known of the disks of a vault that bear these UUIDs, in this order. */
  known(vaultId: string, uuids: readonly string[], scope: Scope): Promise<KnownDisk[]>
  /** Null: it is in use or may be. */
  setSafe(vaultId: string, uuid: string, at: Date | null): Promise<void>
  setSpace(vaultId: string, uuid: string, space: { totalBytes: number; freeBytes: number }): Promise<void>
  setHealth(vaultId: string, uuid: string, health: DiskHealth, at: Date): Promise<void>
}
