import type {
  AssetIdentity,
  CoverageState,
  Finding,
  Importer,
  JobSpec,
  JsonValue,
  KindTexts,
  LogLevel,
  NodeKind,
  NodeSpec,
  Page,
  Phrase,
  PhraseCatalogs,
  PlanBase,
  PointEntry,
  PolicySpec,
  RestorePoint,
  RestorePointManifest,
  RestorePointMarks,
  RunOutcome,
  RunProgress,
  RunReport,
  SecretReference,
  VaultDisk,
  VaultKind,
  VerifyLevel,
} from '@holdfast/contract'
import type { z } from 'zod'

/**
 * What a driver is, and the promises it makes. The engine owns time, retries, locks, cancellation, progress, logs,
 * persistence and reports; a driver owns only its technology.
 */

export type Node = NodeSpec & { id: string }

/** The file that every directory of a vault bears: it says whose restore points lie there. */
export const VAULT_MARKER = 'holdfast-vault.json'

/** A vault within reach: a directory that belongs to it, whatever kind of vault it is. The engine opens and closes it. */
export interface Vault {
  readonly id: string
  readonly name: string
  /** Absolute and free of symlinks. Only the plan of a first run may find it missing: the engine makes it before `run`. */
  readonly path: string
  /** What a run must leave free. */
  readonly minFreeBytes: number
  /** The disk of a disk set that it is on; goes into the manifest of every restore point made there. */
  readonly disk: VaultDisk | null
}

export type Policy = PolicySpec & { id: string }

/** A job as a driver sees it: its settings already validated by the driver's own schema. */
export interface Job<Config = unknown> {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly spec: JobSpec
  readonly config: Config
  readonly node: Node | null
  /** Every node that it has to do with, by name: its own, and those that {@link Driver.nodeNames} finds in its settings. */
  readonly nodes: Readonly<Record<string, Node>>
  readonly vault: Vault | null
  readonly policy: Policy | null
}

export interface RunLog {
  /** `message` is static English text; what varies goes into `fields`. Secrets are masked before a line is written. */
  write(level: LogLevel, message: string, fields?: Record<string, JsonValue>): void
  debug(message: string, fields?: Record<string, JsonValue>): void
  info(message: string, fields?: Record<string, JsonValue>): void
  warn(message: string, fields?: Record<string, JsonValue>): void
  error(message: string, fields?: Record<string, JsonValue>): void
}

/** What Holdfast knows of all that it looks after, for a job that keeps others informed. */
export interface Estate {
  /** Of this installation, the same for ever: it comes back with the database. */
  readonly installationId: string
  readonly nodes: readonly {
    readonly id: string
    readonly name: string
    readonly kind: NodeKind
    /** Name or address of the machine as the settings have it; null for a host. */
    readonly host: string | null
  }[]
  readonly vaults: readonly {
    readonly id: string
    readonly name: string
    readonly kind: VaultKind
    /** As its last run found them; null before. */
    readonly usedBytes: number | null
    readonly freeBytes: number | null
  }[]
  readonly jobs: readonly {
    readonly id: string
    readonly name: string
    readonly kind: string
    readonly enabled: boolean
    readonly nodeId: string | null
    readonly vaultId: string | null
    readonly nextRunAt: string | null
    /** Of the last one that has ended and was the job's own work. */
    readonly lastRun: { readonly finishedAt: string; readonly outcome: RunOutcome } | null
  }[]
  readonly assets: readonly (AssetIdentity & {
    /** The same as long as the database lives. */
    readonly id: string
    readonly nodeId: string | null
    readonly lastSeenAt: string
    /** Of the newest restore point that is not known to be damaged, wherever it lies. */
    readonly newestGoodAt: string | null
    /** The job that made it. */
    readonly jobId: string | null
    /** Of the job and policy that protect it best. */
    readonly coverage: CoverageState
  })[]
}

/** What every call gets: nothing global, so that a driver is tested by handing it one of these. */
export interface Context<Config = unknown> {
  readonly job: Job<Config>
  /** User cancel, shutdown, time limit: one signal. */
  readonly signal: AbortSignal
  readonly log: RunLog
  readonly now: () => Date
  /** The last value handed to {@link RunContext.checkpoint} by an unfinished run of this job, else null. */
  readonly checkpoint: JsonValue
  /**
   * What the last run of this job that ended well asked to remember, see {@link RunResult}; null when nothing is, and in
   * a check or restore of its points. Only a hint that saves work: losing it makes the next run slower, never wrong. It
   * may be older than the last run, after the database was restored, and the settings of the job may have changed since:
   * it has to say itself what it holds for, and whether that is still so is visible on source and target.
   */
  readonly remembered: JsonValue
  /**
   * The value of a secret, to be sent to that destination and nowhere else: `destinationOf` the node it belongs to, null
   * only for one that is an address itself. From here on it is masked in whatever this process logs, reports or stores
   * about runs. Throws `secret-unavailable`, `secret-key-missing`, and `secret-bound` for another destination.
   */
  secret(reference: SecretReference, destination: string | null): Promise<string>
  /** Read anew with each call. */
  estate(): Promise<Estate>
  /** Good restore points of this job in the catalog, newest first. A hint: the truth is on the vault. */
  readonly knownPoints: readonly RestorePoint[]
  /** Of the process that does the job's runs, which need not be the one that asks for a check. */
  readonly privileges: { readonly giveFilesAway: boolean; readonly readEverything: boolean }
}

export interface RunContext<Config = unknown> extends Context<Config> {
  readonly runId: string
  /**
   * A line in the run's step list, with its own time and outcome. One per line of the job's description. The name is
   * words with hyphens, `check-free-space`, and never changes; the driver's phrase `step.<name>` is its title.
   */
  step<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Takes something that must be given back, written to the undo journal before it is taken. `await using` releases it. */
  acquire<Data extends JsonValue, Handle>(kind: ResourceKind<Data, Handle>, data: Data): Promise<Held<Handle>>
  /** Cheap: call it as often as you like, the engine throttles. */
  progress(progress: RunProgress): void
  /** Survives a restart; handed to the next plan(). */
  saveCheckpoint(state: JsonValue): Promise<void>
  /** A line in the report that turns a success into a warning. */
  warn(warning: Phrase): void
  /** A fresh id for a restore point that this run is about to make. */
  newPointId(): string
}

export interface Held<Handle> extends AsyncDisposable {
  readonly handle: Handle
  release(): Promise<void>
}

/**
 * Something that outlives a crash unless it is undone: a mount, a lock file, a temporary snapshot, a token.
 * `release` may run in another process, after a power cut, for an `acquire` that never happened, and twice:
 * it finds out what is there and removes only what carries this job's or run's id.
 */
export interface ResourceKind<Data extends JsonValue, Handle> {
  readonly kind: string
  /** `host`: only the machine that took it can release it (a mount). `anywhere`: any worker can (a remote snapshot). */
  readonly scope: 'host' | 'anywhere'
  readonly data: z.ZodType<Data>
  acquire(data: Data, cx: { signal: AbortSignal; log: RunLog }): Promise<Handle>
  release(data: Data, cx: { log: RunLog; handle?: Handle }): Promise<void>
}

export interface DriverInfo {
  /** The job kind: `disk-copy`. */
  readonly kind: string
  /** Its REST collection: `copy-jobs`. */
  readonly collection: string
  /** One line for people who choose a kind. */
  readonly title: string
  /** Kinds of asset it protects; empty for a driver that protects nothing. */
  readonly protects: readonly string[]
  /** Vault kinds it can write to; empty when it keeps no restore points of its own. */
  readonly vaultKinds: readonly VaultKind[]
  /** Keeps restore points in a vault, or works without one: which of the two, each job says. */
  readonly vaultOptional?: boolean
  /** The setting that stands in for a vault where that is optional: each job has one of the two, and never both. */
  readonly insteadOfVault?: string
  /** Node kinds that its jobs work on, and that their settings name; a job must have a node then. Without it a host, or none. */
  readonly nodeKinds?: readonly NodeKind[]
  /** Node kinds that the settings name, where these are others than those it works on. */
  readonly namedNodeKinds?: readonly NodeKind[]
  /** Every resource kind that its runs may acquire, so that a crash can be undone from the journal alone. */
  // biome-ignore lint/suspicious/noExplicitAny: the list is heterogeneous; the journal parses data by each kind's own schema
  readonly resources: readonly ResourceKind<any, any>[]
  /** Title and description of every setting in the other languages; what is missing is told in English. */
  readonly texts?: KindTexts
  /** What it says about its runs, in every language: said with the helper that `phrasesOf` makes of the English ones. */
  readonly phrases?: PhraseCatalogs
}

/** A restore point that a run made: the engine records it before it is checked, so that a crash cannot lose it. */
export interface NewPoint {
  /** `details.complete` is false when something of the asset was left out: such a point never replaces a complete one. */
  readonly manifest: RestorePointManifest
  readonly location: string
}

export type RunResult = Pick<RunReport, 'summary' | 'bytesMoved' | 'counts' | 'table' | 'details'> & {
  readonly points: readonly NewPoint[]
  /** Ids of restore points that this run changed into the new one, as a mirror does: they are gone, and nothing is wrong. */
  readonly replaced?: readonly string[]
  readonly assets: readonly AssetIdentity[]
  /**
   * What the next run finds as {@link Context.remembered}, kept in the same transaction that ends this run. Without it
   * what was remembered before stays; null forgets it.
   */
  readonly remember?: JsonValue
}

export interface FoundPoint {
  readonly manifest: RestorePointManifest
  readonly marks: RestorePointMarks
  readonly location: string
}

export interface VerifyResult {
  readonly ok: boolean
  readonly checkedItems: number
  /** Bytes of content read and compared; 0 when the point bears no hashes, and then it proves no contents. */
  readonly checkedBytes: number
  /** What is wrong, one line each, the first hundred. */
  readonly problems: readonly string[]
  /** Ids of other restore points that were found damaged by it, since they share files with this one. */
  readonly alsoDamaged?: readonly string[]
}

/** list, verify, mark and remove belong together: a driver that keeps points has all four. */
export interface PointKeeper {
  /**
   * Every finished restore point of this kind on the vault, of one job when it is named. Never an unfinished one, and
   * none of a vault that does not exist yet.
   */
  list(vault: Vault, cx: { signal: AbortSignal; log: RunLog; jobId?: string }): AsyncIterable<FoundPoint>
  /** Reads back what the manifest promises. Damage is a result, not an error; an absent vault is an error. */
  verify(
    cx: RunContext,
    vault: Vault,
    point: RestorePoint,
    level: { level: VerifyLevel; samplePercent: number },
  ): Promise<VerifyResult>
  /** What is in one folder of a point, folders first, each by name. Absent where a point holds nothing that has names. */
  entries?(
    vault: Vault,
    point: RestorePoint,
    asked: { path: string; after: string | null; limit: number; signal: AbortSignal; log: RunLog },
  ): Promise<Page<PointEntry>>
  /** Writes the marks beside the data, whole or not at all. */
  mark(vault: Vault, point: RestorePoint, marks: RestorePointMarks): Promise<void>
  /** Removes exactly this point; killed in the middle, the next call finishes it. Absent already is success. */
  remove(cx: RunContext, vault: Vault, point: RestorePoint): Promise<void>
}

export interface RestoreInput<Options> {
  readonly point: RestorePoint
  readonly vault: Vault
  /** The real path of a folder; for a facet whose `target` is `node` the name of a database on {@link node}. */
  readonly target: string
  /** Where the database is or is to be; always there for such a facet, and for no other. */
  readonly node?: Node
  readonly paths: readonly string[] | null
  readonly options: Options
}

/** A restore is a run like any other: same engine, progress, cancel and report. */
export interface RestoreFacet<Options, Plan extends PlanBase> {
  /** Where it goes: a folder of the machine (without it), or a database of a node, which is asked for as `NODE/DATABASE`. */
  readonly target?: 'folder' | 'node'
  /** Node kinds that it goes to, for the target `node`. */
  readonly targetNodeKinds?: readonly NodeKind[]
  readonly options: z.ZodType<Options>
  /** Whether these options let a restore write over files that are there. */
  overwrites(options: Options): boolean
  plan(cx: Context, input: RestoreInput<Options>): Promise<Plan>
  /** Restores, then proves that what lies there equals the restore point: throws `restore-differs` otherwise. */
  run(cx: RunContext, input: RestoreInput<Options>, plan: Plan): Promise<RunResult>
}

/** Makes what must be there before jobs of this kind can do their work, and only when somebody says so. A run like any other. */
export interface Preparation<Config, Plan extends PlanBase> {
  /** Reads only. Without items there is nothing to do. */
  plan(cx: Context<Config>): Promise<Plan>
  /** Makes what is still absent; changes and deletes nothing that is there. */
  run(cx: RunContext<Config>, plan: Plan): Promise<RunResult>
}

/**
 * - `plan` changes nothing and is cheap enough for a preview.
 * - `run` reads top to bottom like the job's description: one `cx.step` per line of it. It is idempotent, stops within
 *   10 s of `signal`, throws only HoldfastError, and neither retries nor sleeps nor writes to the store.
 * - A driver keeps no state of its own: what it needs next time is visible on source or target, or was checkpointed.
 * - What it leaves on foreign systems carries the job id, never its name.
 * - Which restore points to remove is decided by domain/retention; the driver only removes those it is given.
 * - An ability a driver lacks is absent from its type, never a method that throws.
 */
export interface Driver<Config, Plan extends PlanBase> {
  readonly info: DriverInfo
  /** One schema: validation, form, YAML reference, JSON Schema, docs. */
  readonly config: z.ZodType<Config>
  /** Reachable? Rights? Tools? Each finding that is not ok carries a hint. */
  check(cx: Context<Config>): Promise<Finding[]>
  /** Reads only; items with reasons and expected bytes. A guard in the plan holds the run until a person decides. */
  plan(cx: Context<Config>): Promise<Plan>
  /** Does it; may be called again after a crash, always with a fresh plan. */
  run(cx: RunContext<Config>, plan: Plan): Promise<RunResult>

  /** Absolute paths on the worker’s machine that a job protects: no restore of another job writes over them. */
  sourcePaths?(config: Config): readonly string[]
  /**
   * Names of further nodes that the settings refer to, a destination for instance: they must exist, are not deleted
   * while the job is there, give each run a slot, and are found in {@link Job.nodes}. In the schema such a setting has
   * the meta `'x-widget': 'reference', 'x-reference': 'nodes'`. When a node is renamed, each string in the settings that
   * this function reads changes with it.
   */
  nodeNames?(config: Config): readonly string[]
  discover?(cx: Context<Config>): AsyncIterable<AssetIdentity>
  // biome-ignore lint/suspicious/noExplicitAny: the plan type is the driver's own business
  readonly preparation?: Preparation<Config, any>
  readonly points?: PointKeeper
  // biome-ignore lint/suspicious/noExplicitAny: options and plan types are the driver's own business; its schemas guard them
  readonly restore?: RestoreFacet<any, any>
  /** Reads the configurations of programs that did before what its jobs do. */
  readonly importers?: readonly Importer[]
}

// biome-ignore lint/suspicious/noExplicitAny: a list of drivers is heterogeneous; each one's schema guards its config and plan
export type AnyDriver = Driver<any, any>
