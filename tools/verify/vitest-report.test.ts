import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../repo/repository.ts'
import { countVitest, failuresOf } from './vitest-report.ts'

const report = (fields: object) =>
  JSON.stringify({
    numPassedTests: 2,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...fields,
  })

test('passed, failed and skipped tests are counted; a test still to write is a skipped one', () => {
  const text = report({ numFailedTests: 3, numPendingTests: 4, numTodoTests: 1 })
  expect(countVitest(text, 1)).toEqual({ passed: 2, failed: 3, skipped: 5 })
})

test('a file that does not load is a failure', () => {
  const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }]
  expect(countVitest(report({ testResults }), 1)).toEqual({ passed: 2, failed: 1, skipped: 0 })
})

test('a file with a failed test is not counted twice', () => {
  const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }] }]
  expect(countVitest(report({ numFailedTests: 1, testResults }), 1).failed).toBe(1)
})

test('an error outside the tests, no test at all and no report are failures', () => {
  expect(countVitest(report({}), 1).failed).toBe(1)
  expect(countVitest(report({ numPassedTests: 0 }), 0).failed).toBe(1)
  expect(countVitest(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('each failure is one line with its file, its name and the start of why', () => {
  const failed = { status: 'failed', fullName: 'disks are found', failureMessages: ['Error: busy\n  at x'] }
  const testResults = [
    { name: join(ROOT, 'a.test.ts'), status: 'failed', assertionResults: [{ status: 'passed' }, failed] },
    { name: join(ROOT, 'b.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
    { name: join(ROOT, 'c.test.ts'), status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(failuresOf(report({ testResults }))).toEqual([
    'a.test.ts > disks are found: Error: busy',
    'b.test.ts: no such module',
  ])
  expect(failuresOf(null)).toEqual([])
})
