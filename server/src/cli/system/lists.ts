import type { Control, JobStatus, Status } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'
import { forecastText } from './forecast-text.ts'

export function jobsCommand(cx: CommandContext): Command {
  return new Command('jobs').description('Jobs with their coverage').addCommand(
    new Command('list')
      .description('Jobs by name')
      .addOption(limitOption(50))
      .addOption(afterOption())
      .addOption(allOption())
      .addOption(jsonOption('{items: JobStatus[], next}'))
      .action((options: JsonFlag & PageFlags) => cx.withControl((control) => listJobs(cx, control, options))),
    { isDefault: true },
  )
}

async function listJobs(cx: CommandContext, control: Control, options: JsonFlag & PageFlags): Promise<void> {
  const page = await readPages(options, (request) => control.listJobs(request))
  if (options.json) return cx.json(page)
  if (page.items.length === 0) return cx.line('No job.')
  printJobs(cx, page.items)
  noteMore(cx, page)
}

export function vaultsCommand(cx: CommandContext): Command {
  return new Command('vaults').description('Vaults with what they hold').addCommand(
    new Command('list')
      .description('Vaults by name')
      .addOption(jsonOption('VaultStatus[]'))
      .action((options: JsonFlag) =>
        cx.withControl(async (control) => {
          const { vaults } = await control.status()
          if (options.json) return cx.json(vaults)
          if (vaults.length === 0) return cx.line('No vault.')
          printVaults(cx, vaults)
        }),
      ),
    { isDefault: true },
  )
}

export function printJobs(cx: CommandContext, jobs: readonly JobStatus[]): void {
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
      coverageOf(cx, job),
      formatRelative(job.newestPointAt, now),
      String(job.pointCount),
      lastRun(cx, job.lastRun),
      job.enabled ? formatRelative(job.nextRunAt, now) : 'disabled',
      job.kind,
    ]),
  )
}

/** A job without a vault and without restore points makes none: no age of theirs can be judged. */
function coverageOf(cx: CommandContext, { vault, pointCount, coverage }: JobStatus): string {
  return vault === null && pointCount === 0 ? '–' : cx.style.coverage(coverage)
}

function lastRun(cx: CommandContext, run: JobStatus['lastRun']): string {
  if (!run) return '–'
  const word = printable(run.outcome ?? run.status)
  const text = `${word} ${formatRelative(run.finishedAt ?? run.createdAt, cx.now())}`
  if (word === 'success') return cx.style.good(`✔ ${text}`)
  return ['failed', 'missed', 'lost'].includes(word) ? cx.style.bad(`✖ ${text}`) : cx.style.warn(`! ${text}`)
}

/** Of a disk set the disks that are in the bay: how much is free on each is told by `disk list`. */
function freeText({ style }: CommandContext, { freeBytes, disks }: Status['vaults'][number]): string {
  if (freeBytes !== null) return formatBytes(freeBytes)
  if (disks === null) return style.warn('not there')
  const inBay = disks.filter((disk) => disk.state !== 'absent').map((disk) => printable(disk.label))
  return inBay.length > 0 ? inBay.join(', ') : 'no disk'
}

export function printVaults(cx: CommandContext, vaults: Status['vaults']): void {
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
      freeText(cx, vault),
      forecastText(vault.forecast),
    ]),
  )
}
