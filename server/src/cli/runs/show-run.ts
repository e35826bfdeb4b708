import { phraseText, type Run, type RunOperation, type RunStep } from '@holdfast/contract'
import type { CommandContext } from '../context.ts'
import {
  formatBytes,
  formatDuration,
  formatElapsed,
  formatInstant,
  formatRelative,
  inWords,
} from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { progressFacts, stepText } from '../output/progress-line.ts'
import { errorLines, summaryOf } from './run-error.ts'
import { diskText } from './run-outcome.ts'

/** Everything worth knowing about one run, the hint about its error first. */
export function showRun(cx: CommandContext, run: Run, steps: readonly RunStep[]): void {
  const { style } = cx
  const problem = errorLines(run)
  if (problem.hint !== null) cx.line(`${style.hint('Hint:')} ${style.bold(problem.hint)}`)
  cx.line(`${style.run(run)}  ${style.bold(printable(run.jobName))}  ${run.id}`)
  for (const line of problem.lines) cx.line(line)
  for (const [name, value] of facts(cx, run)) cx.line(`${`${name}:`.padEnd(14)}${printable(value)}`)
  for (const warning of run.report?.warnings ?? [])
    cx.line(`${style.warn('! warning')}     ${printable(phraseText(warning))}`)
  for (const guard of run.plan?.guards ?? [])
    cx.line(`${'guard:'.padEnd(14)}${printable(`${phraseText(guard.message)} (${guard.code})`)}`)
  printSteps(cx, steps)
  printRetention(cx, run)
}

/** What the restore points of a report are to its run. */
const POINTS_ARE: Record<RunOperation, string> = {
  job: 'made',
  plan: 'made',
  prepare: 'made',
  verify: 'checked',
  restore: 'from',
}

function facts(cx: CommandContext, run: Run): [string, string][] {
  const { report } = run
  const rtoMs = report?.details.rtoMs
  const when = (at: string | null): string | null =>
    at && `${formatInstant(at, cx.deps.io.env.TZ)} (${formatRelative(at, cx.now())})`
  const counts = Object.entries(report?.counts ?? {}).map(([name, count]) => `${count} ${inWords(name)}`)
  const all: [string, string | null | undefined][] = [
    ['does', run.operation === 'job' ? run.jobKind : `${run.operation} for ${run.jobKind}`],
    ['started by', run.startedBy === null ? run.trigger : `${run.startedBy} (${run.trigger})`],
    ['approved by', run.approvedBy],
    ['canceled by', run.canceledBy],
    ['due', when(run.slotAt)],
    ['queued', when(run.createdAt)],
    ['began', when(run.startedAt)],
    ['ended', when(run.finishedAt)],
    ['took', run.startedAt && formatElapsed(run.startedAt, run.finishedAt, cx.now())],
    ['attempt', run.attempt > 1 ? String(run.attempt) : null],
    ['replaces', run.recoversRunId],
    ['waits for', run.waitingFor && phraseText(run.waitingFor)],
    ['plan', run.plan && phraseText(run.plan.summary)],
    ['progress', run.outcome ? null : progressFacts(run.progress).join(', ')],
    ['result', summaryOf(run)],
    ['RTO', typeof rtoMs === 'number' ? `${formatDuration(rtoMs)}, measured` : null],
    ['moved', report && formatBytes(report.bytesMoved)],
    ['disk', run.disk && diskText(cx, run.disk, run.finishedAt !== null)],
    ['counts', counts.join(', ')],
    [POINTS_ARE[run.operation], report?.restorePointIds.join(', ')],
  ]
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]))
}

function printSteps(cx: CommandContext, steps: readonly RunStep[]): void {
  if (steps.length === 0) return
  cx.line()
  const outcome = (step: RunStep): string =>
    step.outcome ? cx.style.outcome(step.outcome) : cx.style.run({ status: 'running', outcome: null })
  cx.table(
    [
      { title: 'step' },
      { title: 'try', align: 'right', whole: true },
      { title: 'outcome', whole: true, painted: true },
      { title: 'took', align: 'right', whole: true },
      { title: 'error' },
    ],
    steps.map((step) => [
      stepText(step.name),
      String(step.attempt),
      outcome(step),
      formatElapsed(step.startedAt, step.finishedAt, cx.now()),
      step.error?.message ?? '',
    ]),
  )
}

function printRetention(cx: CommandContext, run: Run): void {
  const lines = run.report?.retention ?? []
  if (lines.length === 0) return
  cx.line()
  cx.table(
    [
      { title: 'restore point', whole: true },
      { title: 'taken', whole: true },
      { title: 'retention', whole: true, painted: true },
      { title: 'because' },
    ],
    lines.map((line) => [
      line.restorePointId,
      formatRelative(line.takenAt, cx.now()),
      line.keep ? 'keep' : cx.style.warn('remove'),
      line.reasons.map(phraseText).join(', '),
    ]),
  )
}
