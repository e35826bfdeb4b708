import type { ChangeEvent } from '@holdfast/contract'

/** What the API needs beside the Control interface and the accounts. The store conforms by shape. */

/** Something that changed, as the database tells it to every process that listens. */
export interface Change extends ChangeEvent {
  /** Node of the job, for those who may only see some. */
  nodeId?: string
}

export interface ChangeSource {
  /** Calls back on every change, in every process, within a few milliseconds of its commit; and with `missed` when some may have been lost (the connection broke and is back). */
  listen(handler: { change(change: Change): void; missed(): void }): Promise<AsyncDisposable>
}

/** The start addresses of jobs (`startHooks`). */
export interface StartHooks {
  /** Id of the job that the token opens; null for a wrong token and for a name nobody uses, after the same time. */
  jobOf(name: string, token: string): Promise<string | null>
}

/** Answers to requests that bore an idempotency key, kept for a day, at most a thousand for each owner. */
export interface IdempotencyStore {
  /** `begun`: this request is the first. `answered`: with the answer. `busy`: being worked on. `other`: the key was used for another request. */
  begin(
    owner: string,
    key: string,
    requestHash: Buffer,
  ): Promise<
    | { state: 'begun' | 'busy' | 'other' }
    | { state: 'answered'; status: number; headers: Record<string, string>; body: string }
  >
  /** Does nothing when another request has taken the key over meanwhile. */
  answer(
    owner: string,
    key: string,
    requestHash: Buffer,
    answer: { status: number; headers: Record<string, string>; body: string },
  ): Promise<void>
  /** The request failed in a way that a repetition may mend: the key is free again, unless another request has it. */
  forget(owner: string, key: string, requestHash: Buffer): Promise<void>
}

/** Numbers for /metrics that only the database knows. */
export interface MetricsSource {
  read(): Promise<MetricsSnapshot>
}

export interface MetricsSnapshot {
  readAt: string
  /** Enabled jobs by state of coverage. */
  coverage: Record<string, number>
  liveRuns: { kind: string; status: string; count: number }[]
  /** Runs that ended since this process began to count: it only grows, whatever old runs are forgotten. */
  endedRuns: { kind: string; outcome: string; count: number }[]
  /** Enabled jobs; of more than 2000 only those that are not covered, at most 2000. */
  jobs: {
    job: string
    kind: string
    newestPointAt: string | null
    lastSuccessAt: string | null
    lastOutcome: string | null
    lastDurationSeconds: number | null
    lastMovedBytes: number | null
    /** What the report of the last run counts, by the names its driver gives. */
    lastCounts: Readonly<Record<string, number>> | null
    rpoSeconds: number | null
  }[]
  /** Enabled jobs that `jobs` leaves out. */
  jobsLeftOut: number
  vaults: { vault: string; pointCount: number; sizeBytes: number; freeBytes: number | null }[]
  workers: { site: string; alive: number }[]
  /** How long the oldest run has been queued that waits for nothing but a worker; 0 without one. */
  queuedOldestSeconds: number
  /** Messages of the last 24 hours that could not be delivered. */
  failedDeliveries: number
  /** Last backup of the control database; null when none was made. */
  controlBackupAt: string | null
  databaseBytes: number
}
