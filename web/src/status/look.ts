import type { RunOutcome, RunStatus, RunStep } from '@holdfast/contract'
import { RUN_OUTCOME, RUN_STATUS, STOPPING, type StatusLook } from './status-map.ts'

/** How a run looks: its outcome once it has one, where it is before that. */
export function lookOfRun(run: {
  status: RunStatus
  outcome: RunOutcome | null
  canceledBy?: string | null
}): StatusLook {
  if (run.outcome === null && typeof run.canceledBy === 'string') return STOPPING
  return run.outcome === null ? RUN_STATUS[run.status] : RUN_OUTCOME[run.outcome]
}

/** The look that stands for many: the worst one wins. Undefined for none. */
export function worstLook(looks: Iterable<StatusLook>): StatusLook | undefined {
  let worst: StatusLook | undefined
  for (const look of looks) if (worst === undefined || look.rank > worst.rank) worst = look
  return worst
}

/**
 * How a step looks; `outcome` is that of its run, null while it goes on. A step without an outcome goes on until its run
 * is over. Then nobody saw how it ended, which is bad news only where the run was lost.
 */
export function lookOfStep(step: Pick<RunStep, 'outcome'>, outcome: RunOutcome | null): StatusLook {
  if (step.outcome !== null) return RUN_OUTCOME[step.outcome]
  if (outcome === null) return RUN_STATUS.running
  return outcome === 'lost' ? RUN_OUTCOME.lost : RUN_STATUS.finished
}
