import { ERROR_KINDS, type ErrorKind, type Run, type RunOutcome } from '@holdfast/contract'

/** Exit code of a run by its outcome, where no error says it better. */
export const OUTCOME_EXIT_CODES: Record<RunOutcome, number> = {
  success: 0,
  warning: 3,
  failed: ERROR_KINDS.tool.exitCode,
  canceled: ERROR_KINDS.canceled.exitCode,
  skipped: ERROR_KINDS.absent.exitCode,
  missed: ERROR_KINDS.absent.exitCode,
  lost: ERROR_KINDS.unreachable.exitCode,
}

/** A run that waits for a person's word has not done its work: the code of a decision that is due. */
export const HELD_EXIT_CODE = ERROR_KINDS.conflict.exitCode

/** When several runs end differently, the first of these that occurred is the exit code. */
export const WORST_FIRST: readonly number[] = [
  ...(
    [
      'integrity',
      'bug',
      'capacity',
      'access',
      'config',
      'conflict',
      'tool',
      'unreachable',
      'busy',
      'canceled',
      'absent',
    ] as const satisfies readonly ErrorKind[]
  ).map((kind) => ERROR_KINDS[kind].exitCode),
  OUTCOME_EXIT_CODES.warning,
]

/** Exit code of one run: of its error's kind when it failed, else of its outcome. */
export function exitCodeOfRun(run: Pick<Run, 'status' | 'outcome' | 'error'>): number {
  if (run.outcome === null) return run.status === 'held' ? HELD_EXIT_CODE : 0
  if (run.outcome === 'failed' && run.error) return ERROR_KINDS[run.error.kind].exitCode
  return OUTCOME_EXIT_CODES[run.outcome]
}

/** The worst of several exit codes: 0 only when all are 0. */
export function worstExitCode(codes: readonly number[]): number {
  const known = WORST_FIRST.find((code) => codes.includes(code))
  return known ?? codes.find((code) => code !== 0) ?? 0
}

/** What shells report of a program that wrote to a pipe nobody reads: 128 + SIGPIPE. */
export const OUTPUT_GONE_EXIT_CODE = 141

/** Further exit codes, with their reason, for the reference page. */
export const OTHER_EXIT_CODES: readonly { code: number; meaning: string }[] = [
  { code: 0, meaning: 'Done: every run ended with success, every check is good.' },
  {
    code: OUTCOME_EXIT_CODES.warning,
    meaning: 'Done, with at least one warning; or a lock was no longer held.',
  },
  {
    code: OUTPUT_GONE_EXIT_CODE,
    meaning:
      'Nobody read the output to its end (`holdfast runs | head`); what was begun was done all the same.',
  },
]
