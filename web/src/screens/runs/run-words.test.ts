import type { RunReport } from '@holdfast/contract'
import { expect, it } from 'vitest'
import { approvedAt, movedBytes } from './run-words.ts'

it('finds where a run went on after it was approved', () => {
  const step = (name: string, attempt = 1) => ({ name, attempt })
  expect(approvedAt([step('plan'), step('plan'), step('copy')])).toBe(1)
  expect(approvedAt([step('plan'), step('copy')])).toBe(-1)
  expect(approvedAt([step('plan'), step('plan', 2)])).toBe(-1)
  expect(approvedAt([])).toBe(-1)
})

it('tells nothing moved only of a run that got to its end', () => {
  const report = (bytesMoved: number) => ({ bytesMoved }) as RunReport
  expect(movedBytes({ report: report(0), outcome: 'success' })).toBe(0)
  expect(movedBytes({ report: report(0), outcome: 'canceled' })).toBeNull()
  expect(movedBytes({ report: report(5), outcome: 'canceled' })).toBe(5)
  expect(movedBytes({ report: null, outcome: null })).toBeNull()
})
