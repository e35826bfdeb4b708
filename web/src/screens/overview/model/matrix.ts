import type { RunOutcome, Status } from '@holdfast/contract'

export const COLUMNS = {
  failed: ['failed', 'lost'],
  warning: ['warning', 'missed'],
  ok: ['success'],
  other: ['canceled', 'skipped'],
} as const satisfies Record<string, RunOutcome[]>
export type MatrixColumn = keyof typeof COLUMNS

export interface MatrixRow {
  kind: string
  counts: Record<MatrixColumn, number>
}

/** Job kinds with how their runs ended; the kind with the most failures first. */
export function outcomeMatrix(recent: Status['recentRuns']): MatrixRow[] {
  const rows = new Map<string, MatrixRow>()
  for (const { jobKind, outcome, count } of recent) {
    const row = rows.get(jobKind) ?? { kind: jobKind, counts: { failed: 0, warning: 0, ok: 0, other: 0 } }
    row.counts[columnOf(outcome)] += count
    rows.set(jobKind, row)
  }
  return [...rows.values()].sort((a, b) => b.counts.failed - a.counts.failed || a.kind.localeCompare(b.kind))
}

function columnOf(outcome: RunOutcome): MatrixColumn {
  const names = Object.keys(COLUMNS) as MatrixColumn[]
  return names.find((name) => (COLUMNS[name] as readonly RunOutcome[]).includes(outcome)) ?? 'other'
}
