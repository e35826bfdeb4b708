import type { AuditEntry } from '@holdfast/contract'
import { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { type JsonFlag, jsonOption } from '../options.ts'
import { formatInstant } from '../output/format.ts'
import { afterOption, allOption, limitOption, noteMore, type PageFlags, readPages } from '../paging.ts'

interface AuditOptions extends JsonFlag, PageFlags {
  object?: string
  by?: string
}

export function auditCommand(cx: CommandContext): Command {
  return new Command('audit')
    .description('Who did what when, newest first')
    .option('--object <id>', 'only what was done to this object')
    .option('--by <who>', 'only what they did, such as user:anna')
    .addOption(limitOption(50))
    .addOption(afterOption())
    .addOption(allOption())
    .addOption(jsonOption('{items: AuditEntry[], next}'))
    .action((options: AuditOptions) =>
      cx.withControl(async (control) => {
        const { object: objectId, by } = options
        const page = await readPages(options, (request) => control.listAudit({ ...request, objectId, by }))
        if (options.json) return cx.json(page)
        if (page.items.length === 0) return cx.line('Nothing.')
        cx.table(
          [
            { title: 'when', whole: true },
            { title: 'by' },
            { title: 'did', whole: true },
            { title: 'to' },
            { title: 'details' },
          ],
          page.items.map((entry) => [
            formatInstant(entry.at, cx.deps.io.env.TZ),
            entry.by,
            entry.action,
            entry.object ?? '',
            detailText(entry),
          ]),
        )
        noteMore(cx, page)
      }),
    )
}

function detailText({ details }: AuditEntry): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
}
