import { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from '../error-codes.ts'
import { idOf } from '../ids.ts'
import { runOutcome, runSummary } from '../run.ts'
import { count, instant } from '../units.ts'
import { diskStatus } from './disk.ts'
import { forecast } from './forecast.ts'

const errorCode = z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]])

/** Whether the newest good restore point of an asset is young enough. Computed from restore points, never from jobs. */
export const coverageState = z.enum(['covered', 'late', 'missed', 'never', 'no-policy', 'unknown'])
export type CoverageState = z.infer<typeof coverageState>

export const jobStatus = z.object({
  id: idOf('job'),
  name: z.string(),
  kind: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  site: z.string(),
  /** Names of what it refers to. */
  node: z.string().nullable(),
  /** Nodes that the settings name, such as the one it copies to. */
  namedNodes: z.array(z.string()),
  vault: z.string().nullable(),
  policy: z.string().nullable(),
  schedule: z.object({ cron: z.string(), timeZone: z.string() }).nullable(),
  nextRunAt: instant.nullable(),
  lastRun: z
    .object({
      id: idOf('run'),
      status: z.string(),
      outcome: z.string().nullable(),
      createdAt: instant,
      startedAt: instant.nullable(),
      finishedAt: instant.nullable(),
    })
    .nullable(),
  /** Outcomes of the last runs of the job's own work, oldest first, at most 30. */
  recentOutcomes: z.array(runOutcome),
  newestPointAt: instant.nullable(),
  pointCount: count,
  coverage: coverageState,
  rpo: z.string().nullable(),
})
export type JobStatus = z.infer<typeof jobStatus>

export const vaultStatus = z.object({
  id: idOf('vault'),
  name: z.string(),
  kind: z.string(),
  pointCount: count,
  sizeBytes: z.number(),
  /** Null while the vault cannot be reached, and while its first run has still to make it. */
  freeBytes: z.number().nullable(),
  /** Why runs cannot use it, as seen from the machine of the server; null when nothing speaks against it. */
  problem: z.object({ code: errorCode, message: z.string(), hint: z.string() }).nullable(),
  forecast,
  /** The disks of a disk set, in the order of its settings; null for a vault of one place. */
  disks: z.array(diskStatus).nullable(),
})
export type VaultStatus = z.infer<typeof vaultStatus>

export const workerStatus = z.object({
  id: z.string(),
  site: z.string(),
  host: z.string(),
  pid: z.number().int(),
  startedAt: instant,
  seenAt: instant,
  alive: z.boolean(),
})
export type WorkerStatus = z.infer<typeof workerStatus>

/** Failures of the last 24 hours that have the same cause. */
export const failureGroup = z.object({
  code: errorCode,
  count,
  lastRunId: idOf('run'),
  lastJobName: z.string(),
  lastAt: instant,
  message: z.string(),
  hint: z.string(),
})
export type FailureGroup = z.infer<typeof failureGroup>

/** The whole at a glance; bounded in size whatever the number of jobs. */
export const status = z.object({
  at: instant,
  jobCount: count,
  /** Enabled jobs by the state of their coverage. */
  coverage: z.record(coverageState, count),
  /** Ended runs of the last 48 hours by job kind and outcome. */
  recentRuns: z.array(z.object({ jobKind: z.string(), outcome: runOutcome, count })),
  failures: z.array(failureGroup),
  nextRuns: z.array(z.object({ jobId: idOf('job'), jobName: z.string(), at: instant })),
  /** Runs that are going on, wait or are held: the hundred oldest. */
  activeRuns: z.array(runSummary),
  vaults: z.array(vaultStatus),
  workers: z.array(workerStatus),
})
export type Status = z.infer<typeof status>

export const lockStatus = z.object({
  name: z.string(),
  mode: z.enum(['shared', 'exclusive']),
  /** A run id, or the words a script gave when it took the lock. */
  holder: z.string(),
  since: instant,
  /** When an outside lock lapses by itself; null for a lock that a run holds. */
  expiresAt: instant.nullable(),
})
export type LockStatus = z.infer<typeof lockStatus>

/** Something `check` or `doctor` found out, good or bad; a bad one says what to do. */
export const finding = z.object({
  level: z.enum(['ok', 'warning', 'error']),
  subject: z.string(),
  message: z.string(),
  hint: z.string().optional(),
})
export type Finding = z.infer<typeof finding>

export const reindexReport = z.object({
  vaults: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      found: count,
      added: count,
      confirmed: count,
      missing: count,
    }),
  ),
  jobsAdopted: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type ReindexReport = z.infer<typeof reindexReport>
