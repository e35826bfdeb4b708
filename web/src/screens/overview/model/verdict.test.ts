import type { RunSummary, Status, WorkerStatus } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { verdictOf as verdictFor } from './verdict.ts'

const none = { covered: 0, late: 0, missed: 0, never: 0, 'no-policy': 0, unknown: 0 }
const worker = { alive: true } as WorkerStatus
const calm = { kind: 'beyond', years: 5 } as const
const vault = { freeBytes: 5, problem: null, forecast: calm } as unknown as Status['vaults'][number]
const failure = { count: 2 } as Status['failures'][number]
const held = { status: 'held' } as RunSummary

const verdictOf = (of: Status) => verdictFor(of, false)

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
    vaults: [{ ...vault, freeBytes: null, problem: { code: 'vault-absent', message: '', hint: '' } }],
    recentRuns: [{ jobKind: 'disk-copy', outcome: 'warning', count: 3 }],
  })
  expect(verdictOf({ ...everything, workers: [] }).word).toBe('noWorker')
  expect(verdictOf(everything)).toMatchObject({ word: 'uncovered', count: 2, total: 6 })
  const covered = { ...everything, coverage: { ...everything.coverage, missed: 0, never: 0 } }
  expect(verdictOf(covered)).toMatchObject({ word: 'failures', count: 2 })
  const calmer = { ...covered, failures: [] }
  expect(verdictOf(calmer).word).toBe('held')
  expect(verdictOf({ ...calmer, activeRuns: [] }).word).toBe('vaults')
  expect(verdictOf({ ...calmer, activeRuns: [], vaults: [] }).word).toBe('late')
})

it('tells what else there is, but nothing besides a good state', () => {
  const many = status({
    coverage: { ...none, covered: 3, missed: 1, late: 1 },
    failures: [failure],
    activeRuns: [held],
  })
  const { word, also } = verdictOf(many)
  expect([word, ...also.map((one) => `${one.word} ${one.count}`)]).toEqual([
    'uncovered',
    'failures 2',
    'held 1',
    'late 1',
  ])
  expect(verdictOf(status({})).also).toEqual([])
  expect(verdictOf(status({ jobCount: 0, coverage: none, activeRuns: [held] })).also).toEqual([])
})

it('warns of a vault that is full or may soon be', () => {
  const filling = (earliestDays: number, latestDays: number | null) =>
    status({ vaults: [{ ...vault, forecast: { kind: 'fills', earliestDays, latestDays, bytesPerDay: 1 } }] })
  expect(verdictOf(filling(0, 0))).toMatchObject({ word: 'full', count: 1, also: [] })
  expect(verdictOf(filling(14, null))).toMatchObject({ word: 'filling', count: 1 })
  expect(verdictOf(filling(15, 20)).word).toBe('good')
})

it('does not call a job good that nobody can judge', () => {
  expect(verdictOf(status({ coverage: { ...none, unknown: 1, covered: 4 } })).word).toBe('unknown')
  expect(verdictOf(status({ coverage: { ...none, 'no-policy': 5 } })).word).toBe('noPolicy')
  expect(verdictOf(status({ coverage: { ...none, 'no-policy': 1, covered: 4 } }))).toMatchObject({
    word: 'somePolicy',
    count: 1,
  })
})

it('asks no policy of jobs that make no restore points', () => {
  expect(verdictOf(status({ jobCount: 2, coverage: none }))).toMatchObject({ word: 'noPoints', to: null })
  const recentRuns: Status['recentRuns'] = [{ jobKind: 'cmdb-sync', outcome: 'warning', count: 3 }]
  expect(verdictOf(status({ jobCount: 2, coverage: none, recentRuns }))).toMatchObject({
    word: 'warningsOnly',
    count: 3,
  })
})

it('tells somebody who is limited to nodes nothing of workers, whom they do not see', () => {
  const nobody = status({ workers: [] })
  expect(verdictFor(nobody, false).word).toBe('noWorker')
  expect(verdictFor(nobody, true).word).toBe('good')
  expect(verdictFor(status({ jobCount: 0, coverage: none, workers: [] }), true).word).toBe('noneOfYours')
})
