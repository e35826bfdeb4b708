import type { NotifiedEvent } from './config/notification.ts'
import type { ErrorCode } from './error-codes.ts'
import type { Phrase } from './phrases/phrase.ts'
import type { Run, RunOperation, RunOutcome } from './run.ts'

/** What one message to a receiver is about. */
export type Told =
  | { readonly subject: 'run'; readonly run: Run; readonly event: NotifiedEvent }
  | { readonly subject: 'digest'; readonly digest: Digest }
  | { readonly subject: 'test'; readonly at: string }

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
