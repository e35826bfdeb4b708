import type { Counts } from './part.ts'

/** What a run of Vitest came to. */
export interface TestResults extends Counts {
  /** A line for each failure: file, name, and the start of why. */
  failures: string[]
}

/** What ran, in the words of Vitest's interface for reporters (vitest.dev/api/advanced/reporters), as far as it counts here. */
export interface RanModule extends RanSuite {
  readonly moduleId: string
  readonly children: { allTests(): Iterable<RanTest>; allSuites(): Iterable<RanSuite & { fullName: string }> }
}
interface RanSuite {
  /** Of hooks, and of loading the file. */
  errors(): readonly Thrown[]
}
interface RanTest {
  readonly fullName: string
  result(): { readonly state: string; readonly errors?: readonly Thrown[] | undefined }
}
export interface Thrown {
  readonly message: string
}

/** Beyond that a reason is cut; it stands whole where the test ran. */
const LONGEST_REASON = 200

/**
 * Counts of what ran. A hook that fails, a file that does not load and an error outside of any test each count as a
 * failure; a test still to write is a skipped one.
 * @param fileOf a module id as a person reads it
 */
export function resultsOf(
  modules: readonly RanModule[],
  unhandled: readonly Thrown[],
  fileOf: (moduleId: string) => string,
): TestResults {
  const results: TestResults = { passed: 0, failed: 0, skipped: 0, failures: [] }
  const fail = (where: string, thrown: Thrown | undefined) => {
    results.failed++
    results.failures.push(`${where}: ${start(thrown?.message)}`)
  }
  for (const module of modules) {
    const file = fileOf(module.moduleId)
    for (const test of module.children.allTests()) {
      const { state, errors } = test.result()
      if (state === 'passed') results.passed++
      else if (state === 'failed') fail(`${file} > ${test.fullName}`, errors?.[0])
      else results.skipped++
    }
    for (const error of module.errors()) fail(file, error)
    for (const suite of module.children.allSuites())
      for (const error of suite.errors()) fail(`${file} > ${suite.fullName}`, error)
  }
  for (const error of unhandled) fail('outside of any test', error)
  return results
}

/** What to count where Vitest ended without saying so: no test at all is a failure too. */
export function completed(results: TestResults | null, exitCode: number | null): TestResults {
  const { passed, failed, skipped, failures } = results ?? { passed: 0, failed: 0, skipped: 0, failures: [] }
  const isWell = exitCode === 0 && passed + skipped > 0
  if (failed > 0 || (results !== null && isWell)) return { passed, failed, skipped, failures }
  const how = results === null ? 'without a result' : 'though no test failed'
  return { passed, failed: 1, skipped, failures: [`vitest ended with exit code ${exitCode} ${how}`] }
}

function start(message = ''): string {
  return message.trim().split('\n', 1)[0]?.slice(0, LONGEST_REASON) ?? ''
}
