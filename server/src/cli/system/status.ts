import {
  coverageState,
  type JobStatus,
  MAX_PAGE,
  type Page,
  phraseText,
  type Status,
} from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatCount, formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { progressFacts } from '../output/progress-line.ts'
import { allOption, readPages } from '../paging.ts'
import { printJobs, printVaults } from './lists.ts'

/** So many jobs are shown without `--all`. */
const FIRST_JOBS = 50

export function statusCommand(cx: CommandContext): Command {
  return new Command('status')
    .description('Jobs with their coverage, vaults, workers, and what is going on')
    .addOption(allOption())
    .addOption(jsonOption('{status: Status, jobs: {items: JobStatus[], next}}'))
    .action((options: JsonFlag & { all?: boolean }) =>
      cx.withControl(async (control) => {
        const status = await control.status()
        const limit = options.all ? MAX_PAGE : FIRST_JOBS
        const jobs = await readPages({ ...options, limit }, (request) => control.listJobs(request))
        if (options.json) cx.json({ status, jobs })
        else print(cx, status, jobs)
      }),
    )
}

function print(cx: CommandContext, status: Status, jobs: Page<JobStatus>): void {
  if (jobs.items.length === 0) {
    cx.line('No job yet: describe one in a file and run `holdfast apply FILE`.')
  } else {
    printCoverage(cx, status)
    printJobs(cx, jobs.items)
    if (jobs.next !== null)
      cx.note(`The first ${jobs.items.length} of ${status.jobCount} jobs; --all shows every one.`)
  }
  if (status.failures.length > 0) printFailures(cx, status.failures)
  if (status.vaults.length > 0) {
    cx.line()
    printVaults(cx, status.vaults)
  }
  if (status.activeRuns.length > 0) printActive(cx, status.activeRuns)
  printWorkers(cx, status.workers)
}

function printCoverage(cx: CommandContext, { jobCount, coverage }: Status): void {
  const states = coverageState.options.filter((state) => coverage[state] > 0)
  const parts = states.map((state) => `${coverage[state]} ${cx.style.coverage(state)}`)
  cx.line(`${formatCount(jobCount, 'job')}: ${parts.length > 0 ? parts.join(', ') : 'none enabled'}`)
  cx.line()
}

function printFailures(cx: CommandContext, failures: Status['failures']): void {
  cx.line()
  for (const { code, count, lastJobName, lastAt, message, hint, lastRunId } of failures) {
    const when = `last by ${lastJobName} ${formatRelative(lastAt, cx.now())}, ${lastRunId}`
    cx.line(`${cx.style.bad('✖')} ${printable(`${count} × ${code}: ${message} (${when})`)}`)
    cx.line(`    ${cx.style.hint(printable(hint))}`)
  }
}

function printActive(cx: CommandContext, runs: Status['activeRuns']): void {
  cx.line()
  cx.table(
    [
      { title: 'run', whole: true },
      { title: 'job' },
      { title: 'state', whole: true, painted: true },
      { title: 'progress' },
    ],
    runs.map((run) => [
      run.id,
      run.jobName,
      cx.style.run(run),
      run.waitingFor ? `waits for ${phraseText(run.waitingFor)}` : progressFacts(run.progress).join(', '),
    ]),
  )
}

function printWorkers(cx: CommandContext, workers: Status['workers']): void {
  const alive = workers.filter((worker) => worker.alive)
  cx.line()
  if (alive.length === 0) {
    cx.line(cx.style.warn('! No worker is running: due jobs wait. Start one with `holdfast worker`.'))
    return
  }
  for (const worker of alive) {
    const since = formatRelative(worker.startedAt, cx.now())
    cx.line(
      `${cx.style.good('✔')} ${printable(`worker of site ${worker.site} on ${worker.host} (${worker.pid}), started ${since}`)}`,
    )
  }
}
