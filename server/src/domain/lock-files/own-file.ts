/** What is known of an own lock file that is there already, when a run wants to make it. */
export interface FoundOwnFile {
  /** `ours`: what a run of Holdfast wrote. `foreign`: anything else. */
  content: { kind: 'ours'; runId: string; host: string } | { kind: 'empty' } | { kind: 'foreign' }
  /** Since it was written or refreshed. */
  ageMs: number
  /** Of the run that it names, in this database; `unknown` when the database does not have it. */
  run: 'working' | 'not-working' | 'unknown'
}

export type OwnFileVerdict =
  /** Of this very run: an attempt before this one left it. */
  | 'mine'
  | 'left-behind'
  | 'empty'
  | 'in-use'
  /** Not made by Holdfast, so not for Holdfast to remove. */
  | 'foreign'

/** A file that its run has not refreshed for so long was left behind: it is refreshed every 30 s. */
export const OWN_FILE_STALE_MS = 5 * 60_000
/** Between making a file and writing into it lies a moment, which a slow share makes longer. */
const EMPTY_GRACE_MS = 60_000

/**
 * Whose own lock file it is. The database knows best whether a run still works; only of runs it does not have, those of
 * another control plane, the age decides. Pure.
 */
export function judgeOwnFile({ content, ageMs, run }: FoundOwnFile, runId: string): OwnFileVerdict {
  if (content.kind === 'foreign') return 'foreign'
  if (content.kind === 'empty') return ageMs < EMPTY_GRACE_MS ? 'in-use' : 'empty'
  if (content.runId === runId) return 'mine'
  if (run === 'unknown') return ageMs > OWN_FILE_STALE_MS ? 'left-behind' : 'in-use'
  return run === 'working' ? 'in-use' : 'left-behind'
}
