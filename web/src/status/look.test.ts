import { expect, it } from 'vitest'
import { lookOfRun, worstLook } from './look.ts'
import { COVERAGE, RUN_OUTCOME, RUN_STATUS } from './status-map.ts'

it('shows where a run is until it has ended, then how', () => {
  expect(lookOfRun({ status: 'verifying', outcome: null })).toBe(RUN_STATUS.verifying)
  expect(lookOfRun({ status: 'finished', outcome: 'lost' })).toBe(RUN_OUTCOME.lost)
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
