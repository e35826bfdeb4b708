import { relative } from 'node:path'
import { ROOT } from '../repo/repository.ts'
import type { Counts } from './part.ts'

/** The fields of Vitest's JSON reporter that are read here. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: {
    /** Absolute path of the file. */
    name: string
    status: string
    /** Why a file could not be loaded. */
    message?: string
    assertionResults: { status: string; fullName?: string; failureMessages?: string[] }[]
  }[]
}

/** Beyond that a message is cut; it stands whole where the test ran. */
const LONGEST_REASON = 200

/**
 * Counts of a Vitest run. A file that could not even be loaded has no failed test to show for it, and neither has an
 * error outside any test: each counts as one failure.
 * @param text what the JSON reporter wrote; null when it wrote nothing
 */
export function countVitest(text: string | null, exitCode: number | null): Counts {
  if (text === null) return { passed: 0, failed: 1, skipped: 0 }
  const report: Report = JSON.parse(text)
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = report.numFailedTests + brokenFiles.length
  const total = report.numPassedTests + failed + report.numPendingTests + report.numTodoTests
  const hasOtherError = failed === 0 && (exitCode !== 0 || total === 0)
  return {
    passed: report.numPassedTests,
    failed: hasOtherError ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A line for each test that failed and each file that did not load: where it stands, and the start of why. */
export function failuresOf(text: string | null): string[] {
  const report: Pick<Report, 'testResults'> = JSON.parse(text ?? '{"testResults":[]}')
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`]
    return failed.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`)
  })
}

function firstLine(message = ''): string {
  return message.trim().split('\n', 1)[0]?.slice(0, LONGEST_REASON) ?? ''
}
