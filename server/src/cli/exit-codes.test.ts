import {
  ERROR_KINDS,
  type ErrorKind,
  HoldfastError,
  type Run,
  type RunOutcome,
  runOutcome,
} from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { exitCodeOfRun, OUTCOME_EXIT_CODES, WORST_FIRST, worstExitCode } from './exit-codes.ts'

function end(outcome: RunOutcome | null, error: Run['error'] = null, status: Run['status'] = 'finished') {
  return exitCodeOfRun({ outcome, error, status })
}

describe('exitCodeOfRun', () => {
  it('is 0 for success only', () => {
    for (const outcome of runOutcome.options) expect(end(outcome) === 0).toBe(outcome === 'success')
    expect(end('warning')).toBe(3)
    expect(end('skipped')).toBe(75)
    expect(end('canceled')).toBe(130)
  })

  it('is that of the error of a failed run', () => {
    expect(end('failed', new HoldfastError('vault-full', 'x').report())).toBe(14)
    expect(end('failed')).toBe(1)
    expect(end('skipped', new HoldfastError('source-gone', 'x').report())).toBe(75)
    expect(end(null, null, 'held')).toBe(5)
  })
})

describe('worstExitCode', () => {
  it('ranks every code there is, the alarm about data first', () => {
    for (const kind of Object.keys(ERROR_KINDS) as ErrorKind[])
      expect(WORST_FIRST).toContain(ERROR_KINDS[kind].exitCode)
    for (const code of Object.values(OUTCOME_EXIT_CODES)) expect([0, ...WORST_FIRST]).toContain(code)
    expect(WORST_FIRST[0]).toBe(ERROR_KINDS.integrity.exitCode)
  })

  it.each([
    [[], 0],
    [[0, 0], 0],
    [[0, 3, 0], 3],
    [[3, 75], 75],
    [[130, 4, 3], 4],
    [[15, 70, 14], 15],
  ])('%j is %i', (codes, expected) => {
    expect(worstExitCode(codes)).toBe(expected)
  })
})
