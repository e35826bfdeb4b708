import { z } from 'zod'
import { OBJECT_KINDS, type ObjectKind, type ObjectSpec } from '../config/document.ts'
import { secretName } from '../config/secret.ts'
import { jsonValue } from '../json.ts'
import { instant } from '../units.ts'

/** One difference between the configuration given and the one in force. */
export const configChange = z.object({
  kind: z.enum(OBJECT_KINDS),
  name: z.string(),
  action: z.enum(['create', 'update', 'delete', 'unchanged']),
  /** For an update: dotted path of each value that differs, with both values. */
  fields: z.array(z.object({ path: z.string(), before: jsonValue, after: jsonValue })),
})
export type ConfigChange = z.infer<typeof configChange>

/** What applying a configuration would change. */
export const configPlan = z.object({
  changes: z.array(configChange),
  /** Of the changes and of the revisions they were found at: applied with it, nothing else than this is done. */
  fingerprint: z.string(),
})
export type ConfigPlan = z.infer<typeof configPlan>

/** A mistake in a configuration, with the place it stands at as a path into the document. */
export const configProblem = z.object({
  kind: z.enum(OBJECT_KINDS),
  index: z.number().int(),
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  hint: z.string().optional(),
})
export type ConfigProblem = z.infer<typeof configProblem>

/** A node, vault, policy, notification or job as it is in force. */
export interface ConfigObject<K extends ObjectKind = ObjectKind> {
  id: string
  kind: K
  /** Counts the edits; what was read is edited only if it still bears the same revision. */
  revision: number
  createdAt: string
  updatedAt: string
  spec: ObjectSpec<K>
}

/** One edit of an object: kept for ever, so that it can be told who changed what when. */
export const objectRevision = z.object({
  revision: z.number().int(),
  at: instant,
  by: z.string(),
  name: z.string(),
  /** Null when the edit was a deletion. */
  spec: z.record(z.string(), jsonValue).nullable(),
})
export type ObjectRevision = z.infer<typeof objectRevision>

/** A kind of job with the JSON Schemas that its form and the form of its restore are made from. */
export const jobKind = z.object({
  kind: z.string(),
  /** Its own collection of the API: `/api/<collection>`. */
  collection: z.string(),
  title: z.string(),
  protects: z.array(z.string()),
  vaultKinds: z.array(z.string()),
  /** Keeps restore points in a vault, or works without one. */
  vaultOptional: z.boolean(),
  /** Kinds of node that it works on and whose settings name; a job must have a node then. Null: a host, or none. */
  nodeKinds: z.array(z.string()).nullable(),
  /** Kinds of node that its settings name, where these are others. */
  namedNodeKinds: z.array(z.string()).nullable(),
  /** Whether something must be there before its jobs can work, and Holdfast makes it when told to. */
  prepares: z.boolean(),
  config: z.record(z.string(), jsonValue),
  /** Null when it cannot restore. */
  restore: z.record(z.string(), jsonValue).nullable(),
  /** Kinds of node that it restores to, into a database of one; null where it restores into a folder, or not at all. */
  restoreNodeKinds: z.array(z.string()).nullable(),
})
export type JobKind = z.infer<typeof jobKind>

/** A secret that Holdfast keeps encrypted; its value is never told again. */
export const storedSecret = z.object({
  name: secretName,
  createdAt: instant,
  updatedAt: instant,
  updatedBy: z.string(),
})
export type StoredSecret = z.infer<typeof storedSecret>

/** One message to one receiver, with how its delivery went. */
export const delivery = z.object({
  id: z.string(),
  notification: z.string(),
  /** What was told: of a run, of a disk that is not back in time, of a lock that was not free in time, a digest, a test. */
  subject: z.enum(['run', 'disk-overdue', 'lock-timeout', 'digest', 'test']),
  /** What the run came to, the slot of a digest, the label of a disk, the name of a lock. */
  event: z.string().nullable(),
  runId: z.string().nullable(),
  jobName: z.string().nullable(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  /** Why the last try failed; null when it did not. */
  problem: z.string().nullable(),
  createdAt: instant,
  lastTriedAt: instant.nullable(),
})
export type Delivery = z.infer<typeof delivery>

/** Something somebody did: signing in, an edit, a start, a restore, an approval. */
export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** `user:NAME`, `token:NAME of USER`, `cli:ACCOUNT`. */
  by: z.string(),
  action: z.string(),
  /** What it was done to, by its name at that time. */
  object: z.string().nullable(),
  objectId: z.string().nullable(),
  details: z.record(z.string(), jsonValue),
})
export type AuditEntry = z.infer<typeof auditEntry>
