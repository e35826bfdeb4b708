import type { CoverageState, RunStatus, Status, VaultStatus } from '@holdfast/contract'
import {
  COVERAGE,
  DISK_HEALTH,
  FINDING,
  RUN_OUTCOME,
  RUN_STATUS,
  type StatusLook,
  WORKER,
} from '../../../status/status-map.ts'
import { isBayEmpty, isFailing } from '../../vaults/disks/disk-model.ts'
import { daysLeft } from './fill-order.ts'

/** The one sentence of the overview: the worst there is, and where to look at it. */
export interface Verdict {
  word:
    | 'noJobs'
    | 'noneOfYours'
    | 'noWorker'
    | 'uncovered'
    | 'failures'
    | 'failingDisks'
    | 'full'
    | 'held'
    | 'overdueDisks'
    | 'vaults'
    | 'filling'
    | 'late'
    | 'unknown'
    | 'warnings'
    | 'warningsOnly'
    | 'noPoints'
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

/** A vault that may be full so soon is told of: time enough to make room. */
const SOON_DAYS = 14

/**
 * The worst, and what else wants attention besides, in its order. `isLimited`: for a user who sees some nodes only, and
 * so no workers.
 */
export function verdictOf(status: Status, isLimited: boolean): Verdict & { also: Verdict[] } {
  const concerns = concernsOf(status, isLimited)
  const [worst, ...also] = concerns
  return { ...(worst ?? calmVerdict(status)), also: status.jobCount === 0 ? [] : also }
}

/** What wants attention, from the worst to the least. */
function concernsOf(status: Status, isLimited: boolean): Verdict[] {
  const { coverage, activeRuns, failures, vaults, workers } = status
  const total = jobsIn(coverage)
  const disks = vaults.flatMap((vault) => vault.disks ?? [])
  const told = (word: Verdict['word'], look: StatusLook, count: number, to: Target): Verdict[] =>
    count > 0 ? [{ word, look, count, total, to }] : []
  const jobs = (...states: CoverageState[]): Target => ({ list: 'jobs', coverage: states })
  const section = (id: string): Target => ({ list: 'section', id })
  const isFull = (vault: VaultStatus) => vault.forecast.kind === 'fills' && vault.forecast.latestDays === 0
  const isFilling = (vault: VaultStatus) => !isFull(vault) && daysLeft(vault) <= SOON_DAYS
  const inState = (state: RunStatus) => activeRuns.filter((run) => run.status === state).length

  if (status.jobCount === 0)
    return [
      { word: isLimited ? 'noneOfYours' : 'noJobs', look: COVERAGE['no-policy'], count: 0, total, to: null },
    ]
  const isIdle = !isLimited && !workers.some(({ alive }) => alive)
  return [
    ...told('noWorker', WORKER.gone, Number(isIdle), section('workers')),
    ...told('uncovered', COVERAGE.missed, coverage.missed + coverage.never, jobs('missed', 'never')),
    ...told('failures', RUN_OUTCOME.failed, sum(failures.map(({ count }) => count)), section('failures')),
    ...told('failingDisks', DISK_HEALTH.failing, disks.filter(isFailing).length, section('disks')),
    ...told('full', FINDING.error, vaults.filter(isFull).length, section('vaults')),
    ...told('held', RUN_STATUS.held, inState('held'), { list: 'runs', status: 'held' }),
    ...told('overdueDisks', COVERAGE.missed, disks.filter(({ overdue }) => overdue).length, section('disks')),
    ...told('vaults', FINDING.warning, vaults.filter(isAway).length, section('vaults')),
    ...told('filling', FINDING.warning, vaults.filter(isFilling).length, section('vaults')),
    ...told('late', COVERAGE.late, coverage.late, jobs('late')),
    ...told('unknown', COVERAGE.unknown, coverage.unknown, jobs('unknown')),
  ]
}

/** What is said when nothing wants attention. */
function calmVerdict({ coverage, recentRuns }: Status): Verdict {
  const total = jobsIn(coverage)
  const unwatched = coverage['no-policy']
  const warnings = sum(recentRuns.filter(({ outcome }) => outcome === 'warning').map(({ count }) => count))
  const noPolicy: Target = { list: 'jobs', coverage: ['no-policy'] }
  const toWarnings: Target = { list: 'runs', outcome: 'warning' }
  // Jobs that are disabled, keep a CMDB true, or copy from server to server.
  if (total === 0)
    return warnings > 0
      ? { word: 'warningsOnly', look: FINDING.warning, count: warnings, total, to: toWarnings }
      : { word: 'noPoints', look: GOOD, count: 0, total, to: null }
  if (unwatched === total)
    return { word: 'noPolicy', look: COVERAGE['no-policy'], count: total, total, to: noPolicy }
  if (warnings > 0) return { word: 'warnings', look: FINDING.warning, count: warnings, total, to: toWarnings }
  if (unwatched > 0) return { word: 'somePolicy', look: GOOD, count: unwatched, total, to: noPolicy }
  return { word: 'good', look: GOOD, count: 0, total, to: null }
}

const isAway = ({ problem }: VaultStatus) => problem !== null && !isBayEmpty(problem)
const jobsIn = (coverage: Status['coverage']) => sum(Object.values(coverage))
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
