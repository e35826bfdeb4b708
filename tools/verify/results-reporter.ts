import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type RanModule, resultsOf, type Thrown } from './results.ts'

/** Says where a {@link ResultsReporter} writes what the tests came to. */
export const RESULTS_FILE = 'HOLDFAST_TEST_RESULTS'

/** A reporter of Vitest: writes {@link resultsOf} a run as JSON, with the errors that its own JSON leaves out. */
export default class ResultsReporter {
  onTestRunEnd(modules: readonly RanModule[], unhandled: readonly Thrown[]): void {
    const file = process.env[RESULTS_FILE]
    if (file === undefined) throw new Error(`${RESULTS_FILE} names no file`)
    writeFileSync(file, JSON.stringify(resultsOf(modules, unhandled, (id) => relative(process.cwd(), id))))
  }
}
