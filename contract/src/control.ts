import { z } from 'zod'
import type { ConfigDocument, ObjectKind } from './config/document.ts'
import { OBJECT_KINDS } from './config/document.ts'
import { idOf } from './ids.ts'
import type { JsonValue } from './json.ts'
import type { StoredPlan } from './plan.ts'
import type { RestorePoint, VerifyLevel } from './restore-point.ts'
import type { Run, RunLogLine, RunOperation, RunOutcome, RunStatus, RunStep } from './run.ts'
import { instant } from './units.ts'

/** One difference between the configuration given and the one in force. */
export const configChange = z.object({
  kind: z.enum(OBJECT_KINDS),
  name: z.string(),
  action: z.enum(['create', 'update', 'delete', 'unchanged']),
  /** For an update: dotted path of each value that differs, with both values. */
  fields: z.array(z.object({ path: z.string(), before: z.json(), after: z.json() })),
})
export type ConfigChange = z.infer<typeof configChange>

/** Whether the newest good restore point of an asset is young enough. Computed from restore points, never from jobs. */
export const coverageState = z.enum(['covered', 'late', 'missed', 'never', 'no-policy', 'unknown'])
export type CoverageState = z.infer<typeof coverageState>

export const jobStatus = z.object({
  id: idOf('job'),
  name: z.string(),
  kind: z.string(),
  enabled: z.boolean(),
  site: z.string(),
  nextRunAt: instant.nullable(),
  lastRun: z
    .object({
      id: idOf('run'),
      status: z.string(),
      outcome: z.string().nullable(),
      createdAt: instant,
      finishedAt: instant.nullable(),
    })
    .nullable(),
  newestPointAt: instant.nullable(),
  pointCount: z.number().int(),
  coverage: coverageState,
  rpo: z.string().nullable(),
})
export type JobStatus = z.infer<typeof jobStatus>

export const vaultStatus = z.object({
  id: idOf('vault'),
  name: z.string(),
  kind: z.string(),
  pointCount: z.number().int(),
  sizeBytes: z.number(),
  /** Null while the vault cannot be reached. */
  freeBytes: z.number().nullable(),
  /** When it fills at the present growth: a range in days, or why there is none. */
  forecast: z.string(),
})
export type VaultStatus = z.infer<typeof vaultStatus>

export interface WorkerStatus {
  id: string
  site: string
  host: string
  pid: number
  startedAt: string
  seenAt: string
  alive: boolean
}

export interface Status {
  jobs: JobStatus[]
  vaults: VaultStatus[]
  workers: WorkerStatus[]
  activeRuns: Run[]
}

export interface LockStatus {
  name: string
  mode: 'shared' | 'exclusive'
  /** A run id, or the words a script gave when it took the lock. */
  holder: string
  since: string
  /** When an outside lock lapses by itself; null for a lock that a run holds. */
  expiresAt: string | null
}

/** Something `check` or `doctor` found out, good or bad; a bad one says what to do. */
export interface Finding {
  level: 'ok' | 'warning' | 'error'
  subject: string
  message: string
  hint?: string
}

export interface RunFilter {
  jobId?: string
  status?: RunStatus[]
  outcome?: RunOutcome[]
  operation?: RunOperation
  limit?: number
  /** Runs created before the run of this id: the next page. */
  before?: string
}

export interface RestoreRequest {
  restorePointId: string
  /** Absolute path of the folder to restore into. */
  target: string
  /** What to restore, relative to the asset; everything when absent. */
  paths?: string[]
  /** Settings of the job kind, checked by its restore schema. */
  options?: Record<string, JsonValue>
}

export interface ReindexReport {
  vaults: { name: string; path: string; found: number; added: number; confirmed: number; missing: number }[]
  jobsAdopted: { id: string; name: string }[]
}

/**
 * Everything that can be asked of the control plane. The CLI and the API speak to this and to nothing else.
 * Names and ids are interchangeable wherever an argument is called `ref`. Every method throws HoldfastError only.
 */
export interface Control {
  status(): Promise<Status>
  listRuns(filter: RunFilter): Promise<Run[]>
  getRun(ref: string): Promise<Run>
  listSteps(runId: string): Promise<RunStep[]>
  /** Log lines after a position, oldest first, at most `limit`. */
  readLog(runId: string, after: number, limit: number): Promise<RunLogLine[]>
  listPoints(filter: { jobRef?: string; vaultRef?: string; limit?: number }): Promise<RestorePoint[]>
  getPoint(ref: string): Promise<RestorePoint>
  protectPoint(ref: string, isProtected: boolean): Promise<void>

  startJob(jobRef: string): Promise<Run>
  previewPlan(jobRef: string): Promise<StoredPlan>
  startVerify(pointRefs: string[], level: VerifyLevel): Promise<Run[]>
  startRestore(request: RestoreRequest): Promise<Run>
  previewRestore(request: RestoreRequest): Promise<StoredPlan>
  cancelRun(runId: string, by: string): Promise<void>
  approveRun(runId: string, by: string): Promise<void>
  refuseRun(runId: string, by: string): Promise<void>

  /** Differences between a configuration and what is in force; with `prune`, objects not named in it are deleted. */
  planConfig(document: ConfigDocument, options: { prune: boolean }): Promise<ConfigChange[]>
  applyConfig(document: ConfigDocument, options: { prune: boolean; by: string }): Promise<ConfigChange[]>
  exportConfig(): Promise<ConfigDocument>
  /** Checks beyond the schema: names that refer to nothing, kinds nobody knows, driver settings, cron expressions. */
  checkConfig(document: ConfigDocument): Promise<ConfigProblem[]>

  acquireLock(request: {
    name: string
    holder: string
    leaseSeconds: number
    waitSeconds: number
    signal?: AbortSignal
  }): Promise<void>
  releaseLock(name: string, holder: string): Promise<boolean>
  listLocks(): Promise<LockStatus[]>

  reindex(options: { paths: string[]; dryRun: boolean }): Promise<ReindexReport>
  doctor(): Promise<Finding[]>
}

/** A mistake in a configuration, with the place it stands at as a path into the document. */
export interface ConfigProblem {
  kind: ObjectKind
  index: number
  path: (string | number)[]
  message: string
  hint?: string
}
