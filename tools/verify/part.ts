/** What one part of the checks came to. */
export interface PartResult {
  name: string
  passed: number
  failed: number
  skipped: number
  durationMs: number
  /** What to show when something failed; empty when it was shown while the part ran. */
  output: string
  /** A line for each test that failed: file, name, and the start of why. */
  failures?: readonly string[]
}

export type Counts = Pick<PartResult, 'passed' | 'failed' | 'skipped'>

export function sum(results: readonly Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const result of results) {
    total.passed += result.passed
    total.failed += result.failed
    total.skipped += result.skipped
  }
  return total
}

/** The last line of `npm test`; machines read it. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** Exit code of a check: in CI everything needed is installed, so a skipped test is a failure there. */
export function exitCodeOf({ passed, failed, skipped }: Counts, isCi: boolean): 0 | 1 {
  return failed > 0 || passed === 0 || (isCi && skipped > 0) ? 1 : 0
}

/** Outputs stand far above, and often only the end of a log is at hand: enough failures to know where to look. */
const MAX_FAILURES = 20

/** The output of each part that failed, a table with one line a part, and below it what failed. */
export function summary(results: readonly PartResult[]): string {
  const widest = Math.max(...results.map(({ name }) => name.length))
  const lines = results.map((result) => {
    const mark = result.failed > 0 ? 'FAILED' : 'ok'
    const seconds = (result.durationMs / 1000).toFixed(1).padStart(6)
    return `${mark.padEnd(6)}  ${result.name.padEnd(widest)}  ${seconds} s  ${countsLine(result)}`
  })
  const outputs = results
    .filter(({ failed, output }) => failed > 0 && output !== '')
    .map(({ name, output }) => `--- ${name} ---\n${output.trimEnd()}\n`)
  const failures = results.flatMap((result) => result.failures ?? [])
  const more = failures.length > MAX_FAILURES ? [`… and ${failures.length - MAX_FAILURES} more`] : []
  return [...outputs, ...lines, ...failures.slice(0, MAX_FAILURES), ...more].join('\n')
}
