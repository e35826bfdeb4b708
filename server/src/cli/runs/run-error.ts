import { ERROR_CODES, type ErrorReport, phraseText, type Run, type RunOperation } from '@holdfast/contract'
import { printable } from '../output/printable.ts'

/** So many of the last lines of a program that failed are shown; the log of the run has all. */
const MOST_OUTPUT_LINES = 12

/** The error of a run for people: its hint, and its message with the last lines of the program that failed. */
export function errorLines(run: Run): { hint: string | null; lines: string[] } {
  const { error } = run
  if (!error) return { hint: null, lines: [] }
  const output = error.details?.output
  const last = Array.isArray(output) ? output.slice(-MOST_OUTPUT_LINES) : []
  const lines = last.map((line) => `  | ${printable(typeof line === 'string' ? line : JSON.stringify(line))}`)
  return {
    hint: printable(hintOf(error, run.operation)),
    lines: [printable(`${error.code}: ${error.message}`), ...lines],
  }
}

/** A mistake in what a restore was asked for stands in no configuration file, as the common hint supposes. */
export function hintOf({ code, hint }: Pick<ErrorReport, 'code' | 'hint'>, operation: RunOperation): string {
  if (operation !== 'restore' || code !== 'config-invalid' || hint !== ERROR_CODES[code].hint) return hint
  return 'Correct --to or --path: paths stand in the file TREE beside the data, relative to the protected folder.'
}

/** What a run did in one sentence; null when it would only say the message of its error again. */
export function summaryOf({ report, error }: Pick<Run, 'report' | 'error'>): string | null {
  const summary = report ? phraseText(report.summary) : ''
  return summary !== '' && summary !== error?.message ? summary : null
}
