import type { NotifiedRunEvent } from './config/notification.ts'
import type { ErrorCode } from './error-codes.ts'
import type { Phrase } from './phrases/phrase.ts'
import type { VerifyLevel } from './restore-point.ts'
import type { Run, RunOperation, RunOutcome } from './run.ts'

/** What one message to a receiver is about. Instants are UTC ISO strings. */
export type Told =
  | {
      readonly subject: 'run'
      readonly run: Run
      readonly event: NotifiedRunEvent
      readonly around: AroundRun
      /** Further receivers of a mail. */
      readonly alsoTo: readonly string[]
      /** Its log as text, for a mail that takes it along; null without one. */
      readonly log: string | null
    }
  | {
      readonly subject: 'disk-overdue'
      readonly disk: OverdueDisk
      /** Mail addresses of whoever carries the disk. */
      readonly carriers: readonly string[]
      /** Further receivers of a mail. */
      readonly alsoTo: readonly string[]
    }
  | { readonly subject: 'lock-timeout'; readonly lock: LockTimeout }
  | { readonly subject: 'digest'; readonly digest: Digest }
  | { readonly subject: 'test'; readonly at: string }

/** What a message about a run says beyond the run itself, as of when the message is made. */
export interface AroundRun {
  /** Mail addresses of whoever carries the disk of the run. */
  readonly carriers: readonly string[]
  /** Labels of the disks that take turns in the vault of the job; empty where it is no disk set. */
  readonly disks: readonly string[]
  /**
   * The newest good restore point of the job, on the disk of the run where it used one; `at` is null where there is none.
   * Null for a run that was not to make one.
   */
  readonly lastGood: { readonly at: string | null; readonly isOfThisRun: boolean } | null
  /** How the restore points that it made were checked, by the least of them; null while not all are. */
  readonly checked: VerifyLevel | null
}

/** A disk of a disk set that is not back in time. */
export interface OverdueDisk {
  readonly vaultId: string
  readonly vault: string
  readonly uuid: string
  readonly label: string
  /** When the newest good restore point on it was taken; null when never. */
  readonly lastCopyAt: string | null
  readonly dueAt: string
}

/** Somebody waited for a named lock, and it was not given back in time. */
export interface LockTimeout {
  readonly name: string
  /** The words the waiting script gave for itself, and who it was to Holdfast: `user:veeam`. */
  readonly waiter: string
  readonly by: string
  readonly waitedMs: number
  /** A run id, or the words of a script. */
  readonly heldBy: string
  /** The job whose run holds it; null when a script does. */
  readonly jobName: string | null
  readonly at: string
}

/** At most so many of each kind of line are in a digest; the counts beside the lists tell of all. */
export const DIGEST_LINES = 20

/** The time since the last digest in one message. Instants are UTC ISO strings. */
export interface Digest {
  readonly from: string
  readonly to: string
  /** Ended runs of every operation, by outcome; outcomes that did not occur are absent. */
  readonly runs: Readonly<Partial<Record<RunOutcome, number>>>
  /** The worst first. Runs of one job that ended alike for the same cause are one line. */
  readonly problems: readonly DigestProblem[]
  readonly problemCount: number
  /** Jobs with an RPO, and those of them that have no good restore point within it; the worst first. */
  readonly protectedCount: number
  readonly uncovered: readonly DigestGap[]
  readonly uncoveredCount: number
  /** Newest first. */
  readonly restores: readonly DigestRestore[]
  readonly restoreCount: number
  /** Runs that wait for somebody's approval, the oldest first. */
  readonly held: readonly { readonly runId: string; readonly jobName: string; readonly since: string }[]
  readonly heldCount: number
  /** Vaults that may fill within 60 days, the soonest first; `latestDays` is null when that may take years. */
  readonly vaults: readonly {
    readonly name: string
    readonly earliestDays: number
    readonly latestDays: number | null
  }[]
  /** Disks that are not back in time, the longest overdue first. */
  readonly overdueDisks: readonly OverdueDisk[]
  readonly overdueDiskCount: number
  /** Why there is no new backup of Holdfast's own database; null while all is well. */
  readonly selfBackupProblem: string | null
}

export interface DigestProblem {
  readonly jobName: string
  readonly operation: RunOperation
  readonly outcome: RunOutcome
  /** How many runs ended so, and the last of them. */
  readonly count: number
  readonly runId: string
  readonly at: string
  readonly code: ErrorCode | null
  /** The error, or the first warning. */
  readonly message: Phrase | null
  readonly hint: string | null
}

export interface DigestGap {
  readonly jobName: string
  readonly state: 'late' | 'missed' | 'never'
  /** Null when there is no good restore point. */
  readonly ageMs: number | null
}

export interface DigestRestore {
  readonly runId: string
  readonly jobName: string
  readonly outcome: RunOutcome
  readonly at: string
}
