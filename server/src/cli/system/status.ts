import type { Status } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { progressFacts } from '../output/progress-line.ts'

export function statusCommand(cx: CommandContext): Command {
  return new Command('status')
    .description('Jobs with their coverage, vaults, workers, and what is going on')
    .addOption(jsonOption('Status'))
    .action((options: JsonFlag) =>
      cx.withControl(async (control) => {
        const status = await control.status()
        if (options.json) cx.json(status)
        else print(cx, status)
      }),
    )
}

function print(cx: CommandContext, status: Status): void {
  if (status.jobs.length === 0) {
    cx.line('No job yet: describe one in a file and run `holdfast apply FILE`.')
  } else printJobs(cx, status.jobs)
  if (status.vaults.length > 0) printVaults(cx, status.vaults)
  if (status.activeRuns.length > 0) printActive(cx, status.activeRuns)
  printWorkers(cx, status.workers)
}

function printJobs(cx: CommandContext, jobs: Status['jobs']): void {
  const now = cx.now()
  cx.table(
    [
      { title: 'job' },
      { title: 'coverage', whole: true, painted: true },
      { title: 'newest point', whole: true },
      { title: 'points', align: 'right', whole: true },
      { title: 'last run', whole: true, painted: true },
      { title: 'next run', whole: true },
      { title: 'kind' },
    ],
    jobs.map((job) => [
      job.name,
      cx.style.coverage(job.coverage),
      formatRelative(job.newestPointAt, now),
      String(job.pointCount),
      lastRun(cx, job.lastRun),
      job.enabled ? formatRelative(job.nextRunAt, now) : 'disabled',
      job.kind,
    ]),
  )
}

function lastRun(cx: CommandContext, run: Status['jobs'][number]['lastRun']): string {
  if (!run) return '–'
  const word = run.outcome ?? run.status
  const text = `${word} ${formatRelative(run.finishedAt ?? run.createdAt, cx.now())}`
  if (word === 'success') return cx.style.good(`✔ ${text}`)
  return ['failed', 'missed', 'lost'].includes(word) ? cx.style.bad(`✖ ${text}`) : cx.style.warn(`! ${text}`)
}

function printVaults(cx: CommandContext, vaults: Status['vaults']): void {
  cx.line()
  cx.table(
    [
      { title: 'vault' },
      { title: 'points', align: 'right', whole: true },
      { title: 'size', align: 'right', whole: true },
      { title: 'free', align: 'right', whole: true, painted: true },
      { title: 'forecast' },
    ],
    vaults.map((vault) => [
      vault.name,
      String(vault.pointCount),
      formatBytes(vault.sizeBytes),
      vault.freeBytes === null ? cx.style.warn('not there') : formatBytes(vault.freeBytes),
      vault.forecast,
    ]),
  )
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
      run.waitingFor ? `waits for ${run.waitingFor}` : progressFacts(run.progress).join(', '),
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
