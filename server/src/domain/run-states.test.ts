import {
  ERROR_CODES,
  ERROR_KINDS,
  type ErrorCode,
  type ErrorKind,
  HoldfastError,
  runStatus,
} from '@holdfast/contract'
import { describe, expect, it } from 'vitest'
import { fc } from '../../../tools/lab/properties.testkit.ts'
import {
  type AfterErrorInput,
  canBecome,
  decideAfterError,
  isLive,
  outcomeOf,
  TRANSITIONS,
} from './run-states.ts'

const STATUSES = runStatus.options

function errorOf(code: ErrorCode) {
  return new HoldfastError(code, 'it happened').report()
}

function input(code: ErrorCode, rest: Partial<AfterErrorInput> = {}): AfterErrorInput {
  return {
    error: errorOf(code),
    attempt: 1,
    attempts: 4,
    waitedMs: 0,
    maxWaitMs: 3_600_000,
    whenAbsent: 'fail',
    random: 0,
    ...rest,
  }
}

describe('the states of a run', () => {
  it('names every status, and only statuses', () => {
    expect(Object.keys(TRANSITIONS).toSorted()).toEqual(STATUSES.toSorted())
    for (const next of Object.values(TRANSITIONS))
      for (const status of next) expect(STATUSES).toContain(status)
  })

  it('lets every live run end and none come back to life', () => {
    for (const status of STATUSES) {
      expect(isLive(status)).toBe(status !== 'finished')
      expect(canBecome(status, 'finished')).toBe(status !== 'finished')
      expect(canBecome('finished', status)).toBe(false)
      expect(canBecome(status, status)).toBe(false)
    }
  })

  it('does not let a run work without a plan, nor a held one without the queue', () => {
    expect(canBecome('queued', 'running')).toBe(false)
    expect(canBecome('held', 'running')).toBe(false)
    expect(canBecome('held', 'queued')).toBe(true)
    expect(canBecome('pruning', 'verifying')).toBe(false)
  })

  it('reaches every status from the queue', () => {
    const reached = new Set<string>(['queued'])
    for (const from of reached)
      for (const to of TRANSITIONS[from as keyof typeof TRANSITIONS]) reached.add(to)
    expect([...reached].toSorted()).toEqual(STATUSES.toSorted())
  })
})

describe('outcomeOf', () => {
  it.each([
    ['nothing to report', [], null, 'success'],
    ['warnings', ['two files changed while they were read'], null, 'warning'],
    ['an error outweighs warnings', ['a warning'], 'vault-full', 'failed'],
    ['canceled', [], 'run-canceled', 'canceled'],
    ['refused', [], 'run-refused', 'canceled'],
    ['out of time', [], 'time-limit', 'failed'],
    ['worker lost', [], 'worker-lost', 'lost'],
    ['absent', [], 'vault-absent', 'failed'],
  ] as const)('%s', (_name, warnings, code, expected) => {
    expect(outcomeOf(warnings, code && errorOf(code))).toBe(expected)
  })
})

describe('decideAfterError', () => {
  /** What follows each kind of error at once; a table to be read beside the one in the design. */
  const AT_ONCE: Record<ErrorKind, string> = {
    config: 'finish failed',
    access: 'finish failed',
    unreachable: 'retry',
    busy: 'wait',
    absent: 'finish failed',
    capacity: 'finish failed',
    conflict: 'finish failed',
    integrity: 'finish failed',
    tool: 'finish failed',
    canceled: 'finish canceled',
    bug: 'finish failed',
  }

  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('treats %s by its kind', (code) => {
    const decision = decideAfterError(input(code))
    const told = decision.action === 'finish' ? `finish ${decision.outcome}` : decision.action
    const byName: Record<string, string> = { 'worker-lost': 'finish lost', 'time-limit': 'finish failed' }
    expect(told).toBe(byName[code] ?? AT_ONCE[ERROR_CODES[code].kind])
  })

  it('knows every kind', () => {
    expect(Object.keys(AT_ONCE).toSorted()).toEqual(Object.keys(ERROR_KINDS).toSorted())
  })

  it('backs off while the other side cannot be reached, then gives up', () => {
    const pauses = [1, 2, 3, 4, 5].map((attempt) =>
      decideAfterError(input('no-progress', { attempt, attempts: 6 })),
    )
    expect(pauses.map((pause) => (pause.action === 'retry' ? pause.afterMs / 1000 : null))).toEqual([
      30, 120, 480, 1800, 1800,
    ])
    expect(decideAfterError(input('no-progress', { attempt: 6, attempts: 6 }))).toEqual({
      action: 'finish',
      outcome: 'failed',
    })
  })

  it('tries once when the job allows one attempt', () => {
    expect(decideAfterError(input('no-progress', { attempts: 1 })).action).toBe('finish')
  })

  it('waits for a lock in small portions, never beyond the limit, then skips', () => {
    const waited = (waitedMs: number) =>
      decideAfterError(input('lock-held', { waitedMs, maxWaitMs: 100_000 }))
    expect(waited(0)).toEqual({ action: 'wait', afterMs: 15_000 })
    expect(waited(90_000)).toEqual({ action: 'wait', afterMs: 10_000 })
    expect(waited(100_000)).toEqual({ action: 'finish', outcome: 'skipped' })
  })

  it('looks less often at what lasts long', () => {
    const waited = decideAfterError(input('lock-held', { waitedMs: 3_600_000, maxWaitMs: 43_200_000 }))
    expect(waited).toEqual({ action: 'wait', afterMs: 60_000 })
  })

  it('waits however many attempts were used: waiting is not failing', () => {
    expect(decideAfterError(input('lock-held', { attempt: 4, attempts: 4 })).action).toBe('wait')
  })

  it.each([
    ['skip', 'skipped'],
    ['fail', 'failed'],
  ] as const)('ends a run whose vault is absent by the policy %s', (whenAbsent, outcome) => {
    expect(decideAfterError(input('vault-absent', { whenAbsent }))).toEqual({ action: 'finish', outcome })
  })

  it('ends every sequence of errors', () => {
    const codes = fc.constantFrom<ErrorCode>(
      'no-progress',
      'lock-held',
      'database-unreachable',
      'window-closed',
    )
    fc.assert(
      fc.property(
        codes,
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (code, attempts, random) => {
          let state = { attempt: 1, waitedMs: 0 }
          for (let turn = 0; turn < 300; turn++) {
            const decision = decideAfterError(input(code, { ...state, attempts, random }))
            if (decision.action === 'finish') return
            expect(decision.afterMs).toBeGreaterThan(0)
            expect(decision.afterMs).toBeLessThanOrEqual(30 * 60_000)
            if (decision.action === 'retry') state = { ...state, attempt: state.attempt + 1 }
            else state = { ...state, waitedMs: state.waitedMs + decision.afterMs }
          }
          throw new Error('it never ends')
        },
      ),
    )
  })
})
