import type { Counts } from './part.ts'

/** The fields of Vitest's JSON reporter that are read here. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

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
