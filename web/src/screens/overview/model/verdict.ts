import type { CoverageState, Status } from '@holdfast/contract'
import {
  COVERAGE,
  FINDING,
  RUN_OUTCOME,
  RUN_STATUS,
  type StatusLook,
  WORKER,
} from '../../../status/status-map.ts'

/** The one sentence of the overview: the worst there is, and where to look at it. */
export interface Verdict {
  word:
    | 'noJobs'
    | 'noWorker'
    | 'uncovered'
    | 'failures'
    | 'held'
    | 'vaults'
    | 'late'
    | 'unknown'
    | 'warnings'
    | 'noPolicy'
    | 'somePolicy'
    | 'good'
  look: StatusLook
  count: number
  /** Of how many jobs. */
  total: number
  to: Target | null
}

export type Target =
  | { list: 'jobs'; coverage: CoverageState[] }
  | { list: 'runs'; outcome?: 'warning'; status?: 'held' }
  | { list: 'section'; id: string }

const GOOD = FINDING.ok

/** States from the worst to the best; the first that applies is told. */
export function verdictOf(status: Status): Verdict {
  const { coverage, activeRuns, failures, vaults, workers, recentRuns } = status
  const total = sum(Object.values(coverage))
  const held = activeRuns.filter((run) => run.status === 'held').length
  const away = vaults.filter(({ freeBytes }) => freeBytes === null).length
  const warnings = sum(recentRuns.filter(({ outcome }) => outcome === 'warning').map(({ count }) => count))
  const jobs = (...states: CoverageState[]): Target => ({ list: 'jobs', coverage: states })
  const told = (
    word: Verdict['word'],
    look: StatusLook,
    count: number,
    to: Target | null = null,
  ): Verdict => ({ word, look, count, total, to })

  if (status.jobCount === 0) return told('noJobs', COVERAGE['no-policy'], 0)
  if (!workers.some(({ alive }) => alive))
    return told('noWorker', WORKER.gone, 0, { list: 'section', id: 'workers' })
  const uncovered = coverage.missed + coverage.never
  if (uncovered > 0) return told('uncovered', COVERAGE.missed, uncovered, jobs('missed', 'never'))
  const failed = sum(failures.map(({ count }) => count))
  if (failed > 0) return told('failures', RUN_OUTCOME.failed, failed, { list: 'section', id: 'failures' })
  if (held > 0) return told('held', RUN_STATUS.held, held, { list: 'runs', status: 'held' })
  if (away > 0) return told('vaults', FINDING.warning, away, { list: 'section', id: 'vaults' })
  if (coverage.late > 0) return told('late', COVERAGE.late, coverage.late, jobs('late'))
  if (coverage.unknown > 0) return told('unknown', COVERAGE.unknown, coverage.unknown, jobs('unknown'))
  if (coverage['no-policy'] === total)
    return told('noPolicy', COVERAGE['no-policy'], total, jobs('no-policy'))
  if (warnings > 0) return told('warnings', FINDING.warning, warnings, { list: 'runs', outcome: 'warning' })
  if (coverage['no-policy'] > 0) return told('somePolicy', GOOD, coverage['no-policy'], jobs('no-policy'))
  return told('good', GOOD, 0)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
