import {
  type Control,
  phraseText,
  type RunOutcome,
  type RunStatus,
  type RunSummary,
  runOutcome,
  runStatus,
} from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { collectWords, type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatElapsed, formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'
import { reportCommand } from '../report/report.ts'
import { findJob } from './job-ref.ts'
import { showRun } from './show-run.ts'

interface ListOptions extends JsonFlag, PageFlags {
  job?: string
  outcome?: RunOutcome[]
  status?: RunStatus[]
}

export function runsCommand(cx: CommandContext): Command {
  return new Command('runs')
    .description('Look at runs, cancel them, decide about held ones')
    .addCommand(listCommand(cx), { isDefault: true })
    .addCommand(showCommand(cx))
    .addCommand(reportCommand(cx))
    .addCommand(changeCommand(cx, 'cancel', 'Cancel a run that is queued or going on'))
    .addCommand(
      changeCommand(
        cx,
        'approve',
        'Let a held run go on past what its guards said; anything else they find holds it again',
      ),
    )
    .addCommand(changeCommand(cx, 'refuse', 'End a held run without doing anything'))
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('Runs, newest first')
    .option('--job <job>', 'only of this job')
    .option(
      '--outcome <words>',
      `only with these outcomes: ${runOutcome.options.join(', ')}`,
      collectWords(runOutcome.options),
    )
    .option(
      '--status <words>',
      `only in these states: ${runStatus.options.join(', ')}`,
      collectWords(runStatus.options),
    )
    .addOption(limitOption(20))
    .addOption(afterOption())
    .addOption(allOption())
    .addOption(jsonOption('{items: RunSummary[], next}'))
    .action((options: ListOptions) => cx.withControl((control) => list(cx, control, options)))
}

async function list(cx: CommandContext, control: Control, options: ListOptions): Promise<void> {
  const { outcome, status } = options
  const job = options.job === undefined ? undefined : (await findJob(control, options.job)).id
  const page = await readPages(options, (request) => control.listRuns({ ...request, job, outcome, status }))
  if (options.json) return cx.json(page)
  if (page.items.length === 0) return cx.line('No run.')
  printRuns(cx, page.items)
  noteMore(cx, page)
}

function printRuns(cx: CommandContext, runs: readonly RunSummary[]): void {
  cx.table(
    [
      { title: 'run', whole: true },
      { title: 'job' },
      { title: 'does', whole: true },
      { title: 'outcome', whole: true, painted: true },
      { title: 'begun', whole: true },
      { title: 'took', align: 'right', whole: true },
      { title: 'bytes', align: 'right', whole: true },
      { title: 'result' },
    ],
    runs.map((run) => [
      run.id,
      run.jobName,
      run.operation,
      cx.style.run(run),
      formatRelative(run.startedAt ?? run.createdAt, cx.now()),
      formatElapsed(run.startedAt, run.finishedAt, cx.now()),
      formatBytes(run.bytesMoved ?? run.progress?.doneBytes),
      resultOf(run),
    ]),
  )
}

/** What it did, what went wrong, or what it waits for. */
function resultOf({ error, summary, waitingFor }: RunSummary): string {
  if (summary !== null) return phraseText(summary)
  if (error) return error.message
  return waitingFor === null ? '' : `waits for ${phraseText(waitingFor)}`
}

function showCommand(cx: CommandContext): Command {
  return new Command('show')
    .description('One run with its steps, report and retention decisions')
    .argument('<run>', 'id of a run')
    .addOption(jsonOption('{run: Run, steps: RunStep[]}'))
    .action((ref: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        const run = await control.getRun(ref, { plan: options.json ? 'whole' : 'told' })
        const steps = await control.listSteps(run.id)
        if (options.json) cx.json({ run, steps })
        else showRun(cx, run, steps)
      }),
    )
}

function changeCommand(
  cx: CommandContext,
  verb: 'cancel' | 'approve' | 'refuse',
  description: string,
): Command {
  return new Command(verb)
    .description(description)
    .argument('<run>', 'id of a run')
    .addOption(jsonOption('Run'))
    .action((ref: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        const { id } = await control.getRun(ref)
        if (verb === 'cancel') await control.cancelRun(id, { by: cx.by })
        else if (verb === 'approve') await control.approveRun(id, { by: cx.by })
        else await control.refuseRun(id, { by: cx.by })
        const run = await control.getRun(id)
        if (options.json) cx.json(run)
        else cx.line(`${cx.style.run(run)}  ${printable(run.jobName)}  ${run.id}`)
      }),
    )
}
