import type { Run, RunStep, RunSummary } from '@holdfast/contract'

/** Bytes that went to the target; null where nobody knows, as of a run that failed before its driver counted any. */
export function movedBytes({ report, outcome }: Pick<Run, 'report' | 'outcome'>): number | null {
  if (report === null) return null
  const isWhole = outcome === 'success' || outcome === 'warning'
  return isWhole || report.bytesMoved > 0 ? report.bytesMoved : null
}

/** How long a run took, or has taken by now; null before it began. Milliseconds. */
export function runDuration(
  run: Pick<Run | RunSummary, 'startedAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (run.startedAt === null) return null
  const end = run.finishedAt === null ? now : Date.parse(run.finishedAt)
  return Math.max(end - Date.parse(run.startedAt), 0)
}

/** Index of the first step after a person approved the run: it is planned once more, in the same attempt. -1 for none. */
export function approvedAt(steps: readonly Pick<RunStep, 'attempt' | 'name'>[]): number {
  const last = steps.findLastIndex(({ name }) => name === 'plan')
  const first = steps.findIndex(({ name, attempt }) => name === 'plan' && attempt === steps[last]?.attempt)
  return last > first ? last : -1
}
