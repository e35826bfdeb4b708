import { expect, it } from 'vitest'
import { lookOfRun, lookOfStep, worstLook } from './look.ts'
import { COVERAGE, RUN_OUTCOME, RUN_STATUS, STOPPING } from './status-map.ts'

it('shows where a run is until it has ended, then how', () => {
  expect(lookOfRun({ status: 'verifying', outcome: null })).toBe(RUN_STATUS.verifying)
  expect(lookOfRun({ status: 'finished', outcome: 'lost' })).toBe(RUN_OUTCOME.lost)
  expect(lookOfRun({ status: 'running', outcome: null, canceledBy: 'user:anna' })).toBe(STOPPING)
})

it('lets the worst of many win', () => {
  expect(worstLook([COVERAGE.covered, COVERAGE.missed, COVERAGE.late])).toBe(COVERAGE.missed)
  expect(worstLook([RUN_OUTCOME.success, RUN_STATUS.running])).toBe(RUN_STATUS.running)
  expect(worstLook([])).toBeUndefined()
})

it('never lets what nobody knows pass for good', () => {
  expect(COVERAGE.unknown.rank).toBeGreaterThan(COVERAGE.covered.rank)
  expect(COVERAGE.unknown.color).toBe('gray')
})

it('calls a step lost only in a run that was lost', () => {
  const open = { outcome: null }
  expect(lookOfStep(open, null)).toBe(RUN_STATUS.running)
  expect(lookOfStep(open, 'success')).toBe(RUN_STATUS.finished)
  expect(lookOfStep(open, 'lost')).toBe(RUN_OUTCOME.lost)
  expect(lookOfStep({ outcome: 'failed' }, 'lost')).toBe(RUN_OUTCOME.failed)
})
