import { phraseText, type Run, type RunDisk } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import { exitCodeOfRun, worstExitCode } from '../exit-codes.ts'
import { formatBytes, formatElapsed } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { errorLines, hintOf, summaryOf } from './run-error.ts'

/** What a person wants to know about a run that has just ended: hint first, then what happened, then what it made. */
export function printOutcome(cx: CommandContext, run: Run): void {
  const { style } = cx
  const problem = errorLines(run)
  if (run.outcome !== 'success' && problem.hint !== null)
    cx.line(`${style.hint('Hint:')} ${style.bold(problem.hint)}`)
  const took = run.finishedAt ? ` (${formatElapsed(run.startedAt, run.finishedAt, cx.now())})` : ''
  const summary = summaryOf(run)
  cx.line(
    `${style.run(run)}  ${printable(run.jobName)}${took}${summary === null ? '' : `: ${printable(summary)}`}`,
  )
  for (const line of problem.lines) cx.line(`  ${line}`)
  for (const warning of run.report?.warnings ?? [])
    cx.line(`  ${style.warn('!')} ${printable(phraseText(warning))}`)
  for (const id of run.report?.restorePointIds ?? []) cx.line(`  restore point ${id}`)
  if (run.disk) cx.line(`  ${diskText(cx, run.disk, run.finishedAt !== null)}`)
  if (run.status === 'held') printHeld(cx, run)
  if (run.outcome === null && run.status !== 'held') cx.line(`  goes on without this command`)
  cx.line(style.dim(`  run ${run.id}`))
}

/** Which disk a run uses or used, and whether it may be unplugged by now. */
export function diskText({ style }: CommandContext, disk: RunDisk, isOver: boolean): string {
  const free = disk.freeBytes === null ? '' : ` (${formatBytes(disk.freeBytes)} free)`
  const named = printable(`disk ${disk.label}${free}`)
  if (disk.safeToRemove) return `${style.good('✔')} ${named} can be removed now`
  return isOver ? `${style.warn('!')} ${named}: do not remove it yet` : `${named} is in use`
}

function printHeld(cx: CommandContext, run: Run): void {
  for (const guard of run.plan?.guards ?? [])
    cx.line(printable(`  ${guard.code}: ${phraseText(guard.message)}`))
  cx.line(`  Go on with it: holdfast runs approve ${run.id}`)
  cx.line(`  Or drop it:    holdfast runs refuse ${run.id}`)
}

/** One row per run: job, outcome, duration, bytes, and the restore point it made or the reason why there is none. */
export function printSummary(cx: CommandContext, runs: readonly Run[]): void {
  const rows = runs.map((run) => [
    run.jobName,
    cx.style.run(run),
    formatElapsed(run.startedAt, run.finishedAt, cx.now()),
    formatBytes(run.report?.bytesMoved),
    resultOf(run),
  ])
  cx.table(
    [
      { title: 'job' },
      { title: 'outcome', whole: true, painted: true },
      { title: 'took', align: 'right', whole: true },
      { title: 'bytes', align: 'right', whole: true },
      { title: 'restore point or error' },
    ],
    rows,
  )
  const held = runs.filter((run) => run.status === 'held')
  for (const run of held) printHeld(cx, run)
}

function resultOf(run: Run): string {
  const points = run.report?.restorePointIds ?? []
  if (points.length > 0) return points.join(', ')
  if (run.error) return `${run.error.code}: ${hintOf(run.error, run.operation)}`
  return phraseText(run.report?.summary ?? run.plan?.guards[0]?.message ?? '–')
}

/** Sets the exit code by the worst end; runs that were left behind count as canceled by the person who left. */
export function exitByOutcome(cx: CommandContext, runs: readonly Run[]): void {
  const codes = runs.map((run) => (run.outcome === null && run.status !== 'held' ? 130 : exitCodeOfRun(run)))
  cx.exit(worstExitCode(codes))
}
