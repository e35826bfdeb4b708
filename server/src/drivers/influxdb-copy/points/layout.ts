import { z } from 'zod'
import { jobLockOf } from '../../../point-directories/lock.ts'
import type { PointKind } from '../../../point-directories/point-directory.ts'

/**
 * A restore point of one database, in its directory on a vault; every file of it is text for plain tools:
 *
 *     data/<retention policy>/<measurement>/<start of the group of shards>.lp.gz   line protocol, times in ns
 *     WINDOWS.jsonl    one line for each of these files: what it holds, with counts and sums of each field
 *     SCHEMA.json      retention policies and continuous queries
 *     SOURCE.json      what the source said about its shards before they were read: what has changed since, the next run sees
 *     SHA256SUMS       of all of these, for sha256sum -c
 *     restore-point.json, marks.json
 *
 * Files that have not changed are hard links to those of the restore point before.
 */
export const WINDOWS_FILE = 'WINDOWS.jsonl'
export const SCHEMA_FILE = 'SCHEMA.json'
export const SOURCE_FILE = 'SOURCE.json'
export const SUMS_FILE = 'SHA256SUMS'
export const WINDOW_SUFFIX = '.lp.gz'

/** Besides these a restore point has its data, its manifest and its marks. */
export const LISTED_FILES = [WINDOWS_FILE, SCHEMA_FILE, SOURCE_FILE] as const

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const lackingWindow = z.object({
  retentionPolicy: z.string(),
  measurement: z.string(),
  /** ISO instants with all their digits; `to` is the first instant that is not in it. */
  from: z.string(),
  to: z.string(),
  /** What the server, or the job itself, said. */
  reason: z.string(),
})
/** A window of the source that is not in a restore point, because it could not be read. */
export type LackingWindow = z.infer<typeof lackingWindow>

/** The `details` in the manifest of such a restore point. */
export const databaseDetails = z.object({
  layout: z.literal('influxdb-database/1'),
  /** Whoever trusts the manifest can trust these files, and what they tell. */
  windowsSha256: sha256,
  schemaSha256: sha256,
  sourceSha256: sha256,
  sumsSha256: sha256,
  points: z.number().int(),
  values: z.number().int(),
  /** Location of the restore point whose files it shares; null when it shares none. */
  previous: z.string().nullable(),
  /** Of what the job was to read: a restore point of another selection says nothing about what has changed. */
  selection: z.string(),
  /** Nothing that the job was to save is lacking. */
  complete: z.boolean(),
  lackingCount: z.number().int().default(0),
  /** The first hundred. */
  lacking: z.array(lackingWindow).default([]),
})
export type DatabaseDetails = z.infer<typeof databaseDetails>

export const databasePoints: PointKind<DatabaseDetails> = { kind: 'influxdb-copy', details: databaseDetails }

export const jobLock = jobLockOf('influxdb-copy-lock')
