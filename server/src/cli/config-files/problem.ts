import { HoldfastError } from '@holdfast/contract'

/** A mistake in a configuration file at the place where a person finds it. Lines and columns count from 1. */
export interface FileProblem {
  file: string
  line: number
  column: number
  /** Dotted path from the top of the file: `jobs[0].schedule.cron`; empty for the file as a whole. */
  path: string
  message: string
  hint?: string
}

/** `jobs[0].schedule.cron` */
export function dottedPath(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${key}` : key),
    '',
  )
}

/** `file:line:column: message`, the form editors and terminals make clickable. */
export function problemLine(problem: FileProblem): string {
  const { file, line, column, path, message } = problem
  return `${file}:${line}:${column}: ${path ? `${path}: ` : ''}${message}`
}

export function inFileOrder(problems: readonly FileProblem[]): FileProblem[] {
  return problems.toSorted(
    (left, right) =>
      left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column,
  )
}

/** `config-invalid` that carries every problem in `details.problems`, in the order of the files. */
export function configInvalid(problems: readonly FileProblem[]): HoldfastError {
  const sorted = inFileOrder(problems)
  const files = new Set(sorted.map((problem) => problem.file)).size
  const amount = sorted.length === 1 ? '1 mistake' : `${sorted.length} mistakes`
  const where = files === 1 ? (sorted[0]?.file ?? '') : `${files} files`
  return new HoldfastError('config-invalid', `${amount} in ${where}`, {
    details: { problems: sorted.map((problem) => ({ ...problem })) },
  })
}
