import type { RunSummary, Status, WorkerStatus } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { verdictOf } from './verdict.ts'

const none = { covered: 0, late: 0, missed: 0, never: 0, 'no-policy': 0, unknown: 0 }
const worker = { alive: true } as WorkerStatus
const vault = { freeBytes: 5 } as Status['vaults'][number]
const failure = { count: 2 } as Status['failures'][number]
const held = { status: 'held' } as RunSummary

function status(part: Partial<Status>): Status {
  return {
    at: '2026-11-21T03:00:00Z',
    jobCount: 5,
    coverage: { ...none, covered: 5 },
    recentRuns: [],
    failures: [],
    nextRuns: [],
    activeRuns: [],
    vaults: [vault],
    workers: [worker],
    ...part,
  }
}

it('says that all is well only when it is', () => {
  expect(verdictOf(status({})).word).toBe('good')
})

it('teaches the first step when there is no job', () => {
  expect(verdictOf(status({ jobCount: 0, coverage: none, workers: [] })).word).toBe('noJobs')
})

it('tells the worst of many', () => {
  const everything = status({
    coverage: { covered: 1, late: 1, missed: 1, never: 1, 'no-policy': 1, unknown: 1 },
    failures: [failure],
    activeRuns: [held],
    vaults: [{ ...vault, freeBytes: null }],
    recentRuns: [{ jobKind: 'disk-copy', outcome: 'warning', count: 3 }],
  })
  expect(verdictOf({ ...everything, workers: [] }).word).toBe('noWorker')
  expect(verdictOf(everything)).toMatchObject({ word: 'uncovered', count: 2, total: 6 })
  const covered = { ...everything, coverage: { ...everything.coverage, missed: 0, never: 0 } }
  expect(verdictOf(covered)).toMatchObject({ word: 'failures', count: 2 })
  const calm = { ...covered, failures: [] }
  expect(verdictOf(calm).word).toBe('held')
  expect(verdictOf({ ...calm, activeRuns: [] }).word).toBe('vaults')
  expect(verdictOf({ ...calm, activeRuns: [], vaults: [] }).word).toBe('late')
})

it('does not call a job good that nobody can judge', () => {
  expect(verdictOf(status({ coverage: { ...none, unknown: 1, covered: 4 } })).word).toBe('unknown')
  expect(verdictOf(status({ coverage: { ...none, 'no-policy': 5 } })).word).toBe('noPolicy')
  expect(verdictOf(status({ coverage: { ...none, 'no-policy': 1, covered: 4 } }))).toMatchObject({
    word: 'somePolicy',
    count: 1,
  })
})
