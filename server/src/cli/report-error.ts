import { asHoldfastError, ERROR_KINDS, HoldfastError, type JsonValue } from '@holdfast/contract'
import { CommanderError } from 'commander'
import { type FileProblem, problemLine } from './config-files/problem.ts'
import type { CliIo } from './deps.ts'
import { printable, printableJson } from './output/printable.ts'
import { createStyle, type Style } from './output/style.ts'

/**
 * Tells what went wrong and returns the exit code. For people on stderr: first the hint, since that is what to do next,
 * then code and message, then the details. With `json` on stdout as `{"error": ErrorReport}`, and nothing on stderr.
 */
export function reportError(thrown: unknown, io: CliIo, options: { json: boolean }): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0
  // A family of commands without one of them: commander has printed the help that says what there is.
  if (thrown instanceof CommanderError && thrown.code === 'commander.help') return ERROR_KINDS.config.exitCode
  const error = thrown instanceof CommanderError ? usageError(thrown) : asHoldfastError(thrown)
  const exitCode = ERROR_KINDS[error.kind].exitCode
  if (options.json) {
    io.stdout.write(`${printableJson({ error: error.report() }, 2)}\n`)
    return exitCode
  }
  const style = createStyle(io)
  const problems = problemsOf(error)
  const lines = problems.length > 0 ? problems.flatMap((problem) => problemLines(problem, style)) : []
  lines.push(`${style.hint('Hint:')} ${style.bold(printable(error.hint))}`)
  lines.push(`${style.bad('Error')} ${error.code}: ${printable(error.message)}`)
  lines.push(...detailLines(error.details ?? {}).map((line) => style.dim(line)))
  io.stderr.write(`${lines.join('\n')}\n`)
  return exitCode
}

/** A mistake on the command line itself is told and coded like one in a configuration file. */
function usageError(error: CommanderError): HoldfastError {
  const message = error.message.replace(/^error: /, '')
  return new HoldfastError('config-invalid', message, {
    hint: 'Look at `holdfast --help`, or at `holdfast COMMAND --help` for one command.',
  })
}

/** A configuration problem in two lines: where and what, then what to do. */
export function problemLines(problem: FileProblem, style: Style): string[] {
  const line = printable(problemLine(problem))
  return problem.hint === undefined ? [line] : [line, `    ${style.hint(printable(problem.hint))}`]
}

function problemsOf(error: HoldfastError): FileProblem[] {
  const problems = error.details?.problems
  if (!Array.isArray(problems)) return []
  return problems.filter(isFileProblem) as unknown as FileProblem[]
}

function isFileProblem(value: JsonValue): boolean {
  return (
    typeof value === 'object' && value !== null && 'file' in value && 'line' in value && 'message' in value
  )
}

function detailLines(details: Record<string, JsonValue>): string[] {
  return Object.entries(details).flatMap(([name, value]) => {
    if (name === 'problems') return Array.isArray(value) ? value.flatMap(placedProblem) : []
    if (Array.isArray(value)) return [`  ${name}:`, ...value.map((item) => `    ${text(item)}`)]
    return [`  ${name}: ${text(value)}`]
  })
}

/** A mistake in what was sent to a server; those of files are told before the hint. */
function placedProblem(value: JsonValue): string[] {
  if (isFileProblem(value) || typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const { path, message } = value
  const place = Array.isArray(path) && path.length > 0 ? `${path.join('.')}: ` : ''
  return [`  ${printable(place)}${text(message ?? '')}`]
}

function text(value: JsonValue): string {
  return printable(typeof value === 'string' ? value : JSON.stringify(value))
}
