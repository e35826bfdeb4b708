import type { ErrorKind, ErrorReport, Phrase, RunOutcome, RunStatus } from '@holdfast/contract'

/**
 * Where a run can go from where it is. Any live run can go back to `queued` (a retry, a lock to wait for, a stopping
 * worker, an approval: it is claimed and planned again) except from the queue itself, and any can end.
 */
export const TRANSITIONS: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  queued: ['planning', 'finished'],
  planning: ['held', 'running', 'verifying', 'queued', 'finished'],
  held: ['queued', 'finished'],
  running: ['verifying', 'pruning', 'queued', 'finished'],
  verifying: ['pruning', 'queued', 'finished'],
  pruning: ['queued', 'finished'],
  finished: [],
}

export function canBecome(from: RunStatus, to: RunStatus): boolean {
  return TRANSITIONS[from].includes(to)
}

/** Not finished: it waits, works, or asks a person. */
export function isLive(status: RunStatus): boolean {
  return TRANSITIONS[status].length > 0
}

/** How a run ended that was not tried again; an absent source or vault counts as failed unless the job says skip. */
export function outcomeOf(
  warnings: readonly Phrase[],
  error: ErrorReport | null,
  whenAbsent: 'skip' | 'fail' = 'fail',
): RunOutcome {
  if (!error) return warnings.length > 0 ? 'warning' : 'success'
  if (error.code === 'worker-lost') return 'lost'
  // Nobody asked for it: a job that never ends in time protects nothing.
  if (error.code === 'time-limit') return 'failed'
  if (error.kind === 'absent') return whenAbsent === 'skip' ? 'skipped' : 'failed'
  return OUTCOME_OF_KIND[error.kind]
}

const OUTCOME_OF_KIND: Readonly<Record<Exclude<ErrorKind, 'absent'>, RunOutcome>> = {
  config: 'failed',
  access: 'failed',
  unreachable: 'failed',
  busy: 'skipped',
  capacity: 'failed',
  conflict: 'failed',
  integrity: 'failed',
  tool: 'failed',
  canceled: 'canceled',
  bug: 'failed',
}

export interface AfterErrorInput {
  error: ErrorReport
  /** Number of the attempt that failed, from 1. */
  attempt: number
  /** How many attempts the job allows. */
  attempts: number
  /** How long this run has been waiting for locks and windows so far. */
  waitedMs: number
  maxWaitMs: number
  whenAbsent: 'skip' | 'fail'
  /** 0 to 1: spreads the retries of jobs that failed together. */
  random: number
}

export type AfterError =
  /** Another attempt, which counts. */
  | { action: 'retry'; afterMs: number }
  /** The same attempt later: nothing went wrong, something is in the way. */
  | { action: 'wait'; afterMs: number }
  | { action: 'finish'; outcome: RunOutcome }

const FIRST_PAUSE_MS = 30_000
const PAUSE_GROWTH = 4
const LONGEST_PAUSE_MS = 30 * 60_000
const WAIT_MS = 15_000
/** Whoever has waited for ten minutes is not asked about seconds; each look leaves lines in the log. */
const LONG_WAIT_MS = 60_000
const LONG_AFTER_MS = 600_000
/** A pause is shortened by up to this share, so that it is never longer than documented. */
const JITTER = 0.2

/**
 * The one place where it is decided what follows an error. Unreachable: tried again after 30 s, 2 min, 8 min and then
 * every 30 min until the attempts are used up. Busy: looked at again every 15 s, after ten minutes every minute, until `maxWaitMs` is over. Everything
 * else ends the run at once, since trying again would only repeat it; a lost worker's run is replaced by a new one.
 */
export function decideAfterError(input: AfterErrorInput): AfterError {
  const { error } = input
  if (error.kind === 'busy' && input.waitedMs < input.maxWaitMs) {
    const pauseMs = input.waitedMs < LONG_AFTER_MS ? WAIT_MS : LONG_WAIT_MS
    return { action: 'wait', afterMs: Math.min(pauseMs, input.maxWaitMs - input.waitedMs) }
  }
  const canRetry = error.kind === 'unreachable' && error.code !== 'worker-lost'
  if (canRetry && input.attempt < input.attempts) {
    return { action: 'retry', afterMs: retryPauseMs(input.attempt, input.random) }
  }
  return { action: 'finish', outcome: outcomeOf([], error, input.whenAbsent) }
}

function retryPauseMs(attempt: number, random: number): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * PAUSE_GROWTH ** (attempt - 1), LONGEST_PAUSE_MS)
  return Math.round(pauseMs * (1 - JITTER * random))
}
