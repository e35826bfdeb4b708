import type { Control, PointEntry } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatBytes, formatInstant } from '../output/format.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'

type ListOptions = JsonFlag & PageFlags

const SIGNS: Readonly<Record<PointEntry['type'], string>> = { folder: '/', file: '', link: '@', other: '?' }

/** What is in a folder of a restore point, so that single paths can be restored. */
export function listEntriesCommand(cx: CommandContext): Command {
  return new Command('ls')
    .description('What is in a folder of a restore point')
    .argument('<point>', 'id of a restore point, or JOB@latest')
    .argument('[path]', 'the folder, relative to what was copied', '')
    .addOption(limitOption(200))
    .addOption(afterOption())
    .addOption(allOption())
    .addOption(jsonOption('{items: PointEntry[], next}'))
    .action((ref: string, path: string, options: ListOptions) =>
      cx.withControl((control) => list(cx, control, { ref, path, options })),
    )
}

async function list(
  cx: CommandContext,
  control: Control,
  { ref, path, options }: { ref: string; path: string; options: ListOptions },
): Promise<void> {
  const stop = new AbortController()
  using _ = cx.deps.io.onInterrupt(() => stop.abort())
  const page = await readPages(options, (request) =>
    control.listEntries(ref, { ...request, path, signal: stop.signal }),
  )
  if (options.json) return cx.json(page)
  if (page.items.length === 0) return cx.line('Nothing is in it.')
  cx.table(
    [
      { title: 'name' },
      { title: 'size', align: 'right', whole: true },
      { title: 'changed', whole: true },
      { title: 'points to' },
    ],
    page.items.map((entry) => [
      `${entry.name}${SIGNS[entry.type]}`,
      entry.sizeBytes === null ? '' : formatBytes(entry.sizeBytes),
      entry.modifiedAt === null ? '' : formatInstant(entry.modifiedAt, cx.deps.io.env.TZ),
      entry.target ?? '',
    ]),
  )
  noteMore(cx, page)
}
