import { z } from 'zod'
import { runDisk } from './control/disk.ts'
import { ERROR_CODES, type ErrorCode } from './error-codes.ts'
import { ERROR_KINDS, type ErrorKind } from './errors.ts'
import { idOf } from './ids.ts'
import { jsonValue } from './json.ts'
import { phrase } from './phrases/phrase.ts'
import { storedPlan } from './plan.ts'
import { instant } from './units.ts'

/** Where a run is. How it ended is its outcome: two fields, never mixed. */
export const runStatus = z.enum(['queued', 'planning', 'held', 'running', 'verifying', 'pruning', 'finished'])
export type RunStatus = z.infer<typeof runStatus>

export const runOutcome = z.enum(['success', 'warning', 'failed', 'canceled', 'skipped', 'missed', 'lost'])
export type RunOutcome = z.infer<typeof runOutcome>

/**
 * What a run does for its job: the job's own work, a check of restore points, a restore, the making of what must be
 * there before the job can work, or only the plan of one of them as a preview. Previews are in no list that does not ask for them, count nowhere, and are soon forgotten.
 */
export const runOperation = z.enum(['job', 'verify', 'restore', 'prepare', 'plan'])
export type RunOperation = z.infer<typeof runOperation>

/** Who or what started a run. `recovery` replaces a lost one, `catch-up` makes good for missed slots. */
export const runTrigger = z.enum(['schedule', 'catch-up', 'manual', 'api', 'recovery', 'device'])
export type RunTrigger = z.infer<typeof runTrigger>

export const errorReport = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  kind: z.enum(Object.keys(ERROR_KINDS) as [ErrorKind, ...ErrorKind[]]),
  message: z.string(),
  hint: z.string(),
  details: z.record(z.string(), jsonValue).optional(),
})

/** How far a run is. Every number counts from 0; totals are absent while unknown. */
export const runProgress = z.object({
  /** Name of the step that goes on. */
  step: z.string().optional(),
  doneBytes: z.number().optional(),
  totalBytes: z.number().optional(),
  doneItems: z.number().optional(),
  totalItems: z.number().optional(),
  /** Bytes that really went to the target in this attempt; absent where a step only reads. */
  movedBytes: z.number().optional(),
  bytesPerSecond: z.number().optional(),
  etaSeconds: z.number().optional(),
  /** What is being worked on right now. */
  current: phrase.optional(),
})
export type RunProgress = z.infer<typeof runProgress>

/** A named part of a run with its own time and outcome. */
export const runStep = z.object({
  attempt: z.number().int(),
  position: z.number().int(),
  /** Stable and the same for every reader, `copy`; the phrase `step.<name>` of the job kind or the engine is its title. */
  name: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  outcome: z.enum(['success', 'failed', 'canceled']).nullable(),
  error: errorReport.nullable(),
})
export type RunStep = z.infer<typeof runStep>

export const logLevel = z.enum(['debug', 'info', 'warning', 'error'])
export type LogLevel = z.infer<typeof logLevel>

export const runLogLine = z.object({
  position: z.number().int(),
  at: instant,
  level: logLevel,
  /** English, and never with values in it, so that lines can be searched for in every installation alike. */
  message: z.string(),
  fields: z.record(z.string(), jsonValue),
})
export type RunLogLine = z.infer<typeof runLogLine>

/** Why a restore point was kept or removed by retention. */
export const retentionLine = z.object({
  restorePointId: idOf('restorePoint'),
  takenAt: instant,
  keep: z.boolean(),
  reasons: z.array(phrase),
})
export type RetentionLine = z.infer<typeof retentionLine>

/** Lines that a run has to tell beyond its counts, such as each value that it changed. */
export const reportTable = z.object({
  /** Named by the driver; the phrase `column.<name>` is the title of each. */
  columns: z.array(z.string()),
  /** A cell for each column. People see the phrase `value.<column>.<cell>` instead of a text where there is one; files hold the text. */
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  /** How many there were: more than `rows` holds where these were cut off. */
  total: z.number().int(),
})
export type ReportTable = z.infer<typeof reportTable>

/** What a finished run tells: its own type, read alike by CLI, API, notifications and metrics. */
export const runReport = z.object({
  /** One sentence: "copied 12 files, 3 MiB". */
  summary: phrase,
  bytesMoved: z.number(),
  /** Counts named by the driver: created, changed, deleted ... The phrase `count.<name>` is the title of each. */
  counts: z.record(z.string(), z.number()),
  warnings: z.array(phrase),
  restorePointIds: z.array(idOf('restorePoint')),
  retention: z.array(retentionLine),
  table: z.exactOptional(reportTable),
  /** What only this kind of job knows. */
  details: z.record(z.string(), jsonValue),
})
export type RunReport = z.infer<typeof runReport>

export const run = z.object({
  id: idOf('run'),
  jobId: idOf('job'),
  jobName: z.string(),
  jobKind: z.string(),
  operation: runOperation,
  trigger: runTrigger,
  slotAt: instant.nullable(),
  status: runStatus,
  outcome: runOutcome.nullable(),
  attempt: z.number().int(),
  /** Who started it, approved it after a guard had held it, and asked to cancel it: `user:anna`, `cli:root`. */
  startedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  canceledBy: z.string().nullable(),
  /** The run this one replaces after its worker was lost. */
  recoversRunId: idOf('run').nullable(),
  /** The disk of a disk set that it uses; null before one is found, and on vaults of one place. */
  disk: runDisk.nullable(),
  /** What a queued run waits for: a lock and its holder, a window, a pause before the next attempt. */
  waitingFor: phrase.nullable(),
  plan: storedPlan.nullable(),
  progress: runProgress.nullable(),
  report: runReport.nullable(),
  error: errorReport.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
})
export type Run = z.infer<typeof run>

/** A run in a list: without its plan and without what only its own page shows of its report. */
export const runSummary = run.omit({ plan: true, report: true }).extend({
  /** What it did in one sentence; null before the end. */
  summary: phrase.nullable(),
  bytesMoved: z.number().nullable(),
  warningCount: z.number().int(),
})
export type RunSummary = z.infer<typeof runSummary>
