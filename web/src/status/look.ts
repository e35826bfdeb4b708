import type { RunOutcome, RunStatus } from '@holdfast/contract'
import { RUN_OUTCOME, RUN_STATUS, type StatusLook } from './status-map.ts'

/** How a run looks: its outcome once it has one, where it is before that. */
export function lookOfRun(run: { status: RunStatus; outcome: RunOutcome | null }): StatusLook {
  return run.outcome === null ? RUN_STATUS[run.status] : RUN_OUTCOME[run.outcome]
}

/** The look that stands for many: the worst one wins. Undefined for none. */
export function worstLook(looks: Iterable<StatusLook>): StatusLook | undefined {
  let worst: StatusLook | undefined
  for (const look of looks) if (worst === undefined || look.rank > worst.rank) worst = look
  return worst
}
