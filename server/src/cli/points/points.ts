import type { Control, RestorePoint } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatInstant, formatRelative } from '../output/format.ts'
import { printable } from '../output/printable.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'
import { listEntriesCommand } from './list-entries.ts'

interface ListOptions extends JsonFlag, PageFlags {
  job?: string
  vault?: string
}

export function pointsCommand(cx: CommandContext): Command {
  return new Command('points')
    .description('Look at restore points, protect them from removal')
    .addCommand(listCommand(cx), { isDefault: true })
    .addCommand(showCommand(cx))
    .addCommand(listEntriesCommand(cx))
    .addCommand(protectCommand(cx, true))
    .addCommand(protectCommand(cx, false))
}

function listCommand(cx: CommandContext): Command {
  return new Command('list')
    .description('Restore points, newest first')
    .option('--job <job>', 'only of this job')
    .option('--vault <vault>', 'only in this vault')
    .addOption(limitOption(50))
    .addOption(afterOption())
    .addOption(allOption())
    .addOption(jsonOption('{items: RestorePoint[], next}'))
    .action((options: ListOptions) => cx.withControl((control) => list(cx, control, options)))
}

async function list(cx: CommandContext, control: Control, options: ListOptions): Promise<void> {
  const { job, vault } = options
  const page = await readPages(options, (request) => control.listPoints({ ...request, job, vault }))
  if (options.json) return cx.json(page)
  if (page.items.length === 0) return cx.line('No restore point.')
  const onDisks = page.items.some((point) => point.disk !== null)
  cx.table(
    [
      { title: 'restore point', whole: true },
      { title: 'job' },
      { title: 'asset' },
      ...(onDisks ? [{ title: 'disk' }] : []),
      { title: 'taken', whole: true },
      { title: 'size', align: 'right', whole: true },
      { title: 'added', align: 'right', whole: true },
      { title: 'verified', whole: true, painted: true },
      { title: 'protected', whole: true },
      { title: '', whole: true, painted: true },
    ],
    page.items.map((point) => [
      point.id,
      point.jobName,
      point.asset.name,
      ...(onDisks ? [point.disk?.label ?? ''] : []),
      formatRelative(point.takenAt, cx.now()),
      formatBytes(point.sizeBytes),
      formatBytes(point.addedBytes),
      verifiedText(cx, point),
      point.protected ? 'yes' : '',
      isIncomplete(point) ? cx.style.warn('incomplete') : '',
    ]),
  )
  noteMore(cx, page)
}

function showCommand(cx: CommandContext): Command {
  return new Command('show')
    .description('One restore point')
    .argument('<point>', 'id of a restore point')
    .addOption(jsonOption('RestorePoint'))
    .action((ref: string, options: JsonFlag) =>
      cx.withControl(async (control) => {
        const point = await control.getPoint(ref)
        if (options.json) cx.json(point)
        else show(cx, point)
      }),
    )
}

function show(cx: CommandContext, point: RestorePoint): void {
  const when = (at: string): string =>
    `${formatInstant(at, cx.deps.io.env.TZ)} (${formatRelative(at, cx.now())})`
  const facts: [string, string][] = [
    ['restore point', cx.style.bold(point.id)],
    ['job', printable(`${point.jobName} (${point.jobKind})`)],
    ['asset', printable(`${point.asset.name} (${point.asset.kind} ${point.asset.key})`)],
    ['taken', when(point.takenAt)],
    [
      'size',
      `${formatBytes(point.sizeBytes)} in ${point.itemCount} items, ${formatBytes(point.addedBytes)} of them new`,
    ],
    ['verified', checkText(cx, point)],
    ...(isIncomplete(point)
      ? [['complete', 'no: parts of the source could not be read'] as [string, string]]
      : []),
    ['protected', point.protected ? 'yes: never removed by retention' : 'no'],
    ...(point.disk
      ? [['disk', printable(`${point.disk.label} (${point.disk.uuid})`)] as [string, string]]
      : []),
    ['location', printable(point.location)],
    ['last seen', when(point.confirmedAt)],
    ['made by', point.runId],
  ]
  for (const [name, value] of facts) cx.line(`${`${name}:`.padEnd(15)}${value}`)
}

/** The driver could not read a part of the source and said so. */
function isIncomplete(point: RestorePoint): boolean {
  return point.details.complete === false
}

/** A sample check that was good is no proof of the whole: it has a sign of its own. */
function verifiedText(cx: CommandContext, point: RestorePoint): string {
  if (point.verifiedAt === null) return cx.style.dim('never')
  const when = formatRelative(point.verifiedAt, cx.now())
  if (!point.verifiedOk) return cx.style.bad(`✖ damaged, ${when}`)
  return point.verifiedLevel === 'full' ? cx.style.good(`✔ full ${when}`) : cx.style.warn(`~ sample ${when}`)
}

function checkText(cx: CommandContext, point: RestorePoint): string {
  const level = point.verifiedOk === false ? ` (${point.verifiedLevel} check)` : ''
  return `${verifiedText(cx, point)}${level}`
}

function protectCommand(cx: CommandContext, isProtected: boolean): Command {
  return new Command(isProtected ? 'protect' : 'unprotect')
    .description(
      isProtected
        ? 'Keep restore points whatever retention says'
        : 'Let retention decide about restore points again',
    )
    .argument('<point...>', 'ids of restore points')
    .addOption(jsonOption('RestorePoint[]'))
    .action((refs: string[], options: JsonFlag) =>
      cx.withControl(async (control) => {
        const points: RestorePoint[] = []
        for (const ref of refs) {
          await control.protectPoint(ref, isProtected, { by: cx.by })
          points.push(await control.getPoint(ref))
        }
        if (options.json) return cx.json(points)
        for (const point of points)
          cx.line(`${point.id} is ${point.protected ? 'protected' : 'not protected'}`)
      }),
    )
}
